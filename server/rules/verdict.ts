/** What a rule yields for one item, before it is an outcome: the rule's id is added by evaluate.ts. Pure. */
import type { Reading, ReasonCode } from '../../shared/reading.ts'
import type { RuleDetail } from '../../shared/rule-detail.ts'
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'

/**
 * `item` names what was judged, empty for the machine itself. `since`: when the condition began; null: when it was read.
 */
export type Verdict<V> =
  | { readonly state: 'pass'; readonly item: string }
  | {
      readonly state: 'fail'
      readonly item: string
      readonly severity: Severity
      readonly values: V
      readonly since: EpochMs | null
    }
  | {
      readonly state: 'unknown'
      readonly item: string
      readonly code: ReasonCode
      readonly detail: string
      readonly source: string | null
    }
  | { readonly state: 'not-applicable'; readonly item: string }

/** Proven good. */
export function pass(item = ''): Verdict<never> {
  return { state: 'pass', item }
}

/** Proven bad. @param since instant at which the condition began, when it is not that of the reading. */
export function fail<V>(item: string, severity: Severity, values: V, since: EpochMs | null = null): Verdict<V> {
  return { state: 'fail', item, severity, values, since }
}

/** Could not tell, and why. */
export function unknown(item: string, code: ReasonCode, detail = '', source: string | null = null): Verdict<never> {
  return { state: 'unknown', item, code, detail, source }
}

/** Does not exist here. */
export function notApplicable(item = ''): Verdict<never> {
  return { state: 'not-applicable', item }
}

const NEVER_READ: RuleDetail = 'never-read'

/** Could not tell, because a reading holds no value. */
export function blind(item: string, reading: Exclude<Reading<unknown>, { readonly state: 'value' }>): Verdict<never> {
  if (reading.state === 'never') return unknown(item, 'empty', NEVER_READ)
  return unknown(item, reading.code, reading.detail, reading.source)
}
