/** Sentences of visits and of the portal, days of time zones, the month that comes, and what is proposed for the next visit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portalSentence } from '../../../../dashboard/src/pages/portal/portal-sentence.ts'
import { visitSentence } from '../../../../dashboard/src/pages/visit/visit-sentence.ts'
import { monthLines } from '../../../../dashboard/src/pages/visits/month-lines.ts'
import { addDays, dayOf, daysBetween, endOfDay, timeOf } from '../../../../dashboard/src/text/zoned-day.ts'
import { visitRoute } from '../../../../dashboard/src/visit-addresses.ts'
import type { PortalView, VisitView } from '../../../../shared/api/visits.ts'
import { createFormatter } from '../../../../shared/text/create-formatter.ts'
import { VISIT_PAGES } from '../../../../shared/text/visits-catalogue.ts'
import { NOW } from '../../support/some-views.ts'
import { aLine, aRecommendationView, aVisitView, aWalkItem } from '../../support/some-visit.ts'

const f = {
  en: createFormatter({ language: 'en', timeZone: 'Europe/Brussels', now: NOW }),
  fr: createFormatter({ language: 'fr', timeZone: 'Europe/Brussels', now: NOW }),
}
const ahead = aLine({ state: 'preparing' })
const full = { walk: [aWalkItem({ done: true }), aWalkItem({ key: 'b' })], decisions: [aRecommendationView()] }

describe('the sentence of a visit', () => {
  it.each<readonly [Partial<VisitView>, string]>([
    [{ visit: ahead }, 'Tomorrow at Bakery: nothing needs hands, nothing waits for a decision.'],
    [{ visit: ahead, ...full }, 'Tomorrow at Bakery: 2 things need hands, one needs a decision.'],
    [
      { visit: aLine({ state: 'planned', date: '2026-11-23' }), walk: [aWalkItem()] },
      'Today at Bakery: one thing needs hands.',
    ],
    [
      { visit: aLine({ state: 'planned', date: '2026-11-20' }) },
      'Planned for 20 Nov at Bakery, not opened yet: nothing needs hands, nothing waits for a decision.',
    ],
    [full, 'On site at Bakery: 1 of 2 things are done, one decision waits.'],
    [
      { visit: aLine({ state: 'closing' }), recommendations: [aRecommendationView()] },
      'Closing the visit at Bakery: one recommendation, one without an answer.',
    ],
    [{ visit: aLine({ state: 'sent', sentAt: NOW }) }, 'The report of Bakery was sent on 23 Nov.'],
  ])('%#', (change, sentence) => {
    expect(visitSentence(aVisitView(change), VISIT_PAGES.en.visits, f.en)).toBe(sentence)
    expect(visitSentence(aVisitView(change), VISIT_PAGES.fr.visits, f.fr)).toMatch(/Bakery.*\.$/)
  })
})

const line = (standing: PortalView['handled'][number]['standing'], text = 'Work stops.') => ({
  ...{ standing, text, machines: ['PC'], since: null, isPlanned: false, acceptedUntil: null, acceptedBy: null },
})
const portal = (handled: PortalView['handled'], machines = 1): PortalView => ({
  ...{ now: NOW, timeZone: 'Europe/Brussels', client: { id: 'c', slug: 'c', name: 'C' }, mayDecide: true },
  ...{ nextVisit: null, lastVisitAt: null, dials: [], decisions: [], handled, reports: [], readers: [] },
  machines: Array.from({ length: machines }, () => ({
    name: 'PC',
    role: 'desktop' as const,
    standing: 'good' as const,
    lastReportAt: null,
  })),
})

describe('the sentence of a manager’s page', () => {
  it.each([
    [portal([], 0), 'No machine reports yet: nothing is proven.'],
    [portal([]), 'Nothing bad is known.'],
    [portal([line('urgent')]), 'Work stops.'],
    [portal([line('urgent'), line('urgent'), line('not-proven')]), '2 things cannot wait, one could not be read.'],
    [portal([line('attention'), line('attention')]), '2 things need attention.'],
    [portal([line('not-proven')]), 'One thing could not be read, nothing bad is known.'],
  ])('%#', (view, sentence) => {
    expect(portalSentence(view, VISIT_PAGES.en.portal, f.en)).toBe(sentence)
    expect(portalSentence(view, VISIT_PAGES.fr.portal, f.fr)).not.toBe('')
  })

  it('never claims that all is well', () => {
    const texts = JSON.stringify(Object.values(VISIT_PAGES.en.portal).map(String))
    expect(texts).not.toMatch(/\b(?:safe|secure|saved|all is well)\b/i)
  })
})

describe('days of a time zone', () => {
  it('end at its midnight, whatever the clock does on the way', () => {
    const zone = fc.constantFrom('Europe/Brussels', 'Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata', 'UTC')
    const day = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n))
    fc.assert(
      fc.property(zone, day, (timeZone, date) => {
        const at = endOfDay(date, timeZone) ?? 0
        expect([dayOf(at, timeZone), timeOf(at, timeZone)]).toEqual([date, '23:59'])
        expect(daysBetween(date, addDays(date, 91))).toBe(91)
      }),
    )
    expect(endOfDay('', 'UTC')).toBeNull()
    expect(endOfDay('2026-13-40', 'UTC')).toBeNull()
  })
})

describe('the month that comes', () => {
  it('has a week before, a day before and the visit, of those that are ahead', () => {
    const visits = [
      aLine({ state: 'planned', date: '2026-12-01' }),
      aLine({ id: 'v2', state: 'sent', date: '2026-11-25' }),
    ]
    const lines = monthLines(visits, NOW)
    expect(lines.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      '2026-11-24 monthWeek',
      '2026-11-30 monthDay',
      '2026-12-01 monthVisit',
    ])
    expect(monthLines([aLine({ state: 'planned', date: '2027-01-30' })], NOW)).toEqual([])
  })
})

describe('addresses of visits', () => {
  it.each([
    [['visits'], { page: 'visits' }],
    [['visits', 'x'], null],
    [['c', 'bakery', 'visits', '2026-11-24'], { page: 'visit', client: 'bakery', date: '2026-11-24' }],
    [['c', 'bakery', 'visits', '2026-11-24', 'walk'], { page: 'walk', client: 'bakery', date: '2026-11-24' }],
    [['c', 'bakery', 'visits', '2026-11-24', 'report'], { page: 'report', client: 'bakery', date: '2026-11-24' }],
    [['c', 'bakery', 'visits', '2026-11-24', 'other'], null],
    [['c', 'bakery', 'visits'], null],
  ] as const)('%#', (parts, route) => expect(visitRoute(parts)).toEqual(route))
})
