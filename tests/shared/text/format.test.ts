/** Numbers, sizes, ages and dates as people read them (ui.md 6). */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { typeset } from '../../../shared/text/typeset.ts'
import { DAY_MS, GB, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const en = createFormatter({ language: 'en', timeZone: 'Europe/Brussels', now: NOW })
const fr = createFormatter({ language: 'fr', timeZone: 'Europe/Brussels', now: NOW })
/** No-break spaces as `~` (narrow ones too), so that the table can be read. */
const seen = (text: string) => text.replace(/[\u00a0\u202f]/g, '~')

const SUNDAY = Date.UTC(2026, 10, 22, 20, 14, 3)
test.each([
  ['count', en.count(1_234_567), '1,234,567', fr.count(1_234_567), '1~234~567'],
  ['bytes above 10 GB', en.bytes(74.4 * GB), '74 GB', fr.bytes(74.4 * GB), '74~Go'],
  ['bytes under 10 GB', en.bytes(1.83 * GB), '1.8 GB', fr.bytes(1.83 * GB), '1,8~Go'],
  ['bytes in GB, never TB', en.bytes(1_862 * GB), '1,862 GB', fr.bytes(1_862 * GB), '1~862~Go'],
  ['megabytes', en.bytes(210e6), '210 MB', fr.bytes(210e6), '210~Mo'],
  ['no bytes', en.bytes(0), '0 B', fr.bytes(0), '0~o'],
  ['percent', en.percent(82.3), '82 %', fr.percent(82.3), '82~%'],
  ['small percent', en.percent(4.62), '4.6 %', fr.percent(4.62), '4,6~%'],
  ['hours up to three days', en.span(52 * HOUR_MS), '52 hours', fr.span(52 * HOUR_MS), '52~heures'],
  ['one hour', en.span(HOUR_MS), '1 hour', fr.span(HOUR_MS), '1~heure'],
  ['days', en.span(4 * DAY_MS), '4 days', fr.span(4 * DAY_MS), '4~jours'],
  ['months', en.span(215 * DAY_MS), '7 months', fr.span(215 * DAY_MS), '7~mois'],
  ['years', en.span(1_900 * DAY_MS), '5 years', fr.span(1_900 * DAY_MS), '5~ans'],
  ['age in seconds', en.age(14_000), '14 s', fr.age(14_000), '14~s'],
  ['age in minutes', en.age(22 * MINUTE_MS), '22 min', fr.age(22 * MINUTE_MS), '22~min'],
  ['age in hours', en.age(9 * HOUR_MS), '9 h', fr.age(9 * HOUR_MS), '9~h'],
  ['age in days', en.age(4 * DAY_MS), '4 days', fr.age(4 * DAY_MS), '4~j'],
  ['a clock that runs ahead has no negative age', en.age(-5), '0 s', fr.age(-5), '0~s'],
  ['first of a month', en.date(Date.UTC(2026, 8, 1)), '1 Sept', fr.date(Date.UTC(2026, 8, 1)), '1er sept.'],
  ['first of a year', en.date(Date.UTC(2027, 0, 1)), '1 Jan 2027', fr.date(Date.UTC(2027, 0, 1)), '1er janv. 2027'],
  ['eleventh of a month', en.date(Date.UTC(2026, 8, 11)), '11 Sept', fr.date(Date.UTC(2026, 8, 11)), '11 sept.'],
  ['date of this year', en.date(Date.UTC(2026, 8, 22)), '22 Sept', fr.date(Date.UTC(2026, 8, 22)), '22 sept.'],
  [
    'date of another year',
    en.date(Date.UTC(2025, 8, 22)),
    '22 Sept 2025',
    fr.date(Date.UTC(2025, 8, 22)),
    '22 sept. 2025',
  ],
  ['the last six days', en.moment(SUNDAY), 'Sun 21:14', fr.moment(SUNDAY), 'dim. 21:14'],
  ['before them', en.moment(SUNDAY - 7 * DAY_MS), '15 Nov', fr.moment(SUNDAY - 7 * DAY_MS), '15 nov.'],
  ['exact', en.exact(SUNDAY), 'Sun 22 Nov 2026, 21:14:03 CET', fr.exact(SUNDAY), 'dim. 22 nov. 2026, 21:14:03 UTC+1'],
  ['list', en.list(['a', 'b', 'c']), 'a, b and c', fr.list(['a', 'b', 'c']), 'a, b et c'],
])('%s', (_name, english, wantedEn, french, wantedFr) => {
  expect(seen(english).replaceAll('~', ' ')).toBe(wantedEn)
  expect(seen(french)).toBe(wantedFr)
})

describe('createFormatter', () => {
  it('shows the hour of the zone, on both sides of a clock change', () => {
    const at = (zone: string, instant: number) =>
      createFormatter({ language: 'en', timeZone: zone, now: instant }).exact(instant)
    expect(at('Europe/Paris', Date.UTC(2026, 9, 25, 0, 30))).toContain('02:30:00')
    expect(at('Europe/Paris', Date.UTC(2026, 9, 25, 1, 30))).toContain('02:30:00')
    expect(at('Asia/Tokyo', Date.UTC(2026, 11, 31, 20))).toBe('Fri 1 Jan 2027, 05:00:00 GMT+9')
  })
  it('falls back to UTC for a zone that does not exist', () => {
    expect(createFormatter({ language: 'en', timeZone: 'Nowhere/Town', now: NOW }).exact(NOW)).toBe(
      'Tue 24 Nov 2026, 12:00:00 UTC',
    )
  })
  it('takes plural forms from the language: 0 is plural in English, singular in French', () => {
    const forms = { one: 'one', other: 'other' }
    expect([0, 1, 2].map((n) => en.plural(n, forms))).toEqual(['other', 'one', 'other'])
    expect([0, 1, 2].map((n) => fr.plural(n, forms))).toEqual(['one', 'one', 'other'])
  })
  it('never throws on an instant or a number from a machine', () => {
    fc.assert(
      fc.property(fc.double(), (n) => {
        for (const f of [en, fr]) {
          for (const say of [f.count, f.bytes, f.percent, f.span, f.age, f.date, f.exact, f.moment]) {
            expect(typeof say(n)).toBe('string')
          }
        }
      }),
    )
  })
})

it('French spacing is applied to whole sentences, and to French only', () => {
  expect(seen(typeset('fr', 'Pourquoi ? « Rien » : 5 %'))).toBe('Pourquoi~? «~Rien~»~: 5~%')
  expect(typeset('en', 'Why : this ?')).toBe('Why : this ?')
})
