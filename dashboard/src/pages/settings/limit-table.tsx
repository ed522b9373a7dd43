/** Limits in a table: key and reason, value in force, who set it where, and narrower places that say otherwise. */
import type { PoliciesView } from '../../../../shared/api/settings.ts'
import { makeVisible } from '../../components/given.tsx'
import { format, t } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { limitText } from '../../text/limit-text.ts'

export type LimitRow = PoliciesView['limits'][number]
type Value = number | boolean | null

/** A value with its unit in words. */
export function valueText(value: Value, unit: string): string {
  return value === null ? settingsTexts.value.ownOfRule : limitText({ value, unit }, format.value, t.value)
}

function inForce({ set, defaults, unit }: LimitRow): string {
  if (set !== null) return valueText(set.value, unit)
  const texts = settingsTexts.value
  const each = defaults.map(({ role, value }) => {
    const said = valueText(value, unit)
    return role === null ? said : texts.roleValue(t.value[`role_${role}`], said)
  })
  return each.join(' · ')
}

/** Whether it was set at the very place that is shown: only there it can be taken back. */
function isHere({ set }: LimitRow, { place }: PoliciesView): boolean {
  const here = place.machine !== null ? 'machine' : place.site !== null ? 'site' : 'client'
  return set?.from === here
}

type Props = {
  view: PoliciesView
  onSet: (limit: LimitRow) => void
  onTakeBack: (limit: LimitRow) => void
}

function Row({ limit, view, onSet, onTakeBack }: Props & { limit: LimitRow }) {
  const texts = settingsTexts.value
  const { key, set, why, elsewhere, unit } = limit
  return (
    <tr>
      <th scope="row">
        <span class="mono">{key}</span>
        <span class="meta">{why}</span>
      </th>
      <td data-l={texts.colForce}>
        {set === null ? inForce(limit) : <strong>{inForce(limit)}</strong>}
        {elsewhere.map(({ place, value }) => (
          <span class="meta" key={place}>
            {texts.elsewhere(makeVisible(place), valueText(value, unit))}
          </span>
        ))}
      </td>
      <td class="wide" data-l={texts.colOrigin}>
        {texts[`origin_${set?.from ?? 'default'}`]}
        {set !== null && (
          <span class="meta">
            {texts.originBy(makeVisible(set.by), format.value.date(set.at), makeVisible(set.reason))}
          </span>
        )}
      </td>
      <td class="wide">
        <div class="acts tail">
          <button class="btn" type="button" aria-label={texts.setOf(key)} onClick={() => onSet(limit)}>
            {texts.setIt}
          </button>
          {isHere(limit, view) && (
            <button class="btn bare" type="button" aria-label={texts.takeBackOf(key)} onClick={() => onTakeBack(limit)}>
              {texts.takeBack}
            </button>
          )}
        </div>
      </td>
    </tr>
  )
}

export function LimitTable({ limits, ...rest }: Props & { limits: readonly LimitRow[] }) {
  const texts = settingsTexts.value
  return (
    <div class="panel scroll" tabIndex={0} role="group" aria-label={texts.tab_policies}>
      <table class="stack">
        <caption class="vh">{texts.tab_policies}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.colLimit}</th>
            <th scope="col">{texts.colForce}</th>
            <th scope="col">{texts.colOrigin}</th>
            <th scope="col">
              <span class="vh">{texts.setIt}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {limits.map((limit) => (
            <Row key={limit.key} limit={limit} {...rest} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
