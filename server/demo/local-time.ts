/** Wall time in Brussels and Paris without a calendar library: the demo's companies live there, and days must be cheap. Pure. */
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../shared/units.ts'

/** Last Sunday of a month at 01:00 UTC, when the European Union changes its clocks (directive 2000/84/EC). */
function changeAt(year: number, month: number): EpochMs {
  const lastDay = Date.UTC(year, month + 1, 0)
  return lastDay - weekdayOf(lastDay / DAY_MS) * DAY_MS + HOUR_MS
}

/** Milliseconds to add to UTC at an instant: one hour in winter, two in summer. */
export function offsetMs(at: EpochMs): number {
  const year = new Date(at).getUTCFullYear()
  return at >= changeAt(year, 2) && at < changeAt(year, 9) ? 2 * HOUR_MS : HOUR_MS
}

/** Number of the local calendar day, counted from 1970-01-01. */
export function localDay(at: EpochMs): number {
  return Math.floor((at + offsetMs(at)) / DAY_MS)
}

/** The instant at so many minutes after local midnight. */
export function atLocal(day: number, minutes: number): EpochMs {
  const wall = day * DAY_MS + minutes * MINUTE_MS
  return wall - offsetMs(wall - HOUR_MS)
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** Monday to Friday. */
export function isWorkday(day: number): boolean {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6
}

/** The day itself, or the Friday before a weekend. */
export function workdayUpTo(day: number): number {
  let at = day
  while (!isWorkday(at)) at -= 1
  return at
}

/** `2026-11-24` of a local day. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
