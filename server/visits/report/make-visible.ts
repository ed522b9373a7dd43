/** Hidden characters of a text shown as their code points, so that nothing in a report can turn, hide or break what is read. Pure. */

/** Control, format (bidi, zero width, tags), private, unassigned, and the separators that break lines; `\n` alone stays. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029\u115f\u1160\u3164\uffa0\ufffe\uffff]/gu
/** Spaces of unusual width, and the ones French typography sets: one kind each, which every font has. */
const NO_BREAK_SPACES = /[\u2007\u202f]/g
const WIDE_SPACES = /[\u2000-\u2006\u2008-\u200a\u205f\u3000\u1680]/g

/** @returns how one character is written when it cannot be shown: `‹U+202E›`. */
export function codePointText(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
}

/**
 * @returns the text with every hidden character as `‹U+202E›`, a lone surrogate as U+FFFD, and line ends as `\n`, at most two
 * in a row. Every other character stays as it is.
 */
export function makeVisible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(NO_BREAK_SPACES, '\u00a0')
    .replace(WIDE_SPACES, ' ')
    .replace(HIDDEN, codePointText)
}
