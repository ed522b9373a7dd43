/** The spacing rules of a language, applied to a finished sentence so that no catalogue types a no-break space (ui.md 6). Pure. */
import type { Language } from './format.ts'

const BEFORE = / (?=[:;?!»%€])/g
const AFTER = /« /g

/** @returns the sentence with the no-break spaces of its language; other languages pass unchanged. */
export function typeset(language: Language, sentence: string): string {
  return language === 'fr' ? sentence.replace(BEFORE, '\u00a0').replace(AFTER, '«\u00a0') : sentence
}
