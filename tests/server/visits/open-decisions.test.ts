/** Which decisions a visit asks for again: those of visits before it, and never those of one that comes later. */
import { describe, expect, it } from 'vitest'
import { openDecisions } from '../../../server/visits/visit-desk.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { aRecommendation, aVisit } from '../../support/visit-samples.ts'

const AT = Date.UTC(2026, 9, 29)
const visit = (id: string, days: number) => aVisit({ id, date: `2026-10-0${days + 1}`, plannedAt: AT + days * DAY_MS })
const visits = [visit('next', 2), visit('this', 1), visit('before', 0)]
const open = (id: string, visitId: string) => aRecommendation({ id, visitId, decision: null })
const putOff = (id: string, until: number) =>
  aRecommendation({ id, visitId: 'before', decision: { answer: 'defer', until, reason: '', by: 'Luc', at: AT } })
const done = aRecommendation({
  id: 'done',
  visitId: 'before',
  decision: { answer: 'do', until: null, reason: '', by: 'Luc', at: AT },
})

describe('open decisions of a visit', () => {
  it('are those of earlier visits that nobody answered, or that were put off until now', () => {
    const recommendations = [
      ...[open('own', 'this'), open('earlier', 'before'), open('later', 'next'), done],
      ...[putOff('due', AT), putOff('far', AT + 90 * DAY_MS)],
    ]
    const asked = { recommendations, visits, at: AT + DAY_MS, file: { visit: visit('this', 1) } }
    expect(openDecisions(asked).map(({ id }) => id)).toEqual(['earlier', 'due'])
  })
})
