/** The report: as it stands before it is sent, and every revision that was. */
import type { SentReportView } from '../../../../shared/api/visits.ts'
import { Day } from '../../components/fields.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Section } from '../../components/page-frame.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { previewPath, reportFilePath, reportPath } from '../../visit-addresses.ts'
import type { OpenVisit } from './open-visit.ts'

/** Links of one revision. `isNewest`: its page is that of the visit's report. */
export function ReportLinks({
  client,
  report,
  isNewest,
}: {
  client: string
  report: SentReportView
  isNewest: boolean
}) {
  const { work } = visitTexts.value
  const { date, revision } = report
  const file = (ending: string): string => reportFilePath(client, date, `r${revision}.${ending}`)
  return (
    <span class="links">
      <a href={isNewest ? reportPath(client, date) : file('html')} target="_blank" rel="noreferrer">
        {work.reportHtml}
      </a>
      <a href={file('pdf')} download>
        {work.reportPdf}
      </a>
      <a href={file('evidence.json')} download>
        {work.reportEvidence}
      </a>
    </span>
  )
}

export function ReportsPart({ open: { view, f } }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const { reports, corrections, client, visit } = view
  const newest = Math.max(0, ...reports.map(({ revision }) => revision))
  return (
    <Section id="reports" title={reports.length === 0 ? work.preview : work.reports}>
      {visit.state !== 'sent' && (
        <p>
          <a href={previewPath(client.slug, visit.date)} target="_blank" rel="noreferrer">
            {work.previewLink}
          </a>{' '}
          <span class="meta">{work.previewMeta}</span>
        </p>
      )}
      <ul>
        {reports
          .toSorted((a, b) => b.revision - a.revision)
          .map((report) => (
            <li key={report.revision} class="report">
              <strong>{work.revision(report.revision, f)}</strong>{' '}
              <span class="meta">{work.sentOn(f.moment(report.sentAt))}</span>
              <ReportLinks client={client.slug} report={report} isNewest={report.revision === newest} />
            </li>
          ))}
        {corrections.map((one) => (
          <li key={one.at} class="report">
            <span>{makeVisible(one.reason)}</span>{' '}
            <span class="meta">{work.correction(makeVisible(one.by), f.moment(one.at))}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Risks that named persons accepted, of this client. */
export function AcceptedPart({ open: { view, f } }: { open: OpenVisit }) {
  const { work } = visitTexts.value
  const inForce = view.accepted.filter(({ isInForce }) => isInForce)
  if (inForce.length === 0) return null
  return (
    <Section id="accepted" title={work.accepted}>
      <ul>
        {inForce.map((one) => (
          <li key={one.id} class="brief">
            <span />
            <span>
              {makeVisible(one.reason)}{' '}
              <span class="at">
                {makeVisible(one.machine.name)} · {work.acceptedLine(makeVisible(one.by), f.date(one.until))}
              </span>
            </span>
            <span class="age">
              <Day at={one.at} f={f} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
