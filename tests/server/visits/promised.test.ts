/** What counts as promised at a visit: nothing that is decided at it, and nothing that a later visit did. */
import { describe, expect, it } from 'vitest'
import { actionsUntil, promisedBefore } from '../../../server/visits/promised.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { anAction, aRecommendation, aVisit } from '../../support/visit-samples.ts'

const AT = Date.UTC(2026, 9, 1)
const visit = (id: string, days: number) => aVisit({ id, date: `2026-10-0${days}`, openedAt: AT + days * DAY_MS })
const [first, second, third] = [visit('v1', 1), visit('v2', 3), visit('v3', 5)]
const visits = [third, second, first]
const asked = (id: string, days: number) =>
  aRecommendation({ id, decision: { answer: 'do', until: null, reason: '', by: 'Luc', at: AT + days * DAY_MS } })
const ids = (actions: readonly { readonly id: string }[]) => actions.map(({ id }) => id)

describe('what was promised before a visit', () => {
  it('is not what was decided at it, though an earlier visit had asked', () => {
    const recommendations = [asked('r1', 1), asked('r2', 3)]
    const actions = [anAction({ id: 'r1.m1' }), anAction({ id: 'r2.m1' }), anAction({ id: 'a1' })]
    expect(ids(promisedBefore({ actions, recommendations, visits, visit: second }))).toEqual(['r1.m1', 'a1'])
  })

  it('is everything for a visit that was not opened yet', () => {
    const actions = [anAction({ id: 'r2.m1' }), anAction({ id: 'a1', madeIn: 'v3' })]
    const planned = aVisit({ id: 'v4', date: '2026-10-09' })
    const all = { actions, recommendations: [asked('r2', 3)], visits: [planned, ...visits], visit: planned }
    expect(ids(promisedBefore(all))).toEqual(['r2.m1', 'a1'])
  })
})

describe('a correction of an older visit', () => {
  it('knows nothing of what a later visit promised or ticked', () => {
    const ticked = { state: 'done', doneIn: 'v3', doneAt: AT + 5 * DAY_MS, minutes: 20, note: 'swapped' } as const
    const actions = [
      anAction({ id: 'later', madeIn: 'v3' }),
      anAction({ id: 'then', ...ticked }),
      anAction({ id: 'here', ...ticked, doneIn: 'v2' }),
    ]
    expect(actionsUntil({ actions, visits, visit: second })).toEqual([anAction({ id: 'then' }), actions[2]])
  })
})
