/** What a rule says of one item of one machine at one time. Pure. */
import type { ReasonCode } from './reading.ts'
import type { RuleId, RuleValues } from './rules.ts'
import type { Severity } from './severity.ts'

/**
 * `item` names what was judged (a volume, a drive, a job), or is empty for the machine itself.
 * `unknown` carries why it could not be told, from which source; it is never a severity and never green.
 */
export type Outcome<R extends RuleId = RuleId> =
  | { readonly state: 'pass'; readonly rule: R; readonly item: string }
  | {
      readonly state: 'fail'
      readonly rule: R
      readonly item: string
      readonly severity: Severity
      readonly values: RuleValues[R]
    }
  | {
      readonly state: 'unknown'
      readonly rule: R
      readonly item: string
      readonly code: ReasonCode
      readonly detail: string
      readonly source: string | null
    }
  | { readonly state: 'not-applicable'; readonly rule: R; readonly item: string }
