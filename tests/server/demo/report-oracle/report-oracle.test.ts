/**
 * Reports of two visits in a row on a simulated history, counted again from what really happened: a small company here, the whole demo in
 * tests/harness/demo-reports. The comparison must itself see what is missing, what is too much and what is wrong.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Oracle } from '../../../../server/demo/oracle/oracle.ts'
import { compareReports } from '../../../support/report-oracle/compare-reports.ts'
import { type WrittenReport, writeReports } from '../../../support/report-oracle/written-reports.ts'
import { tempFolder } from '../../../support/tmp.ts'

let oracle: Oracle
let reports: readonly WrittenReport[]

beforeAll(async () => {
  const written = await writeReports(tempFolder('report-oracle'), { days: 100, machines: 4 })
  oracle = written.oracle
  reports = written.reports
}, 60_000)

it('agree with the oracle in every count and sentence', () => {
  expect(reports).toHaveLength(2)
  expect(reports[1]?.report.parts.changes?.groups.length).toBeGreaterThan(3)
  expect(compareReports(oracle, reports)).toEqual([])
})

/** Sets what stands at a path of a report; `DROP` takes the last one of a list away. */
const DROP = Symbol('drop')

function change(target: unknown, [key, ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null || key === undefined) throw new Error(`no such path: ${key}`)
  const [name, next] = Array.isArray(target)
    ? [String(Number(key) < 0 ? target.length + Number(key) : key), target.at(Number(key))]
    : [key, Reflect.get(target, key)]
  if (rest.length > 0) change(next, rest, value)
  else if (value === DROP && Array.isArray(next)) next.pop()
  else if (Array.isArray(next)) next.push(value)
  else Reflect.set(target, name, value)
}

/** What is said when the second report is changed so; that its page then differs is not counted. */
function saidOf(path: string, value: unknown): readonly string[] {
  const changed = structuredClone(reports)
  change(changed[1]?.report, path.split('.'), value)
  return compareReports(oracle, changed).filter((complaint) => !complaint.includes('the page does not hold'))
}

describe('the comparison sees', () => {
  it.each([
    ['a point that is left out', 'parts.changes.groups.0.items', DROP],
    ['a point too many', 'parts.changes.groups.0.items', { state: 'good', text: 'SRV-PROD : Mémoire', detail: '' }],
    ['a group that is left out', 'parts.changes.groups', DROP],
    ['a state that is milder', 'parts.changes.groups.0.items.0.state', 'note'],
    ['a day that is another', 'parts.changes.groups.0.items.0.detail', 'depuis le 1 janvier 2020'],
    ['a machine that is named wrongly', 'parts.backup.rows.0.machine', 'SRV-X'],
    ['a copy that is said to be newer', 'parts.backup.rows.0.lastGood', 'jeu. 08:59'],
    ['work that is said to be less', 'parts.backup.rows.0.workLost', 'rien'],
    ['a copy that would survive an attacker', 'parts.backup.disasters.0.rows.1.restoredFrom.text', 'NAS'],
    ['a dial that counts one more', 'cover.dials.1.counts.good', 99],
    ['a dial that stands elsewhere', 'cover.dials.0.state', 'not-proven'],
    ['a dial that stood elsewhere', 'cover.dials.0.before', 'urgent'],
    ['a headline of safety', 'cover.verdict.sentence', 'Tout est en sécurité.'],
    ['a headline that is well', 'cover.verdict.state', 'good'],
    ['minutes that nobody noted', 'cover.cost', 'Noté pendant cette visite : 9 h de travail sur 1 point.'],
    ['a figure', 'cover.figures.1.value', '99'],
    ['an action that nobody promised', 'parts.next.actions.rows', { what: 'x', who: 'y', due: 'z' }],
    ['a restore that was shorter', 'parts.next.done.rows.-1.duration', '1 min'],
    ['a date that is left out', 'parts.next.dates.rows', DROP],
    ['a support that ends a day later', 'parts.machines.rows.0.supportUntil', '13 oct. 2027'],
    ['a machine that is better', 'parts.machines.rows.0.state', 'good'],
    ['coverage of a machine too many', 'parts.unseen.coverage.rows.0.amount', '9'],
    ['an outage that is not told', 'parts.changes.outages.text', 'Aucun serveur n’a été hors d’atteinte.'],
    ['evidence that is left out', 'annexes.attestations.rows', DROP],
    ['minutes of another visit', 'annexes.minutes.markdown', ''],
  ])('%s', (_name, path, value) => {
    expect(saidOf(path, value)).not.toEqual([])
  })
})
