/** Foreign text for a terminal: controls, escapes and bidirectional overrides become visible, so nothing can move the cursor or lie about order. Pure. */

// C0 but tab, DEL, C1, zero-width and bidirectional controls, line and paragraph separators, byte order mark.
const UNSAFE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** @returns the text on one line, every unsafe character as `\u{…}`. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}

/** @returns `2026-11-25 04:30:12 UTC`, or `never` for null. */
export function printTime(at: number | null): string {
  if (at === null) return 'never'
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
