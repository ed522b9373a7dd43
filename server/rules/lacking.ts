/** What to say of something that a source does not tell: a gap that was not there before is a question, not an all-clear. Pure. */
import { SEVERITIES, type Severity } from '../../shared/severity.ts'
import type { RuleContext, Told } from './context.ts'
import { notApplicable, unknown, type Verdict } from './verdict.ts'

/**
 * A number that a source does not give. It is not applicable where it never was given, and unknown where it was, or where a
 * finding about it is open: otherwise losing a number would close the finding.
 * @param wasTold true when history remembers it.
 */
export function lacking(item: string, context: RuleContext<never>, wasTold: boolean): Verdict<never> {
  return wasTold || context.open(item) !== null ? unknown(item, 'empty') : notApplicable(item)
}

/**
 * True when what is left to judge by would make an open finding look better than it was. A rule that has lost one of its numbers
 * then says that it cannot tell.
 */
export function isWeaker(item: string, severity: Severity, context: RuleContext<never>): boolean {
  const open = context.open(item)
  return open !== null && SEVERITIES.indexOf(open) < SEVERITIES.indexOf(severity)
}

/** Like `lacking` for a sample: one that failed is unknown, one that this machine does not measure is not applicable. */
export function lackingSample(
  item: string,
  context: RuleContext<never>,
  told: Exclude<Told, { readonly state: 'value' }>,
): Verdict<never> {
  return told.state === 'absent' ? lacking(item, context, false) : unknown(item, told.code, told.detail)
}
