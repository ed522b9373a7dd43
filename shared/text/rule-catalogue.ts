/** The texts of all rules by language, with the spacing of the language applied, and one finding said whole. Pure. */
import type { RuleId, RuleValues } from '../rules.ts'
import type { EpochMs } from '../units.ts'
import { agedValues } from './aged-values.ts'
import { rules as en } from './en/rules.ts'
import type { Formatter, Language } from './format.ts'
import { rules as fr } from './fr/rules.ts'
import type { RuleText, RuleTexts } from './rule-text.ts'
import { typeset } from './typeset.ts'

const RULES: { readonly [L in Language]: RuleTexts } = { en, fr }

/** Everything there is to say about a failing outcome. */
export type SaidFinding = {
  readonly name: string
  readonly title: string
  readonly looked: string
  readonly todo: string
  readonly manager: string
  readonly impact: string
}

/** What stands when there are no values: the rule itself, and its title when it could not tell. */
export type SaidRule = { readonly name: string; readonly impact: string; readonly blind: string }

/** @returns the texts of a rule that need no values. */
export function sayRule(rule: RuleId, language: Language): SaidRule {
  const { name, impact, blind } = RULES[language][rule]
  return { name: typeset(language, name), impact: typeset(language, impact), blind: typeset(language, blind) }
}

/**
 * @returns all texts of a finding, in the formatter's language. @param values those of the rule's failing outcome. @param at the moment
 * that is spoken of: of what ended or could not be told any more, that one; else the formatter's own.
 */
export function sayFinding<R extends RuleId>(
  rule: R,
  values: RuleValues[R],
  f: Formatter,
  at: EpochMs = f.now,
): SaidFinding {
  const aged = agedValues<R>(values, at)
  const text: RuleText<RuleValues[R]> = RULES[f.language][rule]
  const say = (part: (v: RuleValues[R], f: Formatter) => string) => typeset(f.language, part(aged, f))
  return {
    name: typeset(f.language, text.name),
    title: say(text.title),
    looked: say(text.looked),
    todo: say(text.todo),
    manager: say(text.manager),
    impact: typeset(f.language, text.impact),
  }
}
