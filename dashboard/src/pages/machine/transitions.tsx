/** What changed on this machine, newest first. */
import type { MachineView, TransitionView } from '../../../../shared/api/views.ts'
import { type Standing, standingOf } from '../../../../shared/severity.ts'
import { Moment } from '../../components/age.tsx'
import { Mark } from '../../components/mark.tsx'
import { Said } from '../../components/said.tsx'
import { format, t } from '../../state/session.ts'
import { transitionText } from '../../text/card-text.ts'

function markOf(change: TransitionView): Standing {
  if (change.kind === 'resolved') return 'good'
  if (change.kind === 'blinded') return 'not-proven'
  return standingOf('fail', change.to ?? change.from)
}

export function Transitions({ view }: { view: MachineView }) {
  const texts = t.value
  return (
    <aside class="sec" aria-labelledby="tl">
      <header>
        <h2 id="tl">{texts.transitions}</h2>
      </header>
      {view.transitions.length === 0 && <p class="meta">{texts.transitionsNone}</p>}
      <ol class="line">
        {view.transitions.map((change) => (
          <li key={`${change.at}|${change.rule}|${change.item}|${change.kind}`}>
            <Moment at={change.at} />
            <Mark standing={markOf(change)} named />
            <span>
              <Said text={transitionText(change)} />
              <span class="meta">{texts[`kind_${change.kind}`]}</span>
            </span>
          </li>
        ))}
      </ol>
      <p class="meta">{texts.enrolledOn(format.value.date(view.enrolledAt))}</p>
    </aside>
  )
}
