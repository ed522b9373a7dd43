/**
 * Whether the risk of a finding is accepted at a moment. An acceptance covers its item until its date, while the finding is no worse than
 * what was accepted; then the finding is back by itself. It never covers what could not be told. Pure.
 */
import type { RuleId } from '../../shared/rules.ts'
import { SEVERITIES, type Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding } from './finding.ts'

/** The part of an acceptance that decides. `severity`: of what was accepted. */
export type AcceptedRisk = {
  readonly rule: RuleId
  readonly item: string
  readonly severity: Severity
  readonly at: EpochMs
  readonly until: EpochMs
  readonly revokedAt: EpochMs | null
}

/** @returns whether an acceptance runs at `now`, whatever became of the finding. */
export function isRunning({ at, until, revokedAt }: AcceptedRisk, now: EpochMs): boolean {
  return at <= now && now < until && (revokedAt === null || now < revokedAt)
}

/** @param accepted those of the finding's machine. @returns the acceptance that covers it at `now`, the longest; null: none. */
export function acceptanceOf<A extends AcceptedRisk>(
  accepted: readonly A[],
  { rule, item, severity }: Pick<Finding, 'rule' | 'item' | 'severity'>,
  now: EpochMs,
): A | null {
  let longest: A | null = null
  for (const one of accepted) {
    if (one.rule !== rule || one.item !== item || !isRunning(one, now)) continue
    if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(one.severity)) continue
    if (longest === null || one.until > longest.until) longest = one
  }
  return longest
}

/** @returns the first moment after `now` at which an acceptance begins or ends; infinity: never. */
export function nextAcceptanceChange(accepted: readonly AcceptedRisk[], now: EpochMs): EpochMs {
  let next = Number.POSITIVE_INFINITY
  for (const { at, until, revokedAt } of accepted) {
    for (const moment of [at, until, revokedAt ?? until]) {
      if (moment > now && moment < next) next = moment
    }
  }
  return next
}
