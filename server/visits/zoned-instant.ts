/** A day and a clock of a time zone as an instant, and the day of an instant. Pure. */
import type { EpochMs } from '../../shared/units.ts'

/** @returns how far the zone's clock is ahead of UTC at an instant, ms. */
function aheadMs(at: EpochMs, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at))
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return shown - (at - (((at % 1_000) + 1_000) % 1_000))
}

/**
 * @param date `2026-11-24`. @param time `09:00`. @returns null: there is no such day. A clock that a change to summer time skips is
 * the instant an hour later; one that comes twice is the first.
 */
export function zonedInstant(date: string, time: string, timeZone: string): EpochMs | null {
  const wanted = Date.parse(`${date}T${time}:00Z`)
  if (!Number.isFinite(wanted) || new Date(wanted).toISOString().slice(0, 10) !== date) return null
  const candidates = [wanted - aheadMs(wanted - 86_400_000, timeZone), wanted - aheadMs(wanted + 86_400_000, timeZone)]
  const exact = candidates.filter((at) => at + aheadMs(at, timeZone) === wanted)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}

/** @returns the clock in the zone, `09:00`. */
export function zonedTime(at: EpochMs, timeZone: string): string {
  return new Date(at + aheadMs(at, timeZone)).toISOString().slice(11, 16)
}
