/** The month that comes, as dates to keep in mind: a visit, a day before it, and a week before it to prepare. Pure. */
import type { VisitLine } from '../../../../shared/api/visits.ts'
import { addDays, dayOf, daysBetween } from '../../text/zoned-day.ts'

const DAYS = 30
const WEEK = 7

/** One date. `kind`: what is due on it. */
export type MonthLine = {
  readonly day: string
  readonly kind: 'monthWeek' | 'monthDay' | 'monthVisit'
  readonly visit: VisitLine
}

/** @returns what falls into the next 30 days, soonest first; today is in it. */
export function monthLines(visits: readonly VisitLine[], now: number): readonly MonthLine[] {
  const lines = visits
    .filter(({ state }) => state === 'planned' || state === 'preparing')
    .flatMap((visit): MonthLine[] => [
      { day: addDays(visit.date, -WEEK), kind: 'monthWeek', visit },
      { day: addDays(visit.date, -1), kind: 'monthDay', visit },
      { day: visit.date, kind: 'monthVisit', visit },
    ])
  return lines
    .filter(({ day, visit }) => {
      const days = daysBetween(dayOf(now, visit.timeZone), day)
      return days >= 0 && days <= DAYS
    })
    .sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1))
}
