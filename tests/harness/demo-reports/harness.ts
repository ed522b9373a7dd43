/**
 * The whole demo, three companies of 40 machines over 120 days: every report of its visits, two in a row for each, is counted again from
 * what really happened (tests/support/report-oracle). A report that leaves a decision or an action out must be seen.
 */
import { deepStrictEqual, notDeepStrictEqual, ok } from 'node:assert/strict'
import path from 'node:path'
import { compareReports } from '../../support/report-oracle/compare-reports.ts'
import { type WrittenReport, writeReports } from '../../support/report-oracle/written-reports.ts'
import type { Harness } from '../harness.ts'

/** Each changes one report; a report without the part stays as it is. */
const CHANGES: readonly ((report: WrittenReport['report']) => WrittenReport['report'])[] = [
  (report) => ({
    ...report,
    parts: {
      ...report.parts,
      decisions: report.parts.decisions && { ...report.parts.decisions, items: report.parts.decisions.items.slice(1) },
    },
  }),
  (report) => {
    const { next } = report.parts
    const fewer = next && { ...next, actions: { ...next.actions, rows: next.actions.rows.slice(1) } }
    return { ...report, parts: { ...report.parts, next: fewer } }
  },
  (report) => ({
    ...report,
    parts: { ...report.parts, unseen: report.parts.unseen && { ...report.parts.unseen, items: [] } },
  }),
]

/** The harness. */
export const harness: Harness = {
  name: 'demo-reports',
  nCi: 1,
  nDefault: 1,
  nFull: 3,
  onceMs: 240_000,
  async run({ n, seed, folder, log }) {
    for (let i = 0; i < n; i++) {
      // The first one is the demo as people see it; chance moves hours and weeks of the others.
      const order = i === 0 ? {} : { seed: seed + i }
      log(`run ${i + 1}: ${JSON.stringify(order)}`)
      const { oracle, reports } = await writeReports(path.join(folder, String(i)), order)
      ok(reports.length >= 6, `${reports.length} reports`)
      deepStrictEqual(compareReports(oracle, reports), [])
      for (const change of CHANGES) {
        const changed = reports.map((one) => ({ ...one, report: change(one.report) }))
        const seen = compareReports(oracle, changed).filter(
          (complaint) => !complaint.includes('the page does not hold'),
        )
        notDeepStrictEqual(seen, [])
      }
    }
    return { histories: n }
  },
}
