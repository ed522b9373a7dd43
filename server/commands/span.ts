/** Spans of time as people write them on the command line: `30m`, `2h`, `1d`, `2w`. Pure. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/units.ts'

const UNITS = { w: 7 * DAY_MS, d: DAY_MS, h: HOUR_MS, m: MINUTE_MS }

/** @returns milliseconds; null: no whole number with one of the units. */
export function parseSpan(written: string): number | null {
  const match = /^([1-9]\d{0,5})([wdhm])$/.exec(written.trim())
  const unit = match?.[2]
  if (unit !== 'w' && unit !== 'd' && unit !== 'h' && unit !== 'm') return null
  return Number(match?.[1]) * UNITS[unit]
}

/** @returns the shortest exact form that `parseSpan` reads; milliseconds when there is none. */
export function spanText(ms: number): string {
  for (const unit of ['d', 'h', 'm'] as const) if (ms > 0 && ms % UNITS[unit] === 0) return `${ms / UNITS[unit]}${unit}`
  return `${ms}ms`
}
