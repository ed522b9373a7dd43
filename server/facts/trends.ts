/** From daily sums of a sample to its trend: the median of all slopes between daily means, which one odd day cannot bend. Pure. */
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { Trend } from './facts.ts'

/**
 * Sums of one day of one sample: `day` its start (epoch ms UTC), x hours since that start, y the sample. What the store keeps; the
 * products serve other fits. A day without measurements has no row.
 */
export type DaySums = {
  readonly day: EpochMs
  readonly n: number
  readonly sumX: number
  readonly sumY: number
  readonly sumXX: number
  readonly sumXY: number
}

/** Fewer days than this tell no trend: a weekly rhythm would pass for growth. */
export const LEAST_DAYS = 7
/** Days that count; older ones say little about the present. */
export const MOST_DAYS = 14
const HOUR_PER_DAY = 24

type Point = { readonly day: number; readonly mean: number }

/**
 * @param sums days in any order; the newest 14 with data are used. @param lastAt time of the newest measurement.
 * @returns null when fewer than 7 days have data: no trend is not a flat trend.
 */
export function trendOf(sums: readonly DaySums[], lastAt: EpochMs): Trend | null {
  const points = sums
    .filter(({ n, sumY }) => n > 0 && Number.isFinite(sumY))
    .sort((a, b) => a.day - b.day)
    .slice(-MOST_DAYS)
    .map(pointOf)
  if (points.length < LEAST_DAYS) return null
  const mean = points.reduce((sum, point) => sum + point.mean, 0) / points.length
  return { days: points.length, perDay: medianSlope(points), mean, lastAt }
}

function pointOf({ day, n, sumX, sumY }: DaySums): Point {
  return { day: day / DAY_MS + sumX / n / HOUR_PER_DAY, mean: sumY / n }
}

/** Theil–Sen: at most 91 slopes between 14 points. */
function medianSlope(points: readonly Point[]): number {
  const slopes: number[] = []
  for (const [at, from] of points.entries()) {
    for (const to of points.slice(at + 1)) {
      if (to.day > from.day) slopes.push((to.mean - from.mean) / (to.day - from.day))
    }
  }
  return slopes.length === 0 ? 0 : median(slopes)
}

function median(numbers: number[]): number {
  const sorted = numbers.sort((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
}
