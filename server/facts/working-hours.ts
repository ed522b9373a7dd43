/**
 * Working hours of a client: how much work lies between two instants, in the client's zone, over summer time and holidays. For texts
 * that managers read ("two working days would be lost"); rules count in working-time.ts. Pure.
 */
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../shared/units.ts'

/** When people work. Minutes after local midnight; `weekdays` 1 Monday to 7 Sunday; `holidays` as `YYYY-MM-DD`. */
export type WorkingCalendar = {
  readonly weekdays: readonly number[]
  readonly hours: readonly { readonly fromMinute: number; readonly toMinute: number }[]
  readonly holidays: readonly string[]
}

/** Monday to Friday, nine to twelve and one to six: an eight hour day. */
export const OFFICE_HOURS: WorkingCalendar = {
  weekdays: [1, 2, 3, 4, 5],
  hours: [
    { fromMinute: 9 * 60, toMinute: 12 * 60 },
    { fromMinute: 13 * 60, toMinute: 18 * 60 },
  ],
  holidays: [],
}

/** Longest stretch that is counted day by day; beyond it nobody counts hours. */
const MOST_DAYS = 800

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  })
  formats.set(timeZone, format)
  return format
}

/** @returns what the clock on the wall says, as if it were UTC. @param timeZone a valid IANA name. */
function wallClock(at: EpochMs, timeZone: string): EpochMs {
  const part = new Map<string, number>()
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) part.set(type, Number(value))
  const of = (type: string) => part.get(type) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/** @returns the instant at which the wall clock shows `wall`; in the hour that summer time skips, the instant after it. */
function instantAt(wall: EpochMs, timeZone: string): EpochMs {
  const guess = wall - (wallClock(wall, timeZone) - wall)
  return guess - (wallClock(guess, timeZone) - wall)
}

/** @returns the calendar day in a zone, `YYYY-MM-DD`. */
export function dayIn(at: EpochMs, timeZone: string): string {
  return new Date(wallClock(at, timeZone)).toISOString().slice(0, 10)
}

/** @returns the instant at which a day (`YYYY-MM-DD`) begins in a zone. */
export function dayStart(day: string, timeZone: string): EpochMs {
  return instantAt(Date.parse(`${day}T00:00:00Z`), timeZone)
}

/** @returns working time between two instants, ms; 0 when `to` is not after `from`. Counts at most 800 days back from `to`. */
export function workingMsBetween(from: EpochMs, to: EpochMs, calendar: WorkingCalendar, timeZone: string): number {
  if (to <= from) return 0
  const last = Date.parse(dayIn(to, timeZone))
  const first = Math.max(Date.parse(dayIn(from, timeZone)), last - MOST_DAYS * DAY_MS)
  let worked = 0
  for (let day = first; day <= last; day += DAY_MS) {
    if (!isWorkingDay(day, calendar)) continue
    for (const { fromMinute, toMinute } of calendar.hours) {
      const begins = instantAt(day + fromMinute * MINUTE_MS, timeZone)
      const ends = instantAt(day + toMinute * MINUTE_MS, timeZone)
      worked += Math.max(0, Math.min(ends, to) - Math.max(begins, from))
    }
  }
  return worked
}

function isWorkingDay(day: EpochMs, { weekdays, holidays }: WorkingCalendar): boolean {
  const weekday = new Date(day).getUTCDay()
  return weekdays.includes(weekday === 0 ? 7 : weekday) && !holidays.includes(new Date(day).toISOString().slice(0, 10))
}

/** @returns the length of a working day, ms; 8 hours when the calendar has no hours. */
export function workingDayMs({ hours }: WorkingCalendar): number {
  const minutes = hours.reduce((sum, { fromMinute, toMinute }) => sum + Math.max(0, toMinute - fromMinute), 0)
  return minutes === 0 ? 8 * HOUR_MS : minutes * MINUTE_MS
}
