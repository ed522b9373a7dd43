/** Tables of the rules about the agent. NOW is a Wednesday, 09:00. */
import { describe, expect, it, test } from 'vitest'
import { assess } from '../../../server/assess.ts'
import type { AgentFacts } from '../../../server/facts/facts.ts'
import { RULES } from '../../../server/rules/index.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { aMachine, saved } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'
import { outcomesOf, type Row, ruleTable } from './rule-table.ts'

const agent = (change: Partial<AgentFacts>, role: 'server' | 'desktop' | 'laptop' = 'server'): Row[1] => ({
  agent: change,
  role,
})
const silent = (ms: number, role: 'server' | 'desktop' | 'laptop' = 'server') => agent({ lastReportAt: NOW - ms }, role)

ruleTable('agent/silent', [
  ['server, 10 minutes', silent(10 * MINUTE_MS), 'pass'],
  ['server, 1 ms over 10 minutes', silent(10 * MINUTE_MS + 1), 'warning'],
  ['server, over 30 minutes', silent(30 * MINUTE_MS + 1), 'critical'],
  ['desktop, since Friday evening', silent(4.5 * DAY_MS, 'desktop'), 'pass'],
  ['desktop, three working days', silent(5 * DAY_MS, 'desktop'), 'pass'],
  ['desktop, over three working days', silent(5 * DAY_MS + 1, 'desktop'), 'warning'],
  ['desktop, over ten working days', silent(14 * DAY_MS + 1, 'desktop'), 'critical'],
  ['laptop, 7 days', silent(7 * DAY_MS, 'laptop'), 'pass'],
  ['laptop, over 7 days', silent(7 * DAY_MS + 1, 'laptop'), 'info'],
  ['laptop, over 21 days', silent(21 * DAY_MS + 1, 'laptop'), 'warning'],
  ['laptop, over 45 days', silent(45 * DAY_MS + 1, 'laptop'), 'critical'],
  ['the server itself was away', agent({ lastReportAt: NOW - HOUR_MS, listeningSince: NOW - MINUTE_MS }), 'pass'],
  [
    'the server came back an hour ago',
    agent({ lastReportAt: NOW - DAY_MS, listeningSince: NOW - HOUR_MS }),
    'critical',
  ],
  ['never reported, enrolled now', { ...agent({ lastReportAt: null }), enrolledAt: NOW - MINUTE_MS }, 'pass'],
  ['never reported, enrolled an hour ago', { ...agent({ lastReportAt: null }), enrolledAt: NOW - HOUR_MS }, 'critical'],
])

ruleTable('agent/clock-wrong', [
  ['5 seconds', agent({ skewMs: 5 * SECOND_MS }), 'pass'],
  ['over 5 seconds', agent({ skewMs: -5 * SECOND_MS - 1 }), 'info'],
  ['over 60 seconds', agent({ skewMs: 60 * SECOND_MS + 1 }), 'warning'],
  ['over 300 seconds', agent({ skewMs: -300 * SECOND_MS - 1 }), 'critical'],
  ['not measured yet', agent({ skewMs: null }), 'unknown needs-history'],
])

ruleTable('agent/future-time', [
  ['none', agent({}), 'pass'],
  ['60 seconds', agent({ futureMs: 60 * SECOND_MS }), 'pass'],
  ['over 60 seconds', agent({ futureMs: 60 * SECOND_MS + 1 }), 'warning'],
  ['no report yet', agent({ lastReportAt: null }), 'unknown needs-history'],
])

const others = (backup: string) => ({
  antivirus: 'pass',
  backup,
  disk: 'pass',
  patch: 'pass',
  posture: 'pass',
  system: 'pass',
})
const rhythms = (backup: number): Row[1] => ({
  collectedAt: NOW - 60 * MINUTE_MS,
  agent: {
    lastReportAt: NOW,
    checkEveryMs: { antivirus: HOUR_MS, backup, disk: HOUR_MS, patch: HOUR_MS, posture: HOUR_MS, system: HOUR_MS },
  },
})
ruleTable('agent/check-silent', [
  ['three rhythms', rhythms(20 * MINUTE_MS), others('pass')],
  ['over three rhythms', rhythms(20 * MINUTE_MS - 1), others('warning')],
  [
    'over 7 days',
    { ...rhythms(HOUR_MS), collectedAt: NOW - 8 * DAY_MS },
    Object.fromEntries(Object.keys(others('')).map((check) => [check, 'critical'])),
  ],
  [
    'no report yet',
    agent({ lastReportAt: null }),
    Object.fromEntries(Object.keys(others('')).map((check) => [check, 'unknown needs-history'])),
  ],
])

const gap = (days: number): Row[1] => agent({ gap: { from: 4, to: 9, why: 'disk full', at: NOW - days * DAY_MS } })
ruleTable('agent/data-lost', [
  ['none', agent({}), 'pass'],
  ['yesterday', gap(1), 'warning'],
  ['30 days ago', gap(30), 'warning'],
  ['over 30 days ago', gap(30.01), 'pass'],
  ['no report yet', agent({ lastReportAt: null }), 'unknown needs-history'],
])

const builds = (build: string | null, currentBuild: string): Row[1] => agent({ build, currentBuild })
ruleTable('agent/outdated', [
  ['the same', builds('0.4.0', '0.4.0'), 'pass'],
  ['newer', builds('0.5.0', '0.4.0'), 'pass'],
  ['a patch behind', builds('0.4.0', '0.4.1'), 'info'],
  ['two releases behind', builds('0.2.0', '0.4.0'), 'info'],
  ['three releases behind', builds('0.1.0', '0.4.0'), 'warning'],
  ['another major', builds('0.9.0', '1.0.0'), 'warning'],
  ['not told', builds(null, '0.4.0'), 'unknown empty'],
  ['not comparable', builds('development', '0.4.0'), 'unknown empty'],
])

describe('a restart of the server', () => {
  const lost = { lastReportAt: NOW - 3 * DAY_MS, connected: false }
  const before = aMachine({ role: 'server', agent: lost })
  const known = saved(before, assess(before, NOW))
  const restarted = (agent: Partial<typeof before.agent>) => ({
    ...known,
    agent: { ...known.agent, listeningSince: NOW + MINUTE_MS, ...agent },
  })

  it('is no report: what was found silent stays found', () => {
    expect(outcomesOf('agent/silent', restarted({}), NOW + 2 * MINUTE_MS)).toEqual({ '': 'critical' })
  })

  it('is followed by one', () => {
    const heard = restarted({ lastReportAt: NOW + 2 * MINUTE_MS, connected: true })
    expect(outcomesOf('agent/silent', heard, NOW + 2 * MINUTE_MS)).toEqual({ '': 'pass' })
  })
})

/** What a machine told of itself before it fell silent proves nothing about now, after the same time as everything else it told. */
describe.each([
  ['server', HOUR_MS],
  ['desktop', 7 * DAY_MS],
  ['laptop', 7 * DAY_MS],
] as const)('a silent %s', (role, limitMs) => {
  const others = RULES.filter(({ subject, id }) => subject === 'agent' && id !== 'agent/silent').map(({ id }) => id)
  const said = (silentMs: number) =>
    aMachine({ role, agent: { lastReportAt: NOW - silentMs, connected: false, currentBuild: '0.1.0', build: '0.1.0' } })

  test.each(others)('%s passes up to the limit and is stale past it', (rule) => {
    expect(Object.values(outcomesOf(rule, said(limitMs)))).toContain('pass')
    expect(Object.values(outcomesOf(rule, said(limitMs + 1)))).toEqual(['unknown stale'])
    expect(assess(said(limitMs), NOW).dueAt).toBe(NOW + 1)
  })

  test('says when it was heard last', () => {
    const state = said(limitMs + 1)
    const outcome = assess(state, NOW).outcomes.find(({ rule }) => rule === 'agent/outdated')
    const detail = new Date(NOW - limitMs - 1).toISOString()
    expect(outcome).toMatchObject({ state: 'unknown', code: 'stale', detail, source: 'agent/server' })
  })
})
