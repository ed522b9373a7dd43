/** Changes, walk lines and costs of a visit into sentences of the catalogue. */
import type { ChangeView, RecommendationView, WalkItem } from '../../../shared/api/visits.ts'
import type { RuleId, RuleValues } from '../../../shared/rules.ts'
import type { Formatter } from '../../../shared/text/format.ts'
import { sayProposal } from '../../../shared/text/proposal-catalogue.ts'
import { sayFinding } from '../../../shared/text/rule-catalogue.ts'
import type { VisitWorkText } from '../../../shared/text/visits-text.ts'

/** @returns what happened. The rule ids of the API are those of the catalogue: both are built from one `shared/rules.ts`. */
export function changeText(
  { rule, values, severity, at }: Pick<ChangeView, 'rule' | 'values' | 'severity' | 'at'>,
  f: Formatter,
): string {
  return sayFinding(rule as RuleId, values as RuleValues[RuleId], f, severity === null ? at : f.now).title
}

/** `task`: what to do there. `why`: what was found; empty: the task says it all. */
export type WalkText = { readonly task: string; readonly why: string }

/** @returns a line of the walk list in words. */
export function walkText({ rule, values, measure, text, machine }: WalkItem, f: Formatter): WalkText {
  const said = rule === null || values === null ? null : sayFinding(rule as RuleId, values as RuleValues[RuleId], f)
  if (text !== '') return { task: text, why: said?.title ?? '' }
  if (measure !== null) return { task: sayProposal(measure, [machine?.name ?? ''], f).what, why: said?.title ?? '' }
  return { task: said?.todo ?? '', why: said?.title ?? '' }
}

/** @returns `180 to 220 €`, or that it has to be quoted. */
export function costText(
  { costLow, costHigh }: Pick<RecommendationView, 'costLow' | 'costHigh'>,
  texts: VisitWorkText,
  f: Formatter,
): string {
  const low = costLow ?? costHigh
  const high = costHigh ?? costLow
  return low === null || high === null ? texts.costUnknown : texts.cost(f.count(low), f.count(high))
}
