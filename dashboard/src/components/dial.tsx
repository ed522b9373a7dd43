/** The dial: needle left good, up attention, right urgent; a dotted arc and a ? where nothing is proven. The ring is the last visit. */
import { SCREEN_INK } from '../../../shared/charts/chart-ink.ts'
import { type DialState, dialShapes } from '../../../shared/charts/dial.ts'
import type { Standing } from '../../../shared/severity.ts'

/** A dial has four states and no finer: a note is good, an accepted risk is attention. */
export function dialState(standing: Standing): DialState {
  if (standing === 'note') return 'good'
  return standing === 'accepted' ? 'attention' : standing
}

export function Dial({ standing, before, label }: { standing: Standing; before: Standing | null; label: string }) {
  const state = dialState(standing)
  const { arcs, needle, ring, question } = dialShapes({ state, before: before === null ? null : dialState(before) })
  const ink = SCREEN_INK
  return (
    <svg class="dial" width="104" height="60" viewBox="0 0 104 60" role="img" aria-label={label}>
      {arcs.map(({ d, isLit }) =>
        needle === null ? (
          <path key={d} d={d} fill="none" stroke={ink.states['not-proven']} stroke-width="2" stroke-dasharray="2 3.6" />
        ) : (
          <path
            key={d}
            d={d}
            fill="none"
            stroke={isLit ? ink.states[state] : ink.track}
            stroke-width={isLit ? '8' : '5'}
          />
        ),
      )}
      {ring !== null && <circle cx={ring.x} cy={ring.y} r="2.6" fill="none" stroke={ink.ink3} stroke-width="1.4" />}
      {needle === null ? (
        <path
          d={question}
          fill="none"
          stroke={ink.states['not-proven']}
          stroke-width="2.8"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      ) : (
        <>
          <path d={`M52 52L${needle.x} ${needle.y}`} stroke={ink.ink} stroke-width="2.6" stroke-linecap="round" />
          <circle cx="52" cy="52" r="4" fill={ink.ink} />
        </>
      )}
    </svg>
  )
}
