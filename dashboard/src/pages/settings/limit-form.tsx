/** Sets a limit: in hours and GB, as people think of them, with a reason for the visit report. */
import { useState } from 'preact/hooks'
import type { PoliciesView } from '../../../../shared/api/settings.ts'
import { HOUR_MS } from '../../../../shared/units.ts'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Area, Field } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Pick } from '../../components/pick.tsx'
import { t } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { type LimitRow, valueText } from './limit-table.tsx'
import { savePolicy } from './policies.tsx'

/** How many of the stored unit make one of the typed one. */
const SIZES: { readonly [unit: string]: number } = { ms: HOUR_MS, bytes: 1e9 }

const first = ({ set, defaults }: LimitRow): number | boolean | null => set?.value ?? defaults[0]?.value ?? null

export function LimitForm({
  view,
  limit,
  onDone,
  close,
}: {
  view: PoliciesView
  limit: LimitRow
  onDone: () => void
  close: () => void
}) {
  const texts = settingsTexts.value
  const { key, unit, least, most } = limit
  const size = SIZES[unit] ?? 1
  const now = first(limit)
  const [typed, setTyped] = useState(typeof now === 'number' ? String(now / size) : '')
  const [flag, setFlag] = useState(now === true)
  const [reason, setReason] = useState('')
  const place = makeVisible(view.place.name)
  const value = unit === 'flag' ? flag : Math.round(Number(typed.replace(',', '.')) * size)
  return (
    <DialogForm
      title={texts.setAsk(key, place)}
      {...(unit === 'flag' ? {} : { lead: texts.setText(valueText(least, unit), valueText(most, unit)) })}
      doIt={texts.setDo(place)}
      onDo={() => savePolicy(view, key, value, reason)}
      onDone={onDone}
      close={close}
    >
      {unit === 'flag' ? (
        <Pick
          label={texts.setValue(texts.unit_flag)}
          value={flag ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: t.value.limitYes },
            { value: 'no', label: t.value.limitNo },
          ]}
          onPick={(picked) => setFlag(picked === 'yes')}
        />
      ) : (
        <Field label={texts.setValue(texts[`unit_${unit}`])} value={typed} onInput={setTyped} required maxLength={20} />
      )}
      <Area label={texts.setReason} value={reason} onInput={setReason} maxLength={500} />
    </DialogForm>
  )
}
