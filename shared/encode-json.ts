/** JSON for a terminal: the same value, with nothing in it that moves a cursor or turns the reading order. Pure. */

/**
 * JSON.stringify escapes C0 only: DEL, C1, format characters (bidirectional, zero-width, tags) and the Unicode line ends are the
 * rest of what a terminal or an editor acts upon.
 */
const UNSAFE = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu

/** @param indent spaces per level; 0: one line. @returns JSON equal to that of JSON.stringify, unsafe characters as `\uXXXX`. */
export function encodeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(UNSAFE, escapeUnits)
}

/** One escape per UTF-16 unit, as JSON wants it (RFC 8259, 7). */
function escapeUnits(char: string): string {
  return Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  )
}
