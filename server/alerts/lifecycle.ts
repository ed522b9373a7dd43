/**
 * From finding to alert: pending until its condition has held long enough, then firing. A change is dated at the moment it
 * happened (the end of the hold), not at the moment somebody looked, so that assessing later or twice tells the same story. Pure.
 */
import type { RuleId } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding, Transition } from '../findings/finding.ts'

/**
 * `holdMs`: how long a rule's condition must hold. `isHeldBack`: a rule that this one depends on fails, or the
 * risk is accepted, so nobody is told yet.
 * `notBefore`: nothing fires earlier (a machine that is still starting). `after`: the previous assessment: an alert
 * that should have fired before it was held back then, and fires when it is let go, which is now.
 */
export type LifecycleOptions = {
  readonly now: EpochMs
  readonly notBefore: EpochMs
  readonly after: EpochMs
  readonly holdMs: (rule: RuleId, severity: Severity) => number
  readonly isHeldBack: (finding: Finding) => boolean
}

/** `dueAt`: when the next alert fires by time alone. */
export type Lifecycle = {
  readonly findings: readonly Finding[]
  readonly transitions: readonly Transition[]
  readonly dueAt: EpochMs
}

/** Moves pending alerts on. Findings that are resolved, blind, clearing or firing stay as they are. */
export function advanceAlerts(findings: readonly Finding[], options: LifecycleOptions): Lifecycle {
  const transitions: Transition[] = []
  let dueAt = Number.POSITIVE_INFINITY
  const moved = findings.map((finding) => {
    const fireAt = fireTime(finding, options)
    if (fireAt === null) return finding
    if (fireAt > options.now) {
      dueAt = Math.min(dueAt, fireAt)
      return finding
    }
    if (isFrozen(finding, options)) return finding
    const { id, machineId, rule, item, severity, values } = finding
    transitions.push({
      findingId: id,
      machineId,
      rule,
      item,
      kind: 'fired',
      at: fireAt,
      from: severity,
      to: severity,
      values,
    })
    const alert = { state: 'firing', since: sinceOf(finding), firedAt: fireAt } as const
    return { ...finding, alert }
  })
  return { findings: moved, transitions, dueAt }
}

const sinceOf = ({ alert, openedAt }: Finding) => (alert.state === 'pending' ? alert.since : openedAt)

/** Nobody is told of what cannot be seen, or is explained by another rule's failure. */
function isFrozen(finding: Finding, { isHeldBack }: LifecycleOptions): boolean {
  return finding.blind !== null || isHeldBack(finding)
}

/**
 * @returns when a pending alert fires, unless it is frozen then; null: never by time alone. A finding that changed its severity
 * fires no earlier than that change, and counts its hold from the beginning. One that was frozen when its time came fires when it is
 * let go, which is now.
 */
export function fireTime(finding: Finding, options: LifecycleOptions): EpochMs | null {
  const { alert, rule, severity, changedAt, resolvedAt, clearingSince } = finding
  if (alert.state !== 'pending' || resolvedAt !== null || clearingSince !== null) return null
  const fireAt = Math.max(changedAt, alert.since + options.holdMs(rule, severity), options.notBefore)
  return fireAt <= options.after ? options.now : fireAt
}
