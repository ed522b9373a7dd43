/** Beside Today: next visits, and who was interrupted. */
import type { AroundView } from '../../../../shared/api/client.ts'
import { Given } from '../../components/given.tsx'
import { visitPath } from '../../router.ts'
import { clientTexts } from '../../state/client-texts.ts'
import { format } from '../../state/session.ts'

function Visits({ visits }: { visits: NonNullable<AroundView['visits']> }) {
  const texts = clientTexts.value
  const f = format.value
  return (
    <section class="sec">
      <h2>{texts.nextVisits}</h2>
      {visits.length === 0 && <p class="meta">{texts.noVisits}</p>}
      <ul>
        {visits.map(({ client, date, plannedAt, state }) => (
          <li key={`${client.id}|${date}`}>
            <a href={visitPath(client.slug, date)}>
              <Given text={client.name} />
            </a>{' '}
            <span class="meta">
              <time dateTime={new Date(plannedAt).toISOString()} title={f.exact(plannedAt)}>
                {f.date(plannedAt)}
              </time>
              {' · '}
              {texts[`visit_${state}`]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Rail({ around }: { around: AroundView | null }) {
  const texts = clientTexts.value
  if (around === null) return <aside class="rail" aria-label={texts.nextVisits} />
  const { sent, held } = around.interruptions
  return (
    <aside class="rail" aria-label={around.visits === null ? texts.interruptions : texts.nextVisits}>
      {around.visits !== null && <Visits visits={around.visits} />}
      <section class="sec">
        <h2>{texts.interruptions}</h2>
        <ul>
          <li>
            {texts.interruptionsText(sent, held, format.value)}
            <span class="meta">{texts.interruptionsMeta}</span>
          </li>
        </ul>
      </section>
    </aside>
  )
}
