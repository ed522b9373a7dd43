/** What a person accepted is told to nobody, and comes back by itself: to whoever was not told of it before. */
import { describe, expect, it } from 'vitest'
import type { End } from '../../../server/outbox/end.ts'
import { type PlanOptions, planOutbox } from '../../../server/outbox/plan.ts'
import type { Notice, OutboxState, Told } from '../../../server/store/store.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { MAIL, START } from './a-dispatch.ts'

const recipient = 'address:anna@example.org'
const END: End = { channel: MAIL, recipient, address: 'anna@example.org', language: 'en', audience: 'technician' }
const aNotice = (change: Partial<Notice> = {}): Notice => ({
  ...{ id: 1, findingId: 'f1', kind: 'fired', severity: 'critical', at: START },
  ...{ machineId: 'm1', siteId: 's1', writtenAt: START, isOver: false },
  ...change,
})
const aState = (change: Partial<OutboxState> = {}): OutboxState => ({
  ...{ notices: [aNotice()], told: [], visitKeys: [], nextAt: null, unsent: 0, oldestAt: null },
  ...change,
})
const told: Told = {
  ...{ sendKey: 'k', rootKey: 'k', channelId: MAIL.id, recipient, kind: 'alert', state: 'sent', endedAt: START },
  ...{ findingId: 'f1', machineId: 'm1', siteId: 's1', severity: 'critical' },
  now: { severity: 'critical', isOver: false, isBlind: false },
}
const plan = (state: OutboxState, accepted: readonly string[], change: Partial<PlanOptions> = {}) =>
  planOutbox(state, {
    ...{ clientId: 'c1', now: START + MINUTE_MS, ends: [END], isSending: true },
    groupWaitMs: () => MINUTE_MS,
    repeatMs: () => 0,
    isAccepted: (_, findingId) => accepted.includes(findingId),
    ...change,
  })

describe('a risk that is accepted before its alert was told', () => {
  it('is told to nobody, and to everybody once the acceptance ended', () => {
    const held = plan(aState(), ['f1'])
    expect(held).toMatchObject({ fates: [], notifications: [] })
    const back = plan(aState(), [], { now: START + 1_000 * HOUR_MS })
    expect(back.fates).toEqual([{ noticeId: 1, fate: 'told' }])
    expect(back.notifications).toMatchObject([{ kind: 'alert', items: [{ findingId: 'f1' }] }])
  })

  it('makes nobody look without end, and is no message that waits', () => {
    const held = plan(aState(), ['f1'], { now: START + HOUR_MS })
    expect(held.dueAt).toBe(Number.POSITIVE_INFINITY)
    expect([...held.held]).toEqual([1])
  })

  it('takes no other finding out of its group', () => {
    const later = aNotice({ id: 2, findingId: 'f2', writtenAt: START + HOUR_MS })
    const state = aState({ notices: [aNotice(), later] })
    const early = plan(state, ['f1'], { now: START + HOUR_MS + 1 })
    expect(early).toMatchObject({ fates: [], notifications: [], dueAt: START + HOUR_MS + MINUTE_MS })
    const due = plan(state, ['f1'], { now: START + HOUR_MS + MINUTE_MS })
    expect(due.fates).toEqual([{ noticeId: 2, fate: 'told' }])
  })

  it('is forgotten when the finding ends meanwhile', () => {
    const { fates, notifications } = plan(aState({ notices: [aNotice({ isOver: true })] }), ['f1'])
    expect({ fates, notifications }).toEqual({ fates: [{ noticeId: 1, fate: 'over' }], notifications: [] })
  })
})

it('what somebody was told already is not kept: it is said again by itself', () => {
  const { fates, notifications } = plan(aState({ told: [told] }), ['f1'])
  expect({ fates, notifications }).toEqual({ fates: [{ noticeId: 1, fate: 'known' }], notifications: [] })
})
