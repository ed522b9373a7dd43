/** How long conditions must hold and clear on one machine, and which rules are held back by another's failure. Pure. */
import type { Outcome } from '../../shared/outcome.ts'
import type { RuleId } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Facts } from '../facts/facts.ts'
import { type AcceptedRisk, acceptanceOf } from '../findings/accepted.ts'
import type { DiffOptions } from '../findings/diff.ts'
import type { Policy } from '../policy/resolve.ts'
import { RULES_BY_ID } from '../rules/index.ts'
import type { Rule } from '../rules/rule.ts'
import type { LifecycleOptions } from './lifecycle.ts'

/** The part of a machine's state that dates its changes. */
type Dated = {
  readonly id: string
  readonly enrolledAt: EpochMs
  readonly assessedAt: EpochMs | null
  readonly acceptances: readonly AcceptedRisk[]
}

/** Options of findings/diff.ts and lifecycle.ts together. `alert.holdMs` and `alert.clearMs`, where set, replace each rule's own. */
export function alertOptions(
  { id, enrolledAt, assessedAt, acceptances }: Dated,
  facts: Facts,
  outcomes: readonly Outcome[],
  policy: Policy,
  now: EpochMs,
): DiffOptions & LifecycleOptions {
  const hold = numberOrNull(policy.values['alert.holdMs'])
  const clear = numberOrNull(policy.values['alert.clearMs'])
  const failing = failingDependencies(outcomes)
  return {
    machineId: id,
    now,
    after: Math.min(now, assessedAt ?? enrolledAt),
    notBefore: hold === null ? bootGraceEnd(facts, policy) : 0,
    keepsVanished: (rule) => ruleOf(rule)?.keepsVanished ?? true,
    holdMs: (rule: RuleId, severity: Severity) => hold ?? ruleOf(rule)?.holdMs[severity] ?? Number.POSITIVE_INFINITY,
    clearMs: (rule: RuleId, severity: Severity) => clear ?? ruleOf(rule)?.clearMs[severity] ?? 0,
    isHeldBack: (finding) =>
      acceptanceOf(acceptances, finding, now) !== null ||
      (ruleOf(finding.rule)?.dependsOn.some((dependency) => failing.has(dependency)) ?? true),
  }
}

/** A stored finding may be of a rule that this version no longer has: it stays as it is and tells nobody. */
const ruleOf = (rule: RuleId): Rule | undefined => (Object.hasOwn(RULES_BY_ID, rule) ? RULES_BY_ID[rule] : undefined)

const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null)

function failingDependencies(outcomes: readonly Outcome[]): ReadonlySet<RuleId> {
  const failing = new Set<RuleId>()
  for (const { state, rule } of outcomes) {
    if (state === 'fail' && rule.startsWith('agent/')) failing.add(rule)
  }
  return failing
}

/** A machine that is starting settles first. In a container the boot is the host's and long past. */
function bootGraceEnd(facts: Facts, policy: Policy): EpochMs {
  const { boot } = facts.checks.system.section
  return boot.state === 'value' ? boot.value.bootedAt + Number(policy.values['alert.bootGraceMs']) : 0
}
