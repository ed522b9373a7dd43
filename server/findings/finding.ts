/** Findings, transitions and alerts as records. Types only. */
import type { ReasonCode } from '../../shared/reading.ts'
import type { RuleId, RuleValues } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'

/** pending: holds, not yet long enough to interrupt anybody; firing: people should hear of it; resolved: over. */
export type AlertState =
  | { readonly state: 'pending'; readonly since: EpochMs }
  | { readonly state: 'firing'; readonly since: EpochMs; readonly firedAt: EpochMs }
  | { readonly state: 'resolved'; readonly at: EpochMs; readonly fired: boolean }

/**
 * A failing outcome that persists as a record, identified by (machine, rule, item). A resolved one is never reopened: the next
 * failure is a new finding. `blind`: the rule cannot tell at the moment; the finding is frozen, not resolved.
 */
export type Finding = {
  readonly id: string
  /** Counts up per client; what people say on the phone. */
  readonly number: number
  readonly machineId: string
  readonly rule: RuleId
  readonly item: string
  readonly severity: Severity
  readonly values: RuleValues[RuleId]
  readonly openedAt: EpochMs
  readonly changedAt: EpochMs
  readonly resolvedAt: EpochMs | null
  /** First time the rule passed again while its clear time runs; null: still failing. */
  readonly clearingSince: EpochMs | null
  readonly blind: { readonly since: EpochMs; readonly code: ReasonCode } | null
  readonly alert: AlertState
}

/** A change of a finding; append-only. `at` is the moment the condition changed, not when the loop noticed. */
export type Transition = {
  readonly findingId: string
  readonly machineId: string
  readonly rule: RuleId
  readonly item: string
  readonly kind: 'opened' | 'worsened' | 'improved' | 'resolved' | 'fired' | 'blinded' | 'unblinded'
  readonly at: EpochMs
  readonly from: Severity | null
  readonly to: Severity | null
  readonly values: RuleValues[RuleId] | null
}
