/** What was done shows at once as the server will show it; what the server is asked agrees with the schemas of the API. */
import { Check } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { callOf, type Deed, mergeDeeds, topicOf } from '../../../../dashboard/src/pages/visit/deed.ts'
import { showDeeds } from '../../../../dashboard/src/pages/visit/show-deeds.ts'
import {
  ActionEdit,
  ActionRequest,
  DecisionRequest,
  RecommendationRequest,
  RestoreTestRequest,
  StepRequest,
  VersionRequest,
  VisitEdit,
} from '../../../../shared/api/visit-changes.ts'
import { VisitView } from '../../../../shared/api/visits.ts'
import { anActionView, aRecommendationView, aVisitView, aWalkItem } from '../../support/some-visit.ts'

const said = 'x'
const tick: Deed = { kind: 'tick', said, action: 'a1', body: { state: 'done', minutes: null, note: null } }
const action: Deed = {
  ...{ kind: 'action', said, line: aWalkItem().key },
  body: {
    ...{ text: 'Make room', who: 'H', dueAt: null, machineId: 'm1', mends: { rule: 'disk/space-low', item: '/srv' } },
    ...{ needsHands: true, done: true, minutes: 30, note: '' },
  },
}
const restore: Deed = {
  ...{ kind: 'restore', said, machine: { id: 'm1', slug: 'srv-01', name: 'SRV-01' } },
  body: {
    ...{ machineId: 'm1', job: '', at: null, what: 'A folder', fromCopy: 'USB', durationMs: 60_000, isUsable: true },
    ...{ watchedBy: 'Luc', note: '' },
  },
}
const decide = (answer: 'do' | 'ask'): Deed => ({
  ...{ kind: 'decide', said, recommendation: 'r1' },
  body: { answer, until: null, reason: '', by: 'Luc' },
})
const { id: _id, visitDate: _date, about: _about, decision: _decision, ...words } = aRecommendationView()
const body = { ...words, about: [{ machineId: 'm1', rule: 'patch/os-ending', item: '' }] }
const rewrite: Deed = { kind: 'recommend', said, id: 'r1', body: { ...body, what: 'Rent a server' } }
const recommend: Deed = { kind: 'recommend', said, id: null, body }
const minutes: Deed = { kind: 'minutes', said, minutes: '# Hello' }
const edit: Deed = {
  ...{ kind: 'edit', said },
  body: { date: '2026-11-25', time: null, kind: null, author: null, recipient: null },
}

const CALLS: readonly (readonly [Deed, object, string])[] = [
  [{ kind: 'step', said, body: { step: 'close', reason: '' } }, StepRequest, 'POST /visits/2026-11-24/steps'],
  [tick, ActionEdit, 'PATCH /visits/2026-11-24/actions/a1'],
  [action, ActionRequest, 'POST /visits/2026-11-24/actions'],
  [restore, RestoreTestRequest, 'POST /visits/2026-11-24/restore-tests'],
  [decide('do'), DecisionRequest, 'PUT /recommendations/r1/decision'],
  [rewrite, RecommendationRequest, 'PUT /visits/2026-11-24/recommendations/r1'],
  [recommend, RecommendationRequest, 'POST /visits/2026-11-24/recommendations'],
  [{ kind: 'withdraw', said, id: 'r1' }, VersionRequest, 'DELETE /visits/2026-11-24/recommendations/r1'],
  [{ kind: 'propose', said }, VersionRequest, 'POST /visits/2026-11-24/proposals'],
  [minutes, VisitEdit, 'PATCH /visits/2026-11-24'],
  [edit, VisitEdit, 'PATCH /visits/2026-11-24'],
]

describe('a deed', () => {
  it.each(CALLS)('$kind asks what the API takes', (deed, schema, where) => {
    const call = callOf(deed, { client: 'bakery', date: '2026-11-24' }, 7)
    expect(Check(schema as typeof VisitEdit, call.body)).toBe(true)
    expect(`${call.method} ${call.path}`).toBe(where.replace(' ', ' /api/v1/clients/bakery'))
  })

  it('takes the place of an earlier one about the same, and keeps what only that one said', () => {
    const later: Deed = { kind: 'tick', said, action: 'a1', body: { state: null, minutes: 20, note: 'new serial' } }
    expect(topicOf(later)).toBe(topicOf(tick))
    expect(mergeDeeds(tick, later)).toMatchObject({ body: { state: 'done', minutes: 20, note: 'new serial' } })
    expect(new Set(CALLS.map(([deed]) => topicOf(deed)).filter((topic) => topic !== null)).size).toBe(7)
    expect([topicOf(restore), topicOf(recommend)]).toEqual([null, null])
  })

  it('shows at once, in a view that still is one', () => {
    const before = aVisitView({
      actions: [anActionView()],
      promised: [anActionView()],
      walk: [aWalkItem(), aWalkItem({ key: 'action a1', kind: 'action', actionId: 'a1' })],
      recommendations: [aRecommendationView()],
    })
    const shown = showDeeds(before, [...CALLS.map(([deed]) => deed).filter(({ kind }) => kind !== 'withdraw')])
    expect(Check(VisitView, shown)).toBe(true)
    expect(shown.walk.map(({ done }) => done)).toEqual([true, true])
    expect(shown.actions.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(shown.promised[0]?.state).toBe('done')
    expect(shown.restoreTests).toMatchObject([{ what: 'A folder', machine: { name: 'SRV-01' }, durationMs: 60_000 }])
    expect(shown.recommendations).toMatchObject([
      { what: 'Rent a server', decision: { answer: 'do', by: 'Luc' } },
      { decision: null },
    ])
    expect(shown.minutes).toBe('# Hello')
    expect(showDeeds(shown, [decide('ask')]).recommendations[0]?.decision).toBeNull()
    expect(showDeeds(shown, [{ kind: 'withdraw', said, id: 'r1' }]).recommendations).toHaveLength(1)
    expect(before.walk[0]?.done).toBe(false)
  })
})
