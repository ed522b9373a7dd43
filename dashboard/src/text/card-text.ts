/** Cards and transitions into sentences of the catalogue, in the reader's language. */
import type { Card } from '../../../shared/api/card.ts'
import type { TransitionView } from '../../../shared/api/views.ts'
import type { RuleId, RuleSubject, RuleValues } from '../../../shared/rules.ts'
import { reasonText } from '../../../shared/text/reason-catalogue.ts'
import { sayFinding, sayRule } from '../../../shared/text/rule-catalogue.ts'
import { format, language } from '../state/session.ts'

/** What a card says: what happened, what was looked at, what to do. */
export type CardText = {
  readonly title: string
  readonly looked: string
  readonly todo: string
  /** For the manager; empty: nothing could be told. */
  readonly manager: string
}

/** The rule ids of the API are those of the catalogue: server and dashboard are built from one `shared/rules.ts`. */
const ruleOf = (card: { readonly rule: string }): RuleId => card.rule as RuleId

export function cardText(card: Card): CardText {
  const f = format.value
  if (card.values !== null) {
    const said = sayFinding(ruleOf(card), card.values as RuleValues[RuleId], f, card.frozen?.since)
    return { title: said.title, looked: said.looked, todo: said.todo, manager: said.manager }
  }
  const { blind } = sayRule(ruleOf(card), language.value)
  if (card.blind === null) return { title: blind, looked: '', todo: '', manager: '' }
  const reason = reasonText({ subject: card.subject as RuleSubject, part: null, ...card.blind }, f)
  return { title: blind, looked: reason.sentence, todo: reason.fix, manager: '' }
}

export function transitionText(change: TransitionView): string {
  if (change.values !== null)
    return sayFinding(ruleOf(change), change.values as RuleValues[RuleId], format.value, change.at).title
  const { name } = sayRule(ruleOf(change), language.value)
  return change.item === '' ? name : `${name} · ${change.item}`
}
