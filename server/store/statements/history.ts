/** History of one client: samples, daily sums, trends, sections, attestations, and their retention. Statement bodies. */
import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Trend } from '../../facts/facts.ts'
import { type DaySums, trendOf } from '../../facts/trends.ts'
import { bytes, num, numOrNull, str, word } from '../row.ts'
import { all, many, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
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
  const range = 'key_id = ? AND at >= ? AND at < ?'
  const points = new Map<EpochMs, SamplePoint>()
  const older = yield* all(`SELECT at, value FROM sample WHERE ${range} ORDER BY at`, id, from, to)
  const newer = yield* all(`SELECT at, value FROM sample_new WHERE ${range} ORDER BY id`, id, from, to)
  for (const row of [...older, ...newer])
    points.set(num(row, 'at'), { at: num(row, 'at'), value: numOrNull(row, 'value') })
  return [...points.values()].sort((a, b) => a.at - b.at)
}

/**
 * Moves samples from the order of their coming to the order by key, oldest first, at most `limit`. A later one of the same key and
 * instant wins. @returns rows moved.
 */
function* foldSamples(limit: number): Steps<number> {
  const row = yield* one(
    'SELECT MAX(id) AS id, COUNT(*) AS n FROM (SELECT id FROM sample_new ORDER BY id LIMIT ?) oldest',
    limit,
  )
  if (row === null || num(row, 'n') === 0) return 0
  const last = num(row, 'id')
  const rows = yield* all('SELECT key_id, at, value FROM sample_new WHERE id <= ? ORDER BY key_id, at, id', last)
  yield* many(
    `INSERT INTO sample (key_id, at, value) VALUES (?, ?, ?) ON CONFLICT (key_id, at) DO UPDATE SET value = excluded.value`,
    rows.map((sample) => [num(sample, 'key_id'), num(sample, 'at'), numOrNull(sample, 'value')]),
  )
  return yield* run('DELETE FROM sample_new WHERE id <= ?', last)
}

/** First and last day with sums, or null when there is none. */
function* dayRange(): Steps<{ readonly first: EpochMs; readonly last: EpochMs } | null> {
  const row = yield* one('SELECT MIN(day) AS first, MAX(day) AS last FROM sample_day')
  if (row === null || numOrNull(row, 'first') === null) return null
  return { first: num(row, 'first'), last: num(row, 'last') }
}

function* days(machineId: string, check: CheckName, key: string, from: EpochMs): Steps<readonly DayPoint[]> {
  const id = yield* keyId(machineId, check, key)
  const range = yield* dayRange()
  const points: DayPoint[] = []
  if (id === null || range === null) return points
  const start = Math.max(range.first, Math.ceil(from / DAY_MS) * DAY_MS)
  for (let day = start; day <= range.last; day += DAY_MS) {
    const row = yield* one('SELECT * FROM sample_day WHERE day = ? AND key_id = ?', day, id)
    const n = row === null ? 0 : num(row, 'n')
    if (row === null || n === 0) continue
    const [min, max, last] = [num(row, 'low'), num(row, 'high'), num(row, 'last')]
    points.push({ day, n, mean: num(row, 'sy') / n, min, max, last })
  }
  return points
}

/** Calendar days that a trend looks back for its newest days with data (facts/trends.ts). */
const TREND_DAYS = 22
const DAY_LIST = Array.from({ length: TREND_DAYS }, (_, index) => (index === 0 ? 'SELECT ? AS day' : 'SELECT ?')).join(
  ' UNION ALL ',
)

/**
 * Only what fills up has a trend (disk/filling-up); days of every sample would make a start of 10,000 machines read millions of
 * rows. Key by key and day by day, each a seek: CROSS JOIN keeps SQLite from reading whole days.
 */
const TREND_SQL = (where: string) => `
  SELECT k.machine, k.check_name, k.sample_key, d.key_id, d.day, d.n, d.sx, d.sy, d.sxx, d.sxy, d.last_at
  FROM sample_key k CROSS JOIN (${DAY_LIST}) c JOIN sample_day d ON d.day = c.day AND d.key_id = k.id
  WHERE k.sample_key LIKE '%:usedBytes' AND d.n > 0 ${where} ORDER BY d.key_id, d.day`

/** The newest days of the file: a body has no clock. */
function* trendDays(): Steps<readonly EpochMs[]> {
  const range = yield* dayRange()
  const last = range === null ? 0 : range.last
  return Array.from({ length: TREND_DAYS }, (_, index) => last - index * DAY_MS)
}

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
export function* allTrends(): Steps<ReadonlyMap<number, ReadonlyMap<string, Trend>>> {
  const byMachine = new Map<number, Map<string, Trend>>()
  for (const { machine, name, days, lastAt } of daysByKey(yield* all(TREND_SQL(''), ...(yield* trendDays())))) {
    const trend = trendOf(days, lastAt)
    if (trend === null) continue
    const trends = byMachine.get(machine) ?? new Map<string, Trend>()
    byMachine.set(machine, trends.set(name, trend))
  }
  return byMachine
}

/** Trends of one machine. */
export function* trends(machineId: string, from: EpochMs): Steps<ReadonlyMap<string, Trend>> {
  const where = 'AND k.machine = (SELECT num FROM machine WHERE id = ?) AND d.day >= ?'
  const newest = yield* trendDays()
  const found = new Map<string, Trend>()
  for (const { name, days, lastAt } of daysByKey(yield* all(TREND_SQL(where), ...newest, machineId, from))) {
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

/** Key by key, at most `budget` rows. */
function* retainSamples(before: EpochMs, budget: number): Steps<number> {
  // EXISTS on the primary key finds the keys that hold old rows without reading any of the others.
  const old = `SELECT k.id FROM sample_key k WHERE EXISTS (SELECT 1 FROM sample s WHERE s.key_id = k.id AND s.at < ?) LIMIT ?`
  let left = budget
  for (const row of yield* all(old, before, budget)) {
    if (left <= 0) break
    const id = num(row, 'id')
    const oldest = 'SELECT at FROM sample WHERE key_id = ? AND at < ? ORDER BY at LIMIT ?'
    left -= yield* run(`DELETE FROM sample WHERE key_id = ? AND at IN (${oldest})`, id, id, before, left)
  }
  return budget - left
}

function* retainDays(before: EpochMs, budget: number): Steps<number> {
  if (budget <= 0) return 0
  const oldest = 'SELECT day, key_id FROM sample_day WHERE day < ? ORDER BY day, key_id LIMIT ?'
  return yield* run(`DELETE FROM sample_day WHERE (day, key_id) IN (${oldest})`, before, budget)
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
  yield* foldSamples(budget)
  let done = yield* retainSamples(now - SAMPLES_KEPT_MS, budget)
  done += yield* retainDays(now - DAYS_KEPT_MS, budget - done)
  done += yield* retainSections(now - SECTIONS_KEPT_MS, budget - done)
  return done
}

/** Bodies of the client's methods about history. */
export const historyMethods = {
  foldSamples: writing(foldSamples),
  samples: reading(samples),
  days: reading(days),
  trends: reading(trends),
  sectionHistory: reading(sectionHistory),
  attestations: reading(attestations),
  retain: writing(retain),
}
