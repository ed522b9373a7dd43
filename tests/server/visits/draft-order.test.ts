/** What a report is drawn from: decisions that earlier visits left open, and what became of them. */
import { describe, expect, it } from 'vitest'
import { draftOrder } from '../../../server/visits/send-visit.ts'
import type { Decision, Recommendation } from '../../../server/visits/visit.ts'
import type { VisitDesk } from '../../../server/visits/visit-desk.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { anAcceptance, anAction, aRecommendation, aReport, aRestoreTest, aVisit } from '../../support/visit-samples.ts'
import { aMachine } from '../assess/a-machine.ts'
import { judged } from '../views/a-client.ts'
import { QUIET } from './view-model/an-input.ts'

const OPENED = Date.UTC(2026, 10, 24, 8)
const BEFORE = OPENED - 90 * DAY_MS
const earlier = aVisit({ id: 'v1', plannedAt: BEFORE, openedAt: BEFORE, closedAt: BEFORE, sentAt: BEFORE, revision: 1 })
const visit = aVisit({
  id: 'v2',
  date: '2026-11-24',
  state: 'closing',
  plannedAt: OPENED,
  openedAt: OPENED,
  closedAt: OPENED,
})

const answered = (id: string, change: Partial<Decision>): Recommendation =>
  aRecommendation({
    id,
    decision: { answer: 'do', until: null, reason: '', by: 'Luc', at: OPENED + HOUR_MS, ...change },
  })

function aDesk(change: Partial<VisitDesk>): VisitDesk {
  return {
    entry: {
      client: {
        ...{ id: 'c1', name: 'Aubertin', slug: 'aubertin', timeZone: 'Europe/Paris', language: 'en' },
        ...{ createdAt: 0, archivedAt: null },
      },
      sites: [],
    } as unknown as VisitDesk['entry'],
    file: { visit, recommendations: [], restoreTests: [], reports: [] },
    visits: [visit, earlier],
    // Only which visit it was is asked.
    previous: {
      visit: earlier,
      frozen: { snapshot: { at: BEFORE }, machines: [] },
    } as unknown as VisitDesk['previous'],
    ...{ frozen: null, machines: [], at: OPENED, actions: [], recommendations: [], restoreTests: [], acceptances: [] },
    reports: [aReport({ sentAt: BEFORE })],
    since: QUIET,
    ...change,
  }
}

const order = (change: Partial<VisitDesk>) => draftOrder(aDesk(change), OPENED + 5 * HOUR_MS)
const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id)

it('a restore test of a later visit stands in no correction of this one', () => {
  const openedAt = OPENED + 30 * DAY_MS
  const next = aVisit({ id: 'v3', date: '2026-12-24', state: 'on-site', plannedAt: openedAt, openedAt })
  const tests = ['v3', 'v2', 'v1'].map((visitId) => aRestoreTest({ id: `t ${visitId}`, visitId }))
  const told = (change: Partial<VisitDesk>) => ids(order({ restoreTests: tests, ...change }).restoreTests)
  expect(told({ visits: [next, visit, earlier] })).toEqual(['t v2', 't v1'])
  expect(told({ visits: [next, visit, earlier], file: { ...aDesk({}).file, visit: next } })).toEqual([
    't v3',
    't v2',
    't v1',
  ])
})

describe('a decision that an earlier visit left open', () => {
  it('is told with its answer once it is answered, and not what an earlier report told already', () => {
    const now = answered('now', {})
    const later = answered('later', { answer: 'defer', until: OPENED + 90 * DAY_MS })
    const old = answered('old', { at: BEFORE - HOUR_MS })
    const put = answered('put', { answer: 'defer', until: OPENED + 40 * DAY_MS, at: BEFORE - HOUR_MS })
    const { recommendations, deferred } = order({ recommendations: [now, later, old, put] })
    expect(recommendations).toEqual([now, later])
    expect(ids(deferred)).toEqual(['put'])
  })

  it('is asked again, with boxes, when the date until which it was put off has come', () => {
    const due = answered('due', { answer: 'defer', until: OPENED - DAY_MS, at: BEFORE })
    expect(order({ recommendations: [due] }).recommendations).toEqual([{ ...due, decision: null }])
  })

  it('brings the actions that its answer led to, ticked ones too', () => {
    const ticked = anAction({ id: 'now.m1', state: 'done', doneIn: null, doneAt: OPENED + HOUR_MS })
    const actions = [ticked, anAction({ id: 'x', state: 'done', doneIn: null, doneAt: BEFORE })]
    expect(ids(order({ recommendations: [answered('now', {})], actions }).actions)).toEqual(['now.m1'])
  })
})

it('holds the accepted risks of machines in scope only', () => {
  const of = (machineId: string) => anAcceptance({ id: machineId, machineId, at: BEFORE, until: OPENED + 60 * DAY_MS })
  const machines = [judged(aMachine(), 'm1')]
  expect(ids(order({ machines, acceptances: [of('m1'), of('retired')] }).acceptances)).toEqual(['m1'])
})
