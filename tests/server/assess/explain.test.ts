/** Why a rule says what it says, and why somebody was or was not told. */
import { expect, it, test } from 'vitest'
import { assess } from '../../../server/assess.ts'
import { explain } from '../../../server/explain.ts'
import { RULES } from '../../../server/rules/index.ts'
import { failed } from '../../../shared/reading.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { GB, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aMachine, type Changes, saved } from './a-machine.ts'
import { NOW } from './sections.ts'

const full: Changes = { samples: { disk: { 'volume:/:availableBytes': 4 * GB, 'volume:/:usedBytes': 96 * GB } } }
const unread: Changes = { parts: { disk: { volumes: failed('disk/volumes', { code: 'timeout', detail: 'slow' }) } } }

/** The machine first as `before` at NOW, then as `changes` so many minutes later. */
function explained(rule: RuleId, before: Changes, changes: Changes, minutes: number) {
  const state = aMachine(before)
  const { memory, findings, assessedAt } = saved(state, assess(state, NOW))
  const now = NOW + minutes * MINUTE_MS
  return explain({ ...aMachine({ ...changes, now }), memory, findings, assessedAt }, rule, now)
}

it('goes from facts to limits to outcome, with who set a limit', () => {
  const [one] = explained('disk/space-low', {}, { ...full, policy: { 'disk.spaceWarningPercent': 70 } }, 5)
  expect(one).toMatchObject({
    rule: 'disk/space-low',
    item: '/',
    facts: [{ part: 'volumes', state: 'value', source: 'disk/volumes', code: null, collectedAt: NOW + 3 * MINUTE_MS }],
    outcome: { state: 'fail', severity: 'critical' },
    holdMs: 10 * MINUTE_MS,
    clearMs: 10 * MINUTE_MS,
  })
  expect(one?.limits[0]).toMatchObject({
    key: 'disk.spaceWarningPercent',
    value: 70,
    from: 'machine',
    setBy: 'ann',
    reason: 'asked for',
  })
  expect(one?.limits[1]).toMatchObject({ value: 92, from: 'default', setBy: null })
})

const opensAt = NOW - 2 * MINUTE_MS
test.each([
  ['nothing is wrong', {}, {}, 5, { why: 'passes' }],
  ['could not be read', {}, unread, 5, { why: 'could-not-tell' }],
  ['not long enough yet', full, full, 5, { why: 'holding', at: opensAt + 10 * MINUTE_MS }],
  ['people were told', full, full, 9, { why: 'told', at: opensAt + 10 * MINUTE_MS }],
  ['starting', full, { ...full, policy: { 'alert.bootGraceMs': 10 * 24 * HOUR_MS } }, 9, { why: 'holding' }],
  [
    'the machine is silent',
    full,
    { ...full, agent: { lastReportAt: NOW - 20 * MINUTE_MS } },
    9,
    { why: 'held-back', by: 'agent/silent' },
  ],
] as const)('%s', (_name, before, changes, minutes, alert) => {
  expect(explained('disk/space-low', before, changes, minutes)[0]?.alert).toMatchObject(alert)
})

it('a finding that cannot be seen any more is explained by the outcome for the whole', () => {
  const [one] = explained('disk/space-low', full, unread, 5)
  expect(one).toMatchObject({
    item: '/',
    finding: { severity: 'critical' },
    alert: { why: 'blind' },
    outcome: { state: 'unknown', code: 'timeout' },
    facts: [{ state: 'failed', code: 'timeout', detail: 'slow' }],
  })
})

it('explains every rule when none is named', () => {
  const rules = new Set(explain(aMachine(), null, NOW).map(({ rule }) => rule))
  expect(rules).toEqual(new Set(RULES.map(({ id }) => id)))
})
