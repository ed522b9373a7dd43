/**
 * Trends of what fills up (disk/filling-up), from the sums of the newest days. Only of those samples: days of every sample would make
 * a start of 10,000 machines read millions of rows. Statement bodies.
 */
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Trend } from '../../facts/facts.ts'
import { trendOf } from '../../facts/trends.ts'
import { num, numOrNull, str } from '../row.ts'
import { all, one, reading, type Steps } from '../statement.ts'
import { type DaySum, DaySums, daySumOf } from './day-sums.ts'
import { addNewest } from './fold-samples.ts'

/** Calendar days looked back for the newest days with data (facts/trends.ts). */
const TREND_DAYS = 22
const DAY_LIST = ['SELECT ? AS day', ...Array<string>(TREND_DAYS - 1).fill('SELECT ?')].join(' UNION ALL ')

/** A key with a trend: machine number and `<check>/<key>`. */
type Key = { readonly machine: number; readonly name: string }

const KEYS_SQL = (where: string) =>
  `SELECT k.id, k.machine, k.check_name, k.sample_key FROM sample_key k WHERE k.sample_key LIKE '%:usedBytes' ${where}`
/** Key by key and day by day, each a seek: CROSS JOIN keeps SQLite from reading whole days. */
const SUMS_SQL = (where: string) => `SELECT d.* FROM sample_key k CROSS JOIN (${DAY_LIST}) c
  JOIN sample_day d ON d.day = c.day AND d.key_id = k.id WHERE k.sample_key LIKE '%:usedBytes' ${where}`
const OF_MACHINE = 'AND k.machine = (SELECT num FROM machine WHERE id = ?)'

/** Days from the newest in the file back: a body has no clock. */
function* trendDays(): Steps<readonly EpochMs[]> {
  const row = yield* one('SELECT MAX(last_day) AS folded, (SELECT MAX(at) FROM sample_new) AS newest FROM sample_key')
  const newest = row === null ? 0 : Math.max(numOrNull(row, 'folded') ?? 0, numOrNull(row, 'newest') ?? 0)
  const last = newest - (newest % DAY_MS)
  return Array.from({ length: TREND_DAYS }, (_, index) => last - index * DAY_MS)
}

function* readKeys(only: string | null): Steps<ReadonlyMap<number, Key>> {
  const rows = yield* all(KEYS_SQL(only === null ? '' : OF_MACHINE), ...(only === null ? [] : [only]))
  return new Map(
    rows.map((row) => [
      num(row, 'id'),
      { machine: num(row, 'machine'), name: `${str(row, 'check_name')}/${str(row, 'sample_key')}` },
    ]),
  )
}

/** Days by key, folded or not. */
function* readDays(only: string | null, from: EpochMs): Steps<ReadonlyMap<number, readonly DaySum[]>> {
  const params = [...(yield* trendDays()), ...(only === null ? [] : [only])]
  const sums = new DaySums()
  for (const row of yield* all(SUMS_SQL(only === null ? '' : OF_MACHINE), ...params)) sums.seed(daySumOf(row))
  yield* addNewest(sums, null)
  const byKey = new Map<number, DaySum[]>()
  for (const sum of sums.all()) {
    if (sum.day < from || sum.n === 0) continue
    const days = byKey.get(sum.keyId)
    if (days === undefined) byKey.set(sum.keyId, [sum])
    else days.push(sum)
  }
  return byKey
}

function trendOfKey(days: readonly DaySum[]): Trend | null {
  const lastAt = Math.max(...days.map((day) => day.lastAt ?? 0))
  const sums = days.map(({ day, n, sx, sy, sxx, sxy }) => ({ day, n, sumX: sx, sumY: sy, sumXX: sxx, sumXY: sxy }))
  return trendOf(sums, lastAt)
}

/** By machine number, then by `<check>/<key>`. @param only a machine's id, or null for all. */
export function* readTrends(
  only: string | null,
  from: EpochMs,
): Steps<ReadonlyMap<number, ReadonlyMap<string, Trend>>> {
  const keys = yield* readKeys(only)
  const byMachine = new Map<number, Map<string, Trend>>()
  for (const [keyId, days] of yield* readDays(only, from)) {
    const key = keys.get(keyId)
    const trend = key === undefined ? null : trendOfKey(days)
    if (key === undefined || trend === null) continue
    const trends = byMachine.get(key.machine) ?? new Map<string, Trend>()
    byMachine.set(key.machine, trends.set(key.name, trend))
  }
  return byMachine
}

function* trends(machineId: string, from: EpochMs): Steps<ReadonlyMap<string, Trend>> {
  const [own] = (yield* readTrends(machineId, from)).values()
  return own ?? new Map()
}

/** Body of the client's `trends`. */
export const trendMethods = { trends: reading(trends) }
