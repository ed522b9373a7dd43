/** The texts of the facts by language, with the spacing of the language applied. Pure. */
import { FACT_KEYS, type FactKey } from '../api/facts.ts'
import { facts as en } from './en/facts.ts'
import type { FactText, FactTexts } from './fact-text.ts'
import type { Formatter, Language } from './format.ts'
import { facts as fr } from './fr/facts.ts'
import { typeset } from './typeset.ts'

const FACTS: { readonly [L in Language]: FactTexts } = { en, fr }

/** @returns whether the text is a key of the catalogue; an answer of a newer server may hold others. */
export function isFactKey(key: string): key is FactKey {
  return (FACT_KEYS as readonly string[]).includes(key)
}

/** @returns the name of a fact; null: its item names it. */
export function nameOfFact(key: FactKey, language: Language): string | null {
  const { name } = FACTS[language][key]
  return name === null ? null : typeset(language, name)
}

/** @param values those of `FactValues[key]`: the API's schema is looser than the catalogue's types. */
export function sayFact(
  key: FactKey,
  values: { readonly [name: string]: string | number | null },
  f: Formatter,
): string {
  const text = FACTS[f.language][key] as FactText<never>
  return typeset(f.language, text.say(values as never, f))
}
