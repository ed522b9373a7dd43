/** Findings in the words of the report: the machine, then what happened. Pure. */
import { sayFinding, sayRule } from '../../../shared/text/rule-catalogue.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Finding } from '../../findings/finding.ts'
import { RULES_BY_ID } from '../../rules/index.ts'
import type { Scene } from './report-input.ts'

/** @returns the title of a finding; the name of its rule when this version no longer has it. */
export function titleOf(finding: Finding, { f, input }: Scene): string {
  const { rule } = finding
  if (!Object.hasOwn(RULES_BY_ID, rule)) return rule
  return sayFinding(rule, agedValues(finding, input.frozenAt), f).title
}

/** Instants that an age in a finding's values counts from, by the name of the age. */
const COUNTED_FROM = {
  ageMs: ['lastSuccessAt', 'signaturesAt', 'oldestSince', 'refreshedAt', 'lastAt'],
  forMs: ['lastReportAt', 'since', 'bootedAt'],
} as const

/**
 * A finding keeps the age that it was opened or changed with: time alone makes no other finding of it. A report says ages as of its own
 * moment; of what ended, or could not be told any more, as of then.
 */
function agedValues({ values, resolvedAt, blind }: Finding, frozenAt: EpochMs): Finding['values'] {
  const at = resolvedAt ?? blind?.since ?? frozenAt
  const known = new Map<string, unknown>(Object.entries(values))
  for (const [age, instants] of Object.entries(COUNTED_FROM)) {
    const from = instants.map((name) => known.get(name)).find((value) => typeof value === 'number')
    if (known.has(age) && typeof from === 'number') known.set(age, Math.max(0, at - from))
  }
  // Only numbers that were there were replaced by numbers.
  return Object.fromEntries(known) as Finding['values']
}

/** @returns the short name of a rule. */
export function ruleName(rule: Finding['rule'], { f }: Scene): string {
  return Object.hasOwn(RULES_BY_ID, rule) ? sayRule(rule, f.language).name : rule
}
