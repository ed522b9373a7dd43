/** Every report of a demo against its oracle, part by part. Reads the oracle's JSON and the finished reports, and nothing else. Pure. */
import type { Oracle } from '../../../server/demo/oracle/oracle.ts'
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { checkBackups } from './check-backups.ts'
import { checkChanges } from './check-changes.ts'
import { checkCover } from './check-cover.ts'
import { checkCoverage } from './check-coverage.ts'
import { checkDates } from './check-dates.ts'
import { checkHtml } from './check-html.ts'
import { checkMachineRows } from './check-machines.ts'
import { checkRecord } from './check-record.ts'
import { type Scene, scenesOf } from './truth.ts'

type Given = {
  readonly clientId: string
  readonly openedAt: number
  readonly report: VisitReport
  readonly html: string
}

/** @returns a sentence for each difference; empty: all agree, and every visit has its report. */
export function compareReports(oracle: Oracle, given: readonly Given[]): readonly string[] {
  const scenes = scenesOf(oracle)
  const complaints = given.length === scenes.length ? [] : [`${given.length} reports of ${scenes.length} visits`]
  return [...complaints, ...scenes.flatMap((scene) => compareOne(scene, given))]
}

function compareOne(scene: Scene, given: readonly Given[]): readonly string[] {
  const { client, at } = scene
  const found = given.find(({ clientId, openedAt }) => clientId === client.id && openedAt === at)
  const where = `${client.name}, ${new Date(at).toISOString().slice(0, 10)}`
  if (found === undefined) return [`${where}: no report`]
  const { report, html } = found
  const checks = [checkCover, checkChanges, checkBackups, checkMachineRows, checkRecord, checkDates, checkCoverage]
  const told = checks.flatMap((check) => check(scene, report))
  return [...told, ...checkHtml(report, html)].map((complaint) => `${where}: ${complaint}`)
}
