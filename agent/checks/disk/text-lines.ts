/** Lines of a tool's text and what stands before and after their first colon or equals sign. Pure, linear and total. */

/** No tool of a disk prints more; what is beyond is cut, and its end marker with it. */
const MAX_LINES = 20_000
const MAX_LINE_CHARS = 2_000

/** At most 20,000 lines, each at most 2,000 characters, without trailing white space. */
export function textLines(text: string): readonly string[] {
  return text.split('\n', MAX_LINES).map((line) => line.slice(0, MAX_LINE_CHARS).trimEnd())
}

/** `Key : value`; `key` in lower case with single spaces, so that versions that write it differently agree. */
export type KeyLine = { readonly key: string; readonly value: string; readonly indent: number }

/** @returns null when the separator is not in the line or nothing stands before it. */
export function keyLine(line: string, separator: ':' | '=' = ':'): KeyLine | null {
  const at = line.indexOf(separator)
  if (at < 1) return null
  const before = line.slice(0, at)
  const key = before.trim().replace(/\s+/g, ' ').toLowerCase()
  if (key === '') return null
  return { key, value: line.slice(at + 1).trim(), indent: before.length - before.trimStart().length }
}

/** The first whole number of a text; null: none, or it is no safe integer. */
export function leadingCount(text: string | undefined): number | null {
  const found = /^\s{0,20}(\d{1,15})(?![\d.])/.exec(text ?? '')
  return found === null ? null : Number(found[1])
}

/** A text of a tool as a section may carry it: cut, trimmed, single spaces; null when it is empty or a placeholder. */
export function toldText(text: string | undefined, maxLength = 128): string | null {
  const plain = (text ?? '').slice(0, 1_000).replace(/\s+/g, ' ').trim().slice(0, maxLength)
  return plain === '' || /^(?:-|n\/?a|none|unknown|not (?:available|set|specified))$/i.test(plain) ? null : plain
}
