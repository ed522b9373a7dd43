/** Trends from daily sums. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DaySums, trendOf } from '../../../server/facts/trends.ts'
import { DAY_MS } from '../../../shared/units.ts'

/** Four readings a day of a sample that follows `y(day)`. */
const sums = (days: number, y: (day: number) => number): DaySums[] =>
  Array.from({ length: days }, (_, day) => {
    const xs = [3, 9, 15, 21]
    const ys = xs.map((x) => y(day + x / 24))
    const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
    return {
      day: day * DAY_MS,
      n: xs.length,
      sumX: sum(xs),
      sumY: sum(ys),
      sumXX: sum(xs.map((x) => x * x)),
      sumXY: sum(xs.map((x, at) => x * (ys[at] ?? 0))),
    }
  })

describe('trendOf', () => {
  it('is none from fewer than seven days: no trend is not a flat trend', () => {
    expect(
      trendOf(
        sums(6, () => 5),
        0,
      ),
    ).toBeNull()
    expect(trendOf([], 0)).toBeNull()
  })
  it('does not count days without measurements', () => {
    const empty = { day: 99 * DAY_MS, n: 0, sumX: 0, sumY: 0, sumXX: 0, sumXY: 0 }
    expect(trendOf([...sums(6, () => 5), empty], 0)).toBeNull()
  })
  it('finds the slope of a line, whatever the line', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 7, max: 20 }),
        (slope, start, days) => {
          const trend = trendOf(
            sums(days, (day) => start + slope * day),
            7,
          )
          expect(trend?.perDay).toBeCloseTo(slope, 0)
          expect(trend?.days).toBe(Math.min(days, 14))
          expect(trend?.lastAt).toBe(7)
        },
      ),
    )
  })
  it('is not bent by one odd day', () => {
    const trend = trendOf(
      sums(14, (day) => (Math.floor(day) === 9 ? 1e9 : 10 * day)),
      0,
    )
    expect(trend?.perDay).toBeGreaterThan(8)
    expect(trend?.perDay).toBeLessThan(13)
  })
  it('takes days in any order and skips gaps', () => {
    const line = sums(12, (day) => 3 * day).filter((_, at) => at !== 4 && at !== 5)
    expect(trendOf(line.reverse(), 0)?.perDay).toBeCloseTo(3)
  })
  it('forgets what is older than the last fourteen days with data', () => {
    expect(
      trendOf(
        sums(40, (day) => (day < 26 ? 1_000 * day : day)),
        0,
      )?.perDay,
    ).toBeCloseTo(1)
  })
})
