/** A whole catalogue with the spacing of its language applied. Pure. */
import type { Language } from './format.ts'
import { typeset } from './typeset.ts'

type Text = string | ((...args: never[]) => string)

/** @returns the same catalogue, each sentence typeset. */
export function typesetTexts<T extends { readonly [key: string]: Text }>(language: Language, texts: T): T {
  const out: { [key: string]: Text } = {}
  for (const [key, text] of Object.entries(texts)) {
    out[key] =
      typeof text === 'string' ? typeset(language, text) : (...args: never[]) => typeset(language, text(...args))
  }
  // The keys and arguments are those of `texts`; only the returned strings differ.
  return out as T
}
