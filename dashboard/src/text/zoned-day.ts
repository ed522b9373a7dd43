/** Calendar days of a time zone: what date fields hold, and the instants that the API wants. Pure. */

import { createFormatter } from '../../../shared/text/create-formatter.ts'
import type { Formatter } from '../../../shared/text/format.ts'
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../shared/units.ts'

const partsOf = (at: EpochMs, timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  const parts = new Map<string, number>(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
}

/** @returns the clock of the zone at an instant, as if it were UTC. */
function clockOf(at: EpochMs, timeZone: string): EpochMs {
  const part = partsOf(at, timeZone)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/** @returns the day in the zone, `2026-11-24`. */
export const dayOf = (at: EpochMs, timeZone: string): string =>
  new Date(clockOf(at, timeZone)).toISOString().slice(0, 10)

/** @returns the clock in the zone, `09:00`. */
export const timeOf = (at: EpochMs, timeZone: string): string =>
  new Date(clockOf(at, timeZone)).toISOString().slice(11, 16)

/** @returns the last minute of that day in the zone; null: it is no day. */
export function endOfDay(day: string, timeZone: string): EpochMs | null {
  const wanted = Date.parse(`${day}T23:59:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !Number.isFinite(wanted)) return null
  const ahead = (at: EpochMs): number => clockOf(at, timeZone) - (at - (at % MINUTE_MS))
  return wanted - ahead(wanted - ahead(wanted))
}

const noonOf = (day: string): EpochMs => Date.parse(`${day}T12:00:00Z`)

/** @returns how many days lie between two days; negative: the second is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((noonOf(to) - noonOf(from)) / DAY_MS)

/** @returns the day so many days later. */
export const addDays = (day: string, days: number): string =>
  new Date(noonOf(day) + days * DAY_MS).toISOString().slice(0, 10)

/** @returns the day in words: `24 Nov`, with the year when it is not that of the formatter's moment. */
export function dayText(day: string, f: Formatter): string {
  return createFormatter({ language: f.language, timeZone: 'UTC', now: f.now }).date(noonOf(day))
}
