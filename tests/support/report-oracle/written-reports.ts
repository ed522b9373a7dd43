/** Lives a demo's history, and keeps every report that its visits write: as its view model says it, and as HTML. I/O. */
import fs from 'node:fs'
import path from 'node:path'
import { parseConfig } from '../../../server/config.ts'
import { carryVisits } from '../../../server/demo/carry-visits.ts'
import type { DemoOrder } from '../../../server/demo/demo-order.ts'
import { fillDemo } from '../../../server/demo/fill-demo.ts'
import type { Oracle } from '../../../server/demo/oracle/oracle.ts'
import { OFFICE_HOURS } from '../../../server/facts/working-hours.ts'
import { renderHtml } from '../../../server/visits/report/render-html.ts'
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import type { ReportOrder } from '../../../server/visits/report-port.ts'
import { visitReportOf } from '../../../server/visits/view-model/visit-report-of.ts'

/** `openedAt`: the moment that the report is of. */
export type WrittenReport = {
  readonly clientId: string
  readonly openedAt: number
  readonly report: VisitReport
  readonly html: string
}

/** A Wednesday; the scenario is counted back from here. */
const NOW = Date.UTC(2026, 10, 25, 9, 15)

/** @param folder empty. @throws when the demo cannot be filled. */
export async function writeReports(
  folder: string,
  order: Partial<Omit<DemoOrder, 'anchorAt'>>,
): Promise<{ readonly oracle: Oracle; readonly reports: readonly WrittenReport[] }> {
  const config = parseConfig({ ROUNDS_DATA: path.join(folder, 'data') }, null, '/')
  if (!config.ok) throw new Error(config.error.message)
  const reports: WrittenReport[] = []
  const write = async (asked: ReportOrder) => {
    reports.push(written(asked))
    const nothing = new Uint8Array()
    return { ok: true, value: { pdf: nothing, html: nothing, manifest: nothing } } as const
  }
  const filled = await fillDemo(config.value, {
    now: NOW,
    order,
    onMoment: (at, services, world) => carryVisits(at, services, world, write),
  })
  if (!filled.ok) throw new Error(filled.error)
  return { oracle: JSON.parse(fs.readFileSync(filled.value.oracleFile, 'utf8')) as Oracle, reports }
}

function written({
  clientId,
  name: _name,
  snapshot: _snapshot,
  previousManifest: _previous,
  ...recorded
}: ReportOrder) {
  const operator = { name: recorded.visit.author, role: null, contact: null, logo: null, color: null }
  const report = visitReportOf({ ...recorded, operator, calendar: OFFICE_HOURS, serverVersion: '0.0.0' })
  return { clientId, openedAt: recorded.frozenAt, report, html: Buffer.from(renderHtml(report)).toString() }
}
