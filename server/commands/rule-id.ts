/** Knows the ids of rules. Pure. */
import type { RuleId } from '../../shared/rules.ts'
import { RULES_BY_ID } from '../rules/index.ts'

/** @returns true for the id of a rule of this release. */
export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(RULES_BY_ID, id)
}
