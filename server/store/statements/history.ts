/** History of one client: samples, daily sums, trends, sections, attestations, and their retention. Statement bodies. */
import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Trend } from '../../facts/facts.ts'
import { type DaySums, trendOf } from '../../facts/trends.ts'
import { bytes, num, numOrNull, str, word } from '../row.ts'
import { all, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
import type { AttestationRow, DayPoint, SamplePoint, SectionRow } from '../store.ts'

/** Defaults of design.md 8. */
const SAMPLES_KEPT_MS = 30 * DAY_MS
const DAYS_KEPT_MS = 761 * DAY_MS
const SECTIONS_KEPT_MS = 761 * DAY_MS

function* keyId(machineId: string, check: CheckName, key: string): Steps<number | null> {
  const row = yield* one(
    `SELECT k.id FROM sample_key k JOIN machine m ON m.num = k.machine WHERE m.id = ? AND k.check_name = ? AND k.sample_key = ?`,
    machineId,
    check,
    key,
  )
  return row === null ? null : num(row, 'id')
}

function* samples(
  machineId: string,
  check: CheckName,
  key: string,
  from: EpochMs,
  to: EpochMs,
): Steps<readonly SamplePoint[]> {
  const id = yield* keyId(machineId, check, key)
  if (id === null) return []
  const rows = yield* all(
    'SELECT at, value FROM sample WHERE key_id = ? AND at >= ? AND at < ? ORDER BY at',
    id,
    from,
    to,
  )
  return rows.map((row) => ({ at: num(row, 'at'), value: numOrNull(row, 'value') }))
}

function* days(machineId: string, check: CheckName, key: string, from: EpochMs): Steps<readonly DayPoint[]> {
  const id = yield* keyId(machineId, check, key)
  if (id === null) return []
  const rows = yield* all('SELECT * FROM sample_day WHERE key_id = ? AND day >= ? AND n > 0 ORDER BY day', id, from)
  return rows.map((row) => ({
    day: num(row, 'day'),
    n: num(row, 'n'),
    mean: num(row, 'sy') / num(row, 'n'),
    min: num(row, 'low'),
    max: num(row, 'high'),
    last: num(row, 'last'),
  }))
}

/** Only what fills up has a trend (disk/filling-up); sums of every sample would make a start of 10,000 machines read millions of rows. */
const TREND_SQL = (where: string) => `
  SELECT k.machine, k.check_name, k.sample_key, d.key_id, d.day, d.n, d.sx, d.sy, d.sxx, d.sxy, d.last_at
  FROM sample_key k JOIN sample_day d ON d.key_id = k.id
  WHERE k.sample_key LIKE '%:usedBytes' AND d.day >= ? AND d.n > 0 ${where} ORDER BY k.machine, d.key_id, d.day`

type KeyDays = { readonly machine: number; readonly name: string; readonly days: DaySums[]; lastAt: EpochMs }

/** Day rows gathered by key; they come ordered by key. */
function daysByKey(rows: readonly SqlRow[]): readonly KeyDays[] {
  const found: KeyDays[] = []
  let keyId = -1
  let current: KeyDays | null = null
  for (const row of rows) {
    if (current === null || num(row, 'key_id') !== keyId) {
      keyId = num(row, 'key_id')
      const name = `${str(row, 'check_name')}/${str(row, 'sample_key')}`
      current = { machine: num(row, 'machine'), name, days: [], lastAt: 0 }
      found.push(current)
    }
    current.lastAt = num(row, 'last_at')
    current.days.push({
      day: num(row, 'day'),
      n: num(row, 'n'),
      sumX: num(row, 'sx'),
      sumY: num(row, 'sy'),
      sumXX: num(row, 'sxx'),
      sumXY: num(row, 'sxy'),
    })
  }
  return found
}

/** Trends of every machine of the client, by machine number, then by `<check>/<key>`. */
export function* allTrends(from: EpochMs): Steps<ReadonlyMap<number, ReadonlyMap<string, Trend>>> {
  const byMachine = new Map<number, Map<string, Trend>>()
  for (const { machine, name, days, lastAt } of daysByKey(yield* all(TREND_SQL(''), from))) {
    const trend = trendOf(days, lastAt)
    if (trend === null) continue
    const trends = byMachine.get(machine) ?? new Map<string, Trend>()
    byMachine.set(machine, trends.set(name, trend))
  }
  return byMachine
}

/** Trends of one machine. */
export function* trends(machineId: string, from: EpochMs): Steps<ReadonlyMap<string, Trend>> {
  const where = 'AND k.machine = (SELECT num FROM machine WHERE id = ?)'
  const found = new Map<string, Trend>()
  for (const { name, days, lastAt } of daysByKey(yield* all(TREND_SQL(where), from, machineId))) {
    const trend = trendOf(days, lastAt)
    if (trend !== null) found.set(name, trend)
  }
  return found
}

function* sectionHistory(machineId: string, check: CheckName, limit: number): Steps<readonly SectionRow[]> {
  const rows = yield* all(
    `SELECT s.check_name, s.at, s.hash, s.body FROM section s JOIN machine m ON m.num = s.machine
     WHERE m.id = ? AND s.check_name = ? ORDER BY s.id DESC LIMIT ?`,
    machineId,
    check,
    limit,
  )
  return rows.map((row) => ({
    check: word(row, 'check_name', CHECK_NAMES),
    at: num(row, 'at'),
    hash: bytes(row, 'hash'),
    body: str(row, 'body'),
  }))
}

function* attestations(machineId: string, limit: number): Steps<readonly AttestationRow[]> {
  const rows = yield* all(
    `SELECT a.* FROM attestation a JOIN machine m ON m.num = a.machine WHERE m.id = ? ORDER BY a.id DESC LIMIT ?`,
    machineId,
    limit,
  )
  return rows.map((row) => ({
    q: num(row, 'q'),
    at: num(row, 'at'),
    receivedAt: num(row, 'received_at'),
    hash: bytes(row, 'hash'),
    isChained: num(row, 'chained') === 1,
    body: str(row, 'body'),
  }))
}

/** Deletes the old rows of one table of samples, key by key, at most `budget`. `column`: its time column. */
function* retainSamples(
  table: 'sample' | 'sample_day',
  column: 'at' | 'day',
  before: EpochMs,
  budget: number,
): Steps<number> {
  // EXISTS on the primary key finds the keys that hold old rows without reading any of the others.
  const old = `SELECT k.id FROM sample_key k WHERE EXISTS (SELECT 1 FROM ${table} s WHERE s.key_id = k.id AND s.${column} < ?) LIMIT ?`
  let left = budget
  for (const row of yield* all(old, before, budget)) {
    if (left <= 0) break
    const id = num(row, 'id')
    const oldest = `SELECT ${column} FROM ${table} WHERE key_id = ? AND ${column} < ? ORDER BY ${column} LIMIT ?`
    left -= yield* run(`DELETE FROM ${table} WHERE key_id = ? AND ${column} IN (${oldest})`, id, id, before, left)
  }
  return budget - left
}

/** The newest section of a check always stays: it is what the machine is. */
function* retainSections(before: EpochMs, budget: number): Steps<number> {
  if (budget <= 0) return 0
  return yield* run(
    `DELETE FROM section WHERE id IN (SELECT s.id FROM section s WHERE s.at < ? AND EXISTS
       (SELECT 1 FROM section n WHERE n.machine = s.machine AND n.check_name = s.check_name AND n.id > s.id) ORDER BY s.id LIMIT ?)`,
    before,
    budget,
  )
}

function* retain(now: EpochMs, budget: number): Steps<number> {
  let done = yield* retainSamples('sample', 'at', now - SAMPLES_KEPT_MS, budget)
  done += yield* retainSamples('sample_day', 'day', now - DAYS_KEPT_MS, budget - done)
  done += yield* retainSections(now - SECTIONS_KEPT_MS, budget - done)
  return done
}

/** Bodies of the client's methods about history. */
export const historyMethods = {
  samples: reading(samples),
  days: reading(days),
  trends: reading(trends),
  sectionHistory: reading(sectionHistory),
  attestations: reading(attestations),
  retain: writing(retain),
}
