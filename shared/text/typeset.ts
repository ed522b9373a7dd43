/** The spacing rules of a language, applied to a finished sentence so that no catalogue types a no-break space (ui.md 6). Pure. */
import type { Language } from './format.ts'

const BEFORE = / (?=[:;?!»%€])/g
const AFTER = /« /g
/** French dates end in an abbreviation (`22 sept.`), and a sentence has one full stop. */
const DOUBLE_STOP = /(?<!\.)\.\.(?=\s|$)/g

/** @returns the sentence with the no-break spaces of its language; other languages pass unchanged. */
export function typeset(language: Language, sentence: string): string {
  return language === 'fr'
    ? sentence.replace(BEFORE, '\u00a0').replace(AFTER, '«\u00a0').replace(DOUBLE_STOP, '.')
    : sentence
}
