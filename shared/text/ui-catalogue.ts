/** The dashboard's texts by language, with the spacing of the language applied. Pure. */
import { ui as en } from './en/ui.ts'
import type { Language } from './format.ts'
import { ui as fr } from './fr/ui.ts'
import { typeset } from './typeset.ts'
import type { UiText } from './ui-text.ts'

type Text = string | ((...args: never[]) => string)

/** @returns the same catalogue, each sentence typeset. */
function typesetAll<T extends { readonly [key: string]: Text }>(language: Language, texts: T): T {
  const out: { [key: string]: Text } = {}
  for (const [key, text] of Object.entries(texts)) {
    out[key] =
      typeof text === 'string' ? typeset(language, text) : (...args: never[]) => typeset(language, text(...args))
  }
  // The keys and arguments are those of `texts`; only the returned strings differ.
  return out as T
}

/** Texts of the dashboard by language. */
export const UI: { readonly [L in Language]: UiText } = { en: typesetAll('en', en), fr: typesetAll('fr', fr) }
