/** The texts that every rule has in every language. Types only; a missing key or language does not compile. */
import type { RuleId, RuleSubject, RuleValues } from '../rules.ts'
import type { Formatter } from './format.ts'

/** Texts of one rule. Sentences are whole; numbers and times go through the formatter of the reader's language. */
export type RuleText<V> = {
  /** Short heading for lists and documents: "Free space". */
  readonly name: string
  /** What happened: one full sentence with its numbers. */
  readonly title: (v: V, f: Formatter) => string
  /** What was looked at. */
  readonly looked: (v: V, f: Formatter) => string
  /** What the technician does, most helpful first. */
  readonly todo: (v: V, f: Formatter) => string
  /** What the manager needs to know: business words, cost of waiting. */
  readonly manager: (v: V, f: Formatter) => string
  /** Why it matters, without numbers. */
  readonly impact: string
  /** "Not proven" title when the rule could not tell: "The health of the disk could not be read." */
  readonly blind: string
}

/** Every rule has its texts, in each language. */
export type RuleTexts = { readonly [R in RuleId]: RuleText<RuleValues[R]> }

/** The texts of the rules about one check, or about the agent: one file of a catalogue. */
export type RuleTextsAbout<C extends RuleSubject> = {
  readonly [R in RuleId as R extends `${C}/${string}` ? R : never]: RuleText<RuleValues[R]>
}
