/** Working hours between two instants: weekends, holidays, the days with 23 and 25 hours, and a slow second way. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayIn, dayStart, OFFICE_HOURS, workingDayMs, workingMsBetween } from '../../../server/facts/working-hours.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'

const PARIS = 'Europe/Paris'
const at = (text: string) => Date.parse(text)
const hours = (from: string, to: string, holidays: readonly string[] = []) =>
  workingMsBetween(at(from), at(to), { ...OFFICE_HOURS, holidays }, PARIS) / HOUR_MS

describe('working hours', () => {
  it.each([
    ['one morning', '2026-11-24T09:00+01:00', '2026-11-24T12:00+01:00', 3],
    ['a night', '2026-11-24T18:00+01:00', '2026-11-25T09:00+01:00', 0],
    ['a whole day', '2026-11-24T00:00+01:00', '2026-11-25T00:00+01:00', 8],
    ['over lunch', '2026-11-24T11:30+01:00', '2026-11-24T13:30+01:00', 1],
    ['a weekend', '2026-11-20T18:00+01:00', '2026-11-23T09:00+01:00', 0],
    ['52 hours from Friday noon', '2026-11-20T12:00+01:00', '2026-11-22T16:00+01:00', 5],
    ['the week in which summer time ends', '2026-10-19T00:00+02:00', '2026-10-26T00:00+01:00', 40],
    ['the week in which it begins', '2026-03-23T00:00+01:00', '2026-03-30T00:00+02:00', 40],
    ['nothing', '2026-11-24T12:00+01:00', '2026-11-24T09:00+01:00', 0],
  ])('%s', (_name, from, to, expected) => {
    expect(hours(from, to)).toBe(expected)
  })

  it('leaves holidays out', () => {
    expect(hours('2026-11-09T00:00+01:00', '2026-11-14T00:00+01:00', ['2026-11-11'])).toBe(32)
  })

  it('adds up: a stretch is the sum of its two parts, and minute by minute says the same', () => {
    const instant = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2026-12-31T00:00Z') })
    const length = fc.integer({ min: 0, max: 6 * DAY_MS })
    fc.assert(
      fc.property(instant, length, length, (from, a, b) => {
        const sum = (x: number, y: number) => workingMsBetween(x, y, OFFICE_HOURS, PARIS)
        expect(sum(from, from + a) + sum(from + a, from + a + b)).toBe(sum(from, from + a + b))
      }),
    )
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: PARIS,
      weekday: 'short',
      hour: '2-digit',
      hourCycle: 'h23',
    })
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 3 * 24 * 60 }), (start, minutes) => {
        const from = Math.floor(start / HOUR_MS) * HOUR_MS
        let slow = 0
        for (let minute = 0; minute < minutes; minute += 1) {
          const [day = '', hour = ''] = clock.format(from + minute * MINUTE_MS).split(/,? /)
          const isWork = !/^S/.test(day) && Number(hour) >= 9 && Number(hour) < 18 && Number(hour) !== 12
          if (isWork) slow += MINUTE_MS
        }
        expect(workingMsBetween(from, from + minutes * MINUTE_MS, OFFICE_HOURS, PARIS)).toBe(slow)
      }),
      { numRuns: 30 },
    )
  })

  it('knows the day of a zone and its beginning', () => {
    expect(dayIn(at('2026-11-24T23:30Z'), PARIS)).toBe('2026-11-25')
    expect(dayStart('2026-07-14', PARIS)).toBe(at('2026-07-13T22:00Z'))
    expect(workingDayMs(OFFICE_HOURS)).toBe(8 * HOUR_MS)
    expect(workingDayMs({ ...OFFICE_HOURS, hours: [] })).toBe(8 * HOUR_MS)
  })
})
