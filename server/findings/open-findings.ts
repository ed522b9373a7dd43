/** Severities of the open findings of one machine, found fast: rules ask for each of their items. Pure. */
import type { RuleId } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import type { Finding } from './finding.ts'

/** @returns the severity of the open finding about a rule and an item; null: none is open. */
export function openFindings(open: readonly Finding[]): (rule: RuleId, item: string) => Severity | null {
  const byRule = new Map<RuleId, Map<string, Severity>>()
  for (const { rule, item, severity } of open) {
    const items = byRule.get(rule) ?? new Map<string, Severity>()
    byRule.set(rule, items.set(item, severity))
  }
  return (rule, item) => byRule.get(rule)?.get(item) ?? null
}
