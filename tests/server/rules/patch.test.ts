/** Tables of the rules about updates. */
import { expect, test } from 'vitest'
import type { Updates } from '../../../shared/checks/patch.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { aMachine } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'
import { outcomesOf, type Row, ruleTable } from './rule-table.ts'

const NONE: Updates = { security: 0, other: 0, phased: 0, held: 0, heldSecurity: 0, keptBack: 0, securityUpdates: [] }
const updates = (change: Partial<Updates>): Row[1] => ({
  parts: { patch: { updates: read('patch/apt', { ...NONE, ...change }) } },
})
const waiting = (...names: string[]) =>
  updates({ security: names.length, securityUpdates: names.map((name) => ({ name, version: null })) })
const since = (days: number, ...names: string[]): Row[1] => ({
  ...waiting(...names),
  before: [
    { ago: (days + 1) * DAY_MS, ...waiting() },
    { ago: days * DAY_MS, ...waiting(...names) },
  ],
})

ruleTable('patch/security-overdue', [
  ['none waits', waiting(), 'pass'],
  ['waits at first sight', waiting('openssl'), 'unknown needs-history'],
  ['appeared yesterday', since(1, 'openssl'), 'pass'],
  ['7 days, to the millisecond', since(7 - 2 / 1440, 'openssl'), 'pass'],
  ['over 7 days', since(7.1, 'openssl'), 'info'],
  ['over 14 days', since(14.1, 'openssl'), 'warning'],
  ['over 30 days', since(30.1, 'openssl'), 'critical'],
  ['waited at first sight, 8 days ago', { ...waiting('a'), before: [{ ago: 8 * DAY_MS, ...waiting('a') }] }, 'info'],
  [
    'waited at first sight, 6 days ago',
    { ...waiting('a'), before: [{ ago: 6 * DAY_MS, ...waiting('a') }] },
    'unknown needs-history',
  ],
  [
    'installed and offered anew',
    {
      ...waiting('a'),
      before: [
        { ago: 40 * DAY_MS, ...waiting('a') },
        { ago: 20 * DAY_MS, ...waiting() },
        { ago: DAY_MS, ...waiting('a') },
      ],
    },
    'pass',
  ],
  ['counted without names', updates({ security: 3 }), 'unknown needs-history'],
  ['a desktop is judged alike', { ...since(14.1, 'openssl'), role: 'desktop' }, 'warning'],
])

ruleTable('patch/security-waiting', [
  ['four', updates({ security: 4 }), 'pass'],
  ['five', updates({ security: 5 }), 'warning'],
  ['19', updates({ security: 19 }), 'warning'],
  ['20', updates({ security: 20 }), 'critical'],
  ['phased and kept back do not count', updates({ phased: 40, keptBack: 40 }), 'pass'],
])

const list = (ageMs: number | null | undefined): Row[1] => ({
  samples: { patch: { 'list:refreshedAt': typeof ageMs === 'number' ? NOW - ageMs : ageMs } },
})
ruleTable('patch/list-stale', [
  ['7 days', list(7 * DAY_MS), 'pass'],
  ['1 ms over 7 days', list(7 * DAY_MS + 1), 'warning'],
  ['30 days', list(30 * DAY_MS), 'warning'],
  ['1 ms over 30 days', list(30 * DAY_MS + 1), 'critical'],
  ['failed', list(null), 'unknown empty'],
  ['not there', list(undefined), 'unknown empty'],
  ['dated in the future', list(-DAY_MS), 'unknown parse'],
  ['a lead that the network explains', list(-HOUR_MS / 120), 'pass'],
])

const upgraded = (ageMs: number | null | undefined, other = 2): Row[1] => ({
  ...updates({ other }),
  samples: { patch: { 'upgrade:lastAt': typeof ageMs === 'number' ? NOW - ageMs : ageMs } },
})
ruleTable('patch/upgrade-overdue', [
  ['35 days', upgraded(35 * DAY_MS), 'pass'],
  ['over 35 days', upgraded(35 * DAY_MS + 1), 'info'],
  ['over 45 days', upgraded(45 * DAY_MS + 1), 'warning'],
  ['over 75 days', upgraded(75 * DAY_MS + 1), 'critical'],
  ['nothing to install', upgraded(90 * DAY_MS, 0), 'pass'],
  ['failed', upgraded(null), 'unknown empty'],
  ['not there', upgraded(undefined), 'unknown empty'],
])

const reboot = (required: boolean): Row[1] => ({
  parts: {
    patch: {
      reboot: read('patch/reboot', {
        required,
        reasons: required ? ['kernel'] : [],
        runningKernel: '6.1',
        installedKernel: '6.2',
      }),
    },
  },
})
const pendingFor = (days: number): Row[1] => ({
  ...reboot(true),
  before: [
    { ago: (days + 1) * DAY_MS, ...reboot(false) },
    { ago: days * DAY_MS, ...reboot(true) },
  ],
})
ruleTable('patch/reboot-pending', [
  ['not due', reboot(false), 'pass'],
  ['due at first sight', reboot(true), 'unknown needs-history'],
  ['due since yesterday', pendingFor(1), 'pass'],
  ['over 3 days', pendingFor(3.1), 'info'],
  ['over 7 days', pendingFor(7.1), 'warning'],
  ['server, over 14 days', pendingFor(14.1), 'warning'],
  ['server, over 30 days', pendingFor(30.1), 'critical'],
  ['desktop, over 14 days', { ...pendingFor(14.1), role: 'desktop' }, 'critical'],
  ['laptop, over 14 days', { ...pendingFor(14.1), role: 'laptop' }, 'critical'],
  [
    'a container has the kernel of its host',
    { parts: { patch: { reboot: failed('patch/reboot', { code: 'unsupported', detail: '' }) } } },
    'not-applicable',
  ],
])

const automatic = (enabled: boolean, mechanism: string | null = 'unattended-upgrades'): Row[1] => ({
  parts: { patch: { automatic: read('patch/apt-config', { enabled, mechanism }) } },
})
const offFor = (days: number): Row[1] => ({
  ...automatic(false),
  before: [{ ago: days * DAY_MS, ...automatic(false) }],
})
ruleTable('patch/automatic-off', [
  ['on', automatic(true), 'pass'],
  ['off at first sight', automatic(false), 'info'],
  ['nothing does it', automatic(false, null), 'info'],
  ['off for 23 hours', offFor(23 / 24), 'info'],
  ['off for over a day', offFor(1.1), 'warning'],
  ['off for over 30 days', offFor(30.1), 'critical'],
  [
    'off, on and off again',
    {
      ...automatic(false),
      before: [
        { ago: 9 * DAY_MS, ...automatic(false) },
        { ago: 2 * DAY_MS, ...automatic(true) },
        { ago: HOUR_MS, ...automatic(false) },
      ],
    },
    'info',
  ],
  [
    'unsupported is not "does not exist"',
    { parts: { patch: { automatic: failed('x', { code: 'unsupported', detail: '' }) } } },
    'unknown unsupported',
  ],
])

const database = (broken: boolean): Row[1] => ({
  parts: { patch: { database: read('patch/dpkg-audit', { broken, problems: broken ? ['libc6'] : [] }) } },
})
const brokenFor = (days: number): Row[1] => ({ ...database(true), before: [{ ago: days * DAY_MS, ...database(true) }] })
ruleTable('patch/database-broken', [
  ['sound', database(false), 'pass'],
  ['broken at first sight', database(true), 'info'],
  ['broken for over a day', brokenFor(1.1), 'warning'],
  ['broken for over 7 days', brokenFor(7.1), 'critical'],
])

const held = (count: number): Row[1] => updates({ held: 5, heldSecurity: count })
ruleTable('patch/security-held', [
  ['none', held(0), 'pass'],
  ['one', held(1), 'info'],
  ['for 30 days', { ...held(1), before: [{ ago: 29.9 * DAY_MS, ...held(1) }] }, 'info'],
  ['for over 30 days', { ...held(1), before: [{ ago: 30.1 * DAY_MS, ...held(1) }] }, 'warning'],
])

/** A list of updates older than a week does not prove that nothing waits; what it does show still stands. */
const LIST_AGED = [
  ['fresh', 7 * DAY_MS, 'pass'],
  ['over 7 days', 7 * DAY_MS + 1, 'unknown stale'],
  ['age that failed', null, 'unknown empty'],
  ['age told of and never measured', undefined, 'unknown empty'],
] as const
for (const [name, ageMs, wanted] of LIST_AGED) {
  const row = (change: Partial<Updates>): Row[1] => ({ ...list(ageMs), ...updates(change) })
  ruleTable('patch/security-overdue', [[`nothing waits, list ${name}`, row({}), wanted]])
  ruleTable('patch/security-waiting', [
    [`four wait, list ${name}`, row({ security: 4 }), wanted],
    [`twenty wait, list ${name}`, row({ security: 20 }), 'critical'],
  ])
  ruleTable('patch/security-held', [
    [`nothing held, list ${name}`, row({}), wanted],
    [`one held, list ${name}`, row({ heldSecurity: 1 }), 'info'],
  ])
  ruleTable('patch/upgrade-overdue', [[`nothing waits, list ${name}`, row({}), wanted]])
}

/** `server -- judge` on the output of apt alone: it holds no age, and list-stale says that it is not known. */
test('patch/security-overdue: a source that never tells the age -> pass', () => {
  const state = aMachine(updates({}))
  const { patch } = state.checks
  const alone = { ...patch, section: { ...patch.section, samples: [] }, samples: new Map() }
  const bare = { ...state, checks: { ...state.checks, patch: alone } }
  expect(Object.values(outcomesOf('patch/security-overdue', bare))).toEqual(['pass'])
  expect(Object.values(outcomesOf('patch/list-stale', bare))).toEqual(['unknown empty'])
})
