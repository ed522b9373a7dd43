/** How a finding came to be, newest first. */
import type { FindingView } from '../../../../shared/api/client.ts'
import type { TransitionView } from '../../../../shared/api/views.ts'
import { type Standing, standingOf } from '../../../../shared/severity.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Mark } from '../../components/mark.tsx'
import { Said } from '../../components/said.tsx'
import { clientTexts } from '../../state/client-texts.ts'
import { t } from '../../state/session.ts'
import { transitionText } from '../../text/card-text.ts'

function markOf(change: TransitionView): Standing {
  if (change.kind === 'resolved') return 'good'
  if (change.kind === 'blinded') return 'not-proven'
  return standingOf('fail', change.to ?? change.from)
}

export function History({ view, f }: { view: FindingView; f: Formatter }) {
  const texts = clientTexts.value
  return (
    <aside class="sec" aria-labelledby="hi">
      <header>
        <h2 id="hi">{texts.history}</h2>
      </header>
      {view.transitions.length === 0 && <p class="meta">{texts.historyNone}</p>}
      <ol class="line">
        {view.transitions.map((change) => (
          <li key={`${change.at}|${change.kind}`}>
            <time dateTime={new Date(change.at).toISOString()} title={f.exact(change.at)}>
              {f.moment(change.at)}
            </time>
            <Mark standing={markOf(change)} named />
            <span>
              <Said text={transitionText(change)} />
              <span class="meta">{t.value[`kind_${change.kind}`]}</span>
            </span>
          </li>
        ))}
      </ol>
    </aside>
  )
}
