/** Everything the fleet needs of all machines, or of one, read back after a start. Statement bodies. */
import { CHECK_NAMES, type CheckName, ROLES } from '../../../shared/checks/names.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Trend } from '../../facts/facts.ts'
import type { Finding } from '../../findings/finding.ts'
import { bytes, bytesOrNull, json, num, numOrNull, str, strOrNull, word, wordOrNull } from '../row.ts'
import { all, one, reading, type SqlRow, type Steps } from '../statement.ts'
import type { MachineRecord, MachineRow } from '../store.ts'
import { type DaySum, DaySums, daySumOf } from './day-sums.ts'
import { FINDING_COLUMNS, findingOf } from './findings.ts'
import { addNewest } from './fold-samples.ts'
import { readTrends } from './trends.ts'

const where = (only: string | null, machine: string) =>
  only === null ? '' : `AND ${machine} = (SELECT num FROM machine WHERE id = ?)`

function rowOf(row: SqlRow): MachineRow {
  return {
    id: str(row, 'id'),
    siteId: str(row, 'site_id'),
    slug: str(row, 'slug'),
    name: str(row, 'name'),
    role: wordOrNull(row, 'role', ROLES),
    place: str(row, 'place'),
    person: str(row, 'person'),
    enrolledAt: num(row, 'enrolled_at'),
    retiredAt: numOrNull(row, 'retired_at'),
    stream: bytesOrNull(row, 'stream'),
    upTo: num(row, 'up_to'),
    lastReportAt: numOrNull(row, 'last_report_at'),
    build: strOrNull(row, 'build'),
    assessedAt: numOrNull(row, 'assessed_at'),
    assessedQ: num(row, 'assessed_q'),
    dueAt: num(row, 'due_at'),
    version: num(row, 'version'),
    memory: json<MachineRow['memory']>(row, 'memory'),
    outcomes: json<MachineRow['outcomes']>(row, 'outcomes'),
  }
}

/** Rows of a query grouped by machine number. */
function* grouped<T>(
  sql: string,
  params: readonly string[],
  read: (row: SqlRow) => T | null,
): Steps<ReadonlyMap<number, readonly T[]>> {
  const groups = new Map<number, T[]>()
  for (const row of yield* all(sql, ...params)) {
    const machine = num(row, 'machine')
    const group = groups.get(machine) ?? []
    const value = read(row)
    if (value !== null) group.push(value)
    groups.set(machine, group)
  }
  return groups
}

type Section = MachineRecord['sections'][number]
type Sample = MachineRecord['samples'][number]

function sectionOf(row: SqlRow): Section {
  const check: CheckName = word(row, 'check_name', CHECK_NAMES)
  return { check, at: num(row, 'at'), hash: bytes(row, 'hash'), body: str(row, 'body') }
}

/** Newest of a key's last value and last failure. */
function newestOf(sum: DaySum): Pick<Sample, 'value' | 'at'> {
  const { last, lastAt, failedAt } = sum
  const hasFailed = failedAt !== null && (lastAt === null || failedAt > lastAt)
  return { value: hasFailed ? null : last, at: (hasFailed ? failedAt : lastAt) ?? 0 }
}

/** The newest sample of each key: of its newest folded day, and what came since. */
function* readSamples(only: string | null): Steps<ReadonlyMap<number, readonly Sample[]>> {
  const params = only === null ? [] : [only]
  const sums = new DaySums()
  const folded = `SELECT d.* FROM sample_key k JOIN sample_day d ON d.day = k.last_day AND d.key_id = k.id WHERE 1 = 1 ${where(only, 'k.machine')}`
  for (const row of yield* all(folded, ...params)) sums.seed(daySumOf(row))
  yield* addNewest(sums, null)
  const newest = new Map<number, DaySum>()
  for (const sum of sums.all()) {
    const known = newest.get(sum.keyId)
    if (known === undefined || known.day < sum.day) newest.set(sum.keyId, sum)
  }
  return yield* grouped(
    `SELECT id, machine, check_name, sample_key FROM sample_key WHERE 1 = 1 ${where(only, 'machine')}`,
    params,
    (row) => sampleOf(row, newest.get(num(row, 'id'))),
  )
}

function sampleOf(row: SqlRow, sum: DaySum | undefined): Sample | null {
  if (sum === undefined) return null
  return { check: word(row, 'check_name', CHECK_NAMES), key: str(row, 'sample_key'), ...newestOf(sum) }
}

function gapOf(row: SqlRow): NonNullable<MachineRecord['gap']> {
  return { from: num(row, 'from_q'), to: num(row, 'to_q'), why: str(row, 'why'), at: num(row, 'at') }
}

/** What hangs on a machine, by machine number. */
type Parts = {
  readonly sections: ReadonlyMap<number, readonly Section[]>
  readonly samples: ReadonlyMap<number, readonly Sample[]>
  readonly findings: ReadonlyMap<number, readonly Finding[]>
  readonly gaps: ReadonlyMap<number, readonly NonNullable<MachineRecord['gap']>[]>
}

/** @param only a machine's id, or null for all. */
function* readParts(only: string | null): Steps<Parts> {
  const params = only === null ? [] : [only]
  const sections = yield* grouped(
    `SELECT machine, check_name, at, hash, body FROM section WHERE id IN
       (SELECT MAX(id) FROM section GROUP BY machine, check_name) ${where(only, 'machine')}`,
    params,
    sectionOf,
  )
  const samples = yield* readSamples(only)
  const findings = yield* grouped(
    `SELECT ${FINDING_COLUMNS}, f.machine FROM finding f JOIN machine m ON m.num = f.machine
     WHERE f.resolved_at IS NULL ${where(only, 'f.machine')} ORDER BY f.number`,
    params,
    findingOf,
  )
  const gaps = yield* grouped(
    `SELECT machine, from_q, to_q, why, at FROM gap WHERE id IN
       (SELECT MAX(id) FROM gap GROUP BY machine) ${where(only, 'machine')}`,
    params,
    gapOf,
  )
  return { sections, samples, findings, gaps }
}

function trafficOf(row: SqlRow): MachineRecord['traffic'] {
  return {
    lastBytes: numOrNull(row, 'last_bytes'),
    day: num(row, 'day'),
    dayBytes: num(row, 'day_bytes'),
    dayRecords: num(row, 'day_records'),
  }
}

const NO_TRENDS: ReadonlyMap<string, Trend> = new Map()

function recordOf(row: SqlRow, parts: Parts, trends: ReadonlyMap<string, Trend>): MachineRecord {
  const machine = num(row, 'num')
  return {
    row: rowOf(row),
    sections: parts.sections.get(machine) ?? [],
    // Written by saveRecords from instants only.
    collectedAt: json<{ [part: string]: EpochMs }>(row, 'collected'),
    samples: parts.samples.get(machine) ?? [],
    trends,
    findings: parts.findings.get(machine) ?? [],
    traffic: trafficOf(row),
    gap: parts.gaps.get(machine)?.[0] ?? null,
  }
}

const MACHINE_SQL = (
  only: string | null,
) => `SELECT m.*, i.stream, i.up_to, i.last_report_at, i.collected, i.last_bytes, i.day,
    i.day_bytes, i.day_records, j.version, j.assessed_at, j.assessed_q, j.due_at, t.memory, t.outcomes
  FROM machine m JOIN intake i ON i.machine = m.num JOIN judgement j ON j.machine = m.num
  JOIN judgement_text t ON t.machine = m.num WHERE 1 = 1 ${where(only, 'm.num')} ORDER BY m.num`

function* load(): Steps<readonly MachineRecord[]> {
  const parts = yield* readParts(null)
  const byMachine = yield* readTrends(null, 0)
  const rows = yield* all(MACHINE_SQL(null))
  return rows.map((row) => recordOf(row, parts, byMachine.get(num(row, 'num')) ?? NO_TRENDS))
}

function* loadMachine(id: string): Steps<MachineRecord | null> {
  const row = yield* one(MACHINE_SQL(id), id)
  if (row === null) return null
  const parts = yield* readParts(id)
  const trends = yield* readTrends(id, 0)
  return recordOf(row, parts, trends.get(num(row, 'num')) ?? NO_TRENDS)
}

/** Bodies of the client's methods that fill the fleet. */
export const loadMethods = { load: reading(load), loadMachine: reading(loadMachine) }
