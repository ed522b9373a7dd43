/** History of one client: samples, daily sums, sections, attestations, and their retention. Statement bodies. */

import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import { DAYS_KEPT_MS, SAMPLES_KEPT_MS, SECTIONS_KEPT_MS } from '../retention.ts'
import { bytes, num, numOrNull, str, word } from '../row.ts'
import { all, one, reading, run, type Steps, writing } from '../statement.ts'
import type { AttestationRow, DayPoint, SamplePoint, SectionRow } from '../store.ts'
import { DaySums, daySumOf } from './day-sums.ts'
import { addNewest, foldSamples } from './fold-samples.ts'

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

function* days(machineId: string, check: CheckName, key: string, from: EpochMs): Steps<readonly DayPoint[]> {
  const id = yield* keyId(machineId, check, key)
  if (id === null) return []
  const range = yield* one('SELECT MIN(day) AS first, MAX(day) AS last FROM sample_day')
  const sums = new DaySums()
  const first = range === null ? null : numOrNull(range, 'first')
  const last = range === null ? null : numOrNull(range, 'last')
  if (first !== null && last !== null) {
    // Sums lie by day: one seek per day.
    for (let day = Math.max(first, Math.ceil(from / DAY_MS) * DAY_MS); day <= last; day += DAY_MS) {
      const row = yield* one('SELECT * FROM sample_day WHERE day = ? AND key_id = ?', day, id)
      if (row !== null) sums.seed(daySumOf(row))
    }
  }
  yield* addNewest(sums, id)
  return [...sums.all()]
    .filter(({ day, n }) => n > 0 && day >= from)
    .map(({ day, n, sy, low, high, last: newest }) => ({
      day,
      n,
      mean: sy / n,
      min: low ?? 0,
      max: high ?? 0,
      last: newest ?? 0,
    }))
    .sort((a, b) => a.day - b.day)
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
  samples: reading(samples),
  days: reading(days),
  sectionHistory: reading(sectionHistory),
  attestations: reading(attestations),
  retain: writing(retain),
}
