/** The address of a visit's report: leads to the newest revision, which is a document of its own. */
import { useEffect } from 'preact/hooks'
import type { PortalView } from '../../../../shared/api/visits.ts'
import { Absent, Waiting } from '../../components/page-frame.tsx'
import { useView } from '../../state/use-view.ts'
import { reportFilePath } from '../../visit-addresses.ts'

/** Whoever may read a client's reports may read this list of them, visits themselves only those who make them. */
export function ReportPage({ client, date }: { client: string; date: string }) {
  const { view, failure, slow } = useView<PortalView>(`/api/v1/clients/${encodeURIComponent(client)}/portal`)
  const revisions = view?.reports.filter((report) => report.date === date).map(({ revision }) => revision) ?? []
  const newest = Math.max(0, ...revisions)
  useEffect(() => {
    if (newest > 0) location.replace(reportFilePath(client, date, `r${newest}.html`))
  }, [client, date, newest])
  if (view !== null && newest === 0) return <Absent />
  return <Waiting failure={failure} slow={slow} />
}
