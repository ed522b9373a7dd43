/** Durations as people write them in agent.toml and on the command line: `90s`, `15m`, `24h`, `7d`. Pure. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/units.ts'

const UNITS: { readonly [unit: string]: number } = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS }

/** @returns milliseconds, or null when the text is no duration between 1 s and 400 d. */
export function parseDuration(written: string): number | null {
  const match = /^(\d{1,8})\s*([smhd])$/.exec(written.trim())
  const unitMs = UNITS[match?.[2] ?? '']
  if (match === null || unitMs === undefined) return null
  const ms = Number(match[1]) * unitMs
  return ms >= SECOND_MS && ms <= 400 * DAY_MS ? ms : null
}

/** @returns the shortest exact form: 86,400,000 → `1d`, 90,000 → `90s`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's']) {
    const unitMs = UNITS[unit] ?? 1
    if (ms >= unitMs && ms % unitMs === 0) return `${ms / unitMs}${unit}`
  }
  return `${ms}ms`
}
