/** Visit reports, what the agents collect, and who can see this page. */
import type { PortalView } from '../../../../shared/api/visits.ts'
import type { Formatter } from '../../../../shared/text/format.ts'
import { Given } from '../../components/given.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { dayText } from '../../text/zoned-day.ts'
import { reportFilePath } from '../../visit-addresses.ts'

type Props = { view: PortalView; f: Formatter }
const CHECKS = ['disk', 'backup', 'patch', 'antivirus', 'posture', 'system'] as const

function Reports({ view, f }: Props) {
  const { portal } = visitTexts.value
  const newest = new Map<string, number>()
  for (const { date, revision } of view.reports) newest.set(date, Math.max(revision, newest.get(date) ?? 0))
  return (
    <section class="sec" id="reports">
      <h2>{portal.reports}</h2>
      <ul>
        {view.reports.length === 0 && <li>{portal.reportsNone}</li>}
        {view.reports.map(({ date, revision }) => (
          <li key={`${date} ${revision}`}>
            <a href={reportFilePath(view.client.slug, date, `r${revision}.html`)} target="_blank" rel="noreferrer">
              {portal.reportOf(dayText(date, f))}
            </a>
            <span class="meta">
              {newest.get(date) !== 1 && `${portal.reportRevision(revision, f)} · `}
              <a href={reportFilePath(view.client.slug, date, `r${revision}.pdf`)} download>
                {portal.pdf}
              </a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Readers({ view, f }: Props) {
  const { portal } = visitTexts.value
  const roleOf = ({ isOperator, mayDecide }: PortalView['readers'][number]): string =>
    isOperator ? portal.reader_operator : mayDecide ? portal.reader_decides : portal.reader_reads
  return (
    <li>
      {portal.readers(view.readers.length, f)}
      {view.readers.map((reader, at) => (
        <span class="meta" key={at}>
          <Given text={reader.name} />: {roleOf(reader)}
        </span>
      ))}
    </li>
  )
}

export function PortalRail({ view, f }: Props) {
  const { portal } = visitTexts.value
  return (
    <aside class="rail" aria-label={portal.yours}>
      <Reports view={view} f={f} />
      <section class="sec" id="data">
        <h2>{portal.yours}</h2>
        <ul>
          <li>
            {portal.collects}
            {CHECKS.map((check) => (
              <span class="meta" key={check}>
                {portal[`collect_${check}`]}
              </span>
            ))}
          </li>
          <li>
            <span class="meta">{portal.collectNever}</span>
          </li>
          <Readers view={view} f={f} />
        </ul>
      </section>
    </aside>
  )
}
