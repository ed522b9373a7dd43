/** What a finding asks of somebody in front of the machine: whether at all, how long, and what to bring. Pure. */
import type { RuleId } from '../../shared/rules.ts'
import type { Thing } from '../../shared/visits.ts'
import { RULES_BY_ID } from '../rules/index.ts'

/** `minutes`: default, from the rule. `bring` null: nothing. */
export type Hands = { readonly minutes: number; readonly bring: Thing | null }

const BRING: { readonly [R in RuleId]?: Thing } = {
  'disk/drive-failing': 'disk',
  'disk/sectors-unreadable': 'disk',
  'disk/sectors-reallocated': 'disk',
  'disk/errors-uncorrected': 'disk',
  'disk/worn': 'disk',
  'disk/nvme-warning': 'disk',
  'disk/self-test-failed': 'disk',
  'disk/raid-degraded': 'disk',
  'disk/raid-member-failed': 'disk',
  'disk/cable-errors': 'cable',
  'backup/same-disk': 'backup-drive',
  'system/battery-worn': 'battery',
  'system/memory-short': 'memory',
}

/** @returns null: nobody has to go there. */
export function handsOf(rule: RuleId): Hands | null {
  // A stored finding may be of a rule that this version no longer has.
  if (!Object.hasOwn(RULES_BY_ID, rule)) return null
  const { needsHands, effortMinutes } = RULES_BY_ID[rule]
  return needsHands ? { minutes: effortMinutes, bring: BRING[rule] ?? null } : null
}
