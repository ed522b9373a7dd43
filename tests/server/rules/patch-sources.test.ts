/** Tables of the rules about updates for what sources other than apt tell: failures, dates of publication, and what they leave open. */
import { expect, test } from 'vitest'
import { assess } from '../../../server/assess.ts'
import type { Updates } from '../../../shared/checks/patch.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { aMachine } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'
import { outcomesOf, type Row, ruleTable } from './rule-table.ts'

const failing = (...list: { name: string; times: number }[]): Row[1] => ({
  parts: { patch: { failing: read('patch/windows-update-history', list) } },
})
const KB = { name: 'Cumulative Update for Windows 11', times: 3 }

ruleTable('patch/update-failing', [
  ['none fails', failing(), 'pass'],
  ['failed twice', failing({ ...KB, times: 2 }), 'pass'],
  ['failed three times', failing(KB), 'warning'],
  ['for 29 days', { ...failing(KB), before: [{ ago: 29 * DAY_MS, ...failing({ ...KB, times: 1 }) }] }, 'warning'],
  ['for 31 days', { ...failing(KB), before: [{ ago: 31 * DAY_MS, ...failing({ ...KB, times: 1 }) }] }, 'critical'],
  [
    'for 31 days, with a success between',
    {
      ...failing(KB),
      before: [
        { ago: 31 * DAY_MS, ...failing(KB) },
        { ago: 9 * DAY_MS, ...failing() },
        { ago: 8 * DAY_MS, ...failing(KB) },
      ],
    },
    'warning',
  ],
  [
    'no history is kept here',
    { parts: { patch: { failing: failed('patch/dnf', { code: 'unsupported', detail: '' }) } } },
    'not-applicable',
  ],
  [
    'not readable',
    { parts: { patch: { failing: failed('patch/windows-update-history', { code: 'timeout', detail: '' }) } } },
    'unknown timeout',
  ],
])

const NONE: Updates = { security: 0, other: 0, phased: 0, held: 0, heldSecurity: 0, keptBack: 0, securityUpdates: [] }
const published = (days: number | null, name = 'KB5063878'): Row[1] => ({
  parts: { patch: { updates: read('patch/x', { ...NONE, security: 1, securityUpdates: [{ name, version: null }] }) } },
  ...(days === null ? {} : { samples: { patch: { 'security:oldestAt': NOW - days * DAY_MS } } }),
})
test.each([
  ['published 2 days ago, at first sight', published(2), 'pass'],
  ['published 8 days ago, at first sight', published(8), 'info'],
  ['published 31 days ago, at first sight', published(31), 'critical'],
  ['not told when, at first sight', published(null), 'unknown needs-history'],
])('patch/security-overdue: %s -> %s', (_name, changes, wanted) => {
  expect(Object.values(outcomesOf('patch/security-overdue', aMachine(changes)))).toEqual([wanted])
})

const untold = (other: number): Row[1] => ({
  parts: { patch: { updates: read('patch/dnf-check-update', { ...NONE, security: null, other }) } },
  samples: { patch: { 'upgrade:lastAt': NOW - 80 * DAY_MS } },
})
test('updates of an unknown kind are neither an alarm nor an all-clear', () => {
  const machine = aMachine(untold(12))
  for (const rule of ['patch/security-overdue', 'patch/security-waiting'] as const)
    expect(Object.values(outcomesOf(rule, machine))).toEqual(['unknown unsupported'])
  expect(Object.values(outcomesOf('patch/upgrade-overdue', machine))).toEqual(['critical'])
})

test('what is remembered of security updates survives a reading that does not tell them apart', () => {
  const first = aMachine({ ...published(null, 'kernel'), now: NOW - 20 * DAY_MS })
  const { memory } = assess(first, NOW - 20 * DAY_MS)
  expect(memory).toHaveProperty(['patch/security:kernel'])
  const later = { ...aMachine({ ...untold(12), now: NOW - DAY_MS }), memory }
  expect(assess(later, NOW - DAY_MS).memory).toHaveProperty(['patch/security:kernel'])
})
