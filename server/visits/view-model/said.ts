/** Findings in the words of the report: the machine, then what happened. Pure. */
import { sayFinding, sayRule } from '../../../shared/text/rule-catalogue.ts'
import type { Finding } from '../../findings/finding.ts'
import { RULES_BY_ID } from '../../rules/index.ts'
import type { Scene } from './report-input.ts'

/** @returns the title of a finding; the name of its rule when this version no longer has it. */
export function titleOf(finding: Finding, { f, input }: Scene): string {
  const { rule, values, resolvedAt, blind } = finding
  if (!Object.hasOwn(RULES_BY_ID, rule)) return rule
  return sayFinding(rule, values, f, resolvedAt ?? blind?.since ?? input.frozenAt).title
}

/** @returns the short name of a rule. */
export function ruleName(rule: Finding['rule'], { f }: Scene): string {
  return Object.hasOwn(RULES_BY_ID, rule) ? sayRule(rule, f.language).name : rule
}
