/** Five dials with their movement since the last visit, and counts that add up. */
import type { PortalView } from '../../../../shared/api/visits.ts'
import type { Standing } from '../../../../shared/severity.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Dial, dialState } from '../../components/dial.tsx'
import { Badge, Mark } from '../../components/mark.tsx'
import { visitTexts } from '../../state/visit-texts.ts'

type One = PortalView['dials'][number]
const ORDER = ['good', 'attention', 'urgent'] as const

/** @returns the movement in words; empty: there was no visit. */
function movementText({ standing, before }: One): string {
  const { portal } = visitTexts.value
  if (before === null) return ''
  const [now, then] = [dialState(standing), dialState(before)]
  if (now === then) return portal.movement_same
  const word = portal[`word_${before satisfies Standing}`]
  if (now === 'not-proven' || then === 'not-proven') return portal.movement_other(word)
  return ORDER.indexOf(now) < ORDER.indexOf(then) ? portal.movement_better(word) : portal.movement_worse(word)
}

function DialItem({ one, f }: { one: One; f: Formatter }) {
  const { portal } = visitTexts.value
  const { good, bad, unknown, accepted } = one.tally
  const name = portal[`dial_${one.dial}`]
  const movement = movementText(one)
  const counts = portal.counts(good, bad, unknown, accepted, f)
  // A dial has four states: what it shows is what it says.
  const shown = dialState(one.standing)
  const label = [`${name}: ${portal[`word_${shown}`]}`, movement, counts].filter((part) => part !== '').join('. ')
  return (
    <li>
      <Dial standing={one.standing} before={one.before} label={label} />
      <h3>{name}</h3>
      <span class="state">
        <Mark standing={shown} /> <Badge standing={shown} />
      </span>
      {movement !== '' && <span class="meta">{movement}</span>}
      <span class="meta">{counts}</span>
    </li>
  )
}

export function PortalDials({ view, f }: { view: PortalView; f: Formatter }) {
  const { portal } = visitTexts.value
  return (
    <>
      <h2 class="vh">{portal.dials}</h2>
      <ul class="dials">
        {view.dials.map((one) => (
          <DialItem key={one.dial} one={one} f={f} />
        ))}
      </ul>
    </>
  )
}
