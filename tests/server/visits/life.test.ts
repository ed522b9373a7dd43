/** The life of a visit: any sequence of steps keeps the record whole, and what was sent is changed by a correction only. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOf, mayDo, stepsOf, stepVisit, type VisitStep } from '../../../server/visits/life.ts'
import type { Visit } from '../../../server/visits/visit.ts'
import { VISIT_STATES } from '../../../shared/visits.ts'
import { NOON } from '../../support/store-samples.ts'
import { aVisit } from '../../support/visit-samples.ts'

const anyStep = fc.record({
  step: fc.constantFrom('prepare', 'open', 'close', 'send', 'correct' as const),
  after: fc.integer({ min: -2, max: 5 }),
  reason: fc.constantFrom('', '  ', 'a wrong date'),
})

describe('a visit', () => {
  it('keeps every rule of its record, whatever steps are tried in whatever order', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), (steps) => {
        let visit: Visit = aVisit()
        let now = NOON
        for (const { step, after, reason } of steps) {
          const at = now + after
          const order: VisitStep = step === 'correct' ? { step, at, by: 'p1', reason } : { step, at }
          const stepped = stepVisit(visit, order)
          if (!stepped.ok) {
            expect(['state', 'reason', 'time']).toContain(stepped.error.code)
            continue
          }
          const before = visit
          visit = stepped.value
          now = Math.max(now, at)
          expect(faultsOf(visit)).toEqual([])
          expect(visit.revision).toBeGreaterThanOrEqual(before.revision)
          if (before.openedAt !== null) expect(visit.openedAt).toBe(before.openedAt)
          if (before.state === 'sent') expect(step).toBe('correct')
          if (visit.state === 'sent') expect(visit.revision).toBe(before.revision + 1)
        }
      }),
    )
  })

  it('is told to be at fault when its record is', () => {
    expect(faultsOf(aVisit({ state: 'on-site' }))).not.toEqual([])
    expect(faultsOf(aVisit({ openedAt: NOON }))).not.toEqual([])
    expect(faultsOf(aVisit({ revision: 1 }))).not.toEqual([])
    const sent = aVisit({ state: 'sent', openedAt: 1, closedAt: 2, sentAt: 3, revision: 1 })
    expect(faultsOf(sent)).toEqual([])
    expect(faultsOf({ ...sent, state: 'closing' })).not.toEqual([])
    expect(faultsOf({ ...sent, closedAt: 0 })).not.toEqual([])
  })

  it('offers exactly the steps that it takes', () => {
    for (const state of VISIT_STATES) {
      const visit = aVisit({ state })
      for (const step of ['prepare', 'open', 'close', 'send'] as const) {
        expect(stepVisit(visit, { step, at: NOON }).ok).toBe(stepsOf(visit).includes(step))
      }
    }
  })

  it('takes no work once it was sent, and no restore test before anybody is there', () => {
    for (const deed of ['tick', 'test-restore', 'recommend', 'write-minutes', 'plan', 'remove'] as const) {
      expect(mayDo('sent', deed)).toBe(false)
    }
    expect(mayDo('preparing', 'test-restore')).toBe(false)
    expect(mayDo('preparing', 'decide')).toBe(true)
    expect(mayDo('on-site', 'plan')).toBe(false)
  })
})
