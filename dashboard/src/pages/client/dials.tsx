/** Five dials with name, state word, movement in words, and counts that add up. */
import type { ClientView, DialView } from '../../../../shared/api/client.ts'
import type { Standing } from '../../../../shared/severity.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Dial, dialState } from '../../components/dial.tsx'
import { Mark, toneOf } from '../../components/mark.tsx'
import { clientPath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { t } from '../../state/session.ts'

const ORDER = ['good', 'attention', 'urgent'] as const
const word = (standing: Standing): string => t.value[`standing_${dialState(standing)}`].toLowerCase()

/** Movement in words. From or to "not proven" is neither better nor worse: nobody knows. */
function movementOf({ standing, before }: DialView): string {
  const texts = clientTexts.value
  if (before === null) return texts.moved_none
  const [now, then] = [dialState(standing), dialState(before)]
  if (now === then) return texts.moved_same
  if (now === 'not-proven' || then === 'not-proven') return texts.moved_other(word(before))
  return ORDER.indexOf(now) < ORDER.indexOf(then) ? texts.moved_better(word(before)) : texts.moved_worse(word(before))
}

function OneDial({ dial, slug, f }: { dial: DialView; slug: string; f: Formatter }) {
  const texts = clientTexts.value
  const name = t.value[`subject_${dial.dial}`]
  const state = dialState(dial.standing)
  const { good, bad, unknown, accepted } = dial.tally
  const counts = texts.counts(good, bad, unknown, accepted, f)
  const moved = movementOf(dial)
  const label = texts.dialLabel(name, t.value[`standing_${state}`], moved, counts)
  const to = dial.dial === 'backup' ? clientPath(slug, 'backup') : `${clientPath(slug, 'findings')}?check=${dial.dial}`
  return (
    <li>
      <Dial standing={dial.standing} before={dial.before} label={label} />
      <h3>
        <a class="plain" href={to}>
          {name}
        </a>
      </h3>
      <span class={`sev is-${toneOf(state)}`}>
        <Mark standing={state} />
        {t.value[`standing_${state}`]}
      </span>
      <span class="meta">{moved}</span>
      <span class="meta">{counts}</span>
    </li>
  )
}

export function Dials({ view, f }: { view: ClientView; f: Formatter }) {
  const texts = clientTexts.value
  return (
    <>
      <h2 class="vh">{texts.dialsHeading}</h2>
      <ul class="dials" aria-label={texts.dials}>
        {view.dials.map((dial) => (
          <OneDial key={dial.dial} dial={dial} slug={view.client.slug} f={f} />
        ))}
      </ul>
    </>
  )
}
