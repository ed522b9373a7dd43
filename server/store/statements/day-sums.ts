/** Running sums of samples by key and day, gathered over one batch so that each key is written once. Pure. */
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import { num, numOrNull } from '../row.ts'
import type { SqlRow } from '../statement.ts'

/** Sums of one key and day. `last`, `lastAt`: newest value; `failedAt`: newest failed reading. */
export type DaySum = {
  readonly keyId: number
  readonly day: EpochMs
  n: number
  sx: number
  sy: number
  sxx: number
  sxy: number
  low: number | null
  high: number | null
  last: number | null
  lastAt: EpochMs | null
  failedAt: EpochMs | null
}

/** Adds the sums that a statement would insert to those that are there. */
export const ADD_DAY_SUM = `ON CONFLICT (day, key_id) DO UPDATE SET
    n = sample_day.n + excluded.n, sx = sample_day.sx + excluded.sx, sy = sample_day.sy + excluded.sy,
    sxx = sample_day.sxx + excluded.sxx, sxy = sample_day.sxy + excluded.sxy,
    low = CASE WHEN sample_day.low IS NULL OR excluded.low < sample_day.low THEN excluded.low ELSE sample_day.low END,
    high = CASE WHEN sample_day.high IS NULL OR excluded.high > sample_day.high THEN excluded.high ELSE sample_day.high END,
    last = CASE WHEN excluded.last_at IS NULL THEN sample_day.last ELSE excluded.last END,
    last_at = COALESCE(excluded.last_at, sample_day.last_at),
    failed_at = COALESCE(excluded.failed_at, sample_day.failed_at)`

/** Days since 1970; with the key in one number, because a string per sample would cost more than the sum. */
const DAYS = 100_000

/** Gathers samples in the order in which they are applied. */
export class DaySums {
  readonly #sums = new Map<number, DaySum>()

  /** @param value null: measured and failed. */
  add(keyId: number, at: EpochMs, value: number | null): void {
    const dayNumber = Math.floor(at / DAY_MS)
    const slot = keyId * DAYS + dayNumber
    let sum = this.#sums.get(slot)
    if (sum === undefined) {
      const day = dayNumber * DAY_MS
      sum = {
        keyId,
        day,
        n: 0,
        sx: 0,
        sy: 0,
        sxx: 0,
        sxy: 0,
        low: null,
        high: null,
        last: null,
        lastAt: null,
        failedAt: null,
      }
      this.#sums.set(slot, sum)
    }
    if (value === null) sum.failedAt = at
    else addValue(sum, at, value)
  }

  /** Starts a key and day from what is stored; later samples are added to it. */
  seed(sum: DaySum): void {
    this.#sums.set(sum.keyId * DAYS + Math.floor(sum.day / DAY_MS), { ...sum })
  }

  /** All sums, each key and day once. */
  all(): IterableIterator<DaySum> {
    return this.#sums.values()
  }
}

/** A stored row. */
export function daySumOf(row: SqlRow): DaySum {
  return {
    keyId: num(row, 'key_id'),
    day: num(row, 'day'),
    n: num(row, 'n'),
    sx: num(row, 'sx'),
    sy: num(row, 'sy'),
    sxx: num(row, 'sxx'),
    sxy: num(row, 'sxy'),
    low: numOrNull(row, 'low'),
    high: numOrNull(row, 'high'),
    last: numOrNull(row, 'last'),
    lastAt: numOrNull(row, 'last_at'),
    failedAt: numOrNull(row, 'failed_at'),
  }
}

function addValue(sum: DaySum, at: EpochMs, value: number): void {
  const x = (at - sum.day) / HOUR_MS
  sum.n += 1
  sum.sx += x
  sum.sy += value
  sum.sxx += x * x
  sum.sxy += x * value
  if (sum.low === null || value < sum.low) sum.low = value
  if (sum.high === null || value > sum.high) sum.high = value
  sum.last = value
  sum.lastAt = at
}
