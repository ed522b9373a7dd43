/** Bytes of a tool's output → text that a parser can read. Pure and total. */

/** collectors.md 0.11: more than this is no answer of any tool the agent asks. */
const MAX_BYTES = 4 * 1024 * 1024

/** CSI (colors, cursor), OSC (titles, links) and two-character escapes; each alternative stops at the next ESC, so it is linear. */
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]?|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_]?)/g
const NOISE = /[\0\r\ufeff]/g

/**
 * Decodes UTF-16 when a byte order mark says so (Windows tools), else UTF-8; wrong bytes become U+FFFD.
 * NUL, CR, byte order marks and terminal escapes are removed. At most `maxBytes` are looked at.
 */
export function decode(bytes: Uint8Array, maxBytes: number = MAX_BYTES): string {
  const cut = bytes.subarray(0, maxBytes)
  const encoding = encodingOf(cut)
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(encoding === 'utf-8' ? withoutNoise(cut) : cut)
  const plain = text.includes('\u001b') ? text.replace(ANSI, '') : text
  return plain.replace(NOISE, '')
}

/** The bytes but NUL and CR, which are themselves alone in UTF-8: a megabyte of line ends costs a replacement in text 40 ms. */
function withoutNoise(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0) && !bytes.includes(13)) return bytes
  const kept = new Uint8Array(bytes.length)
  let length = 0
  for (const byte of bytes) {
    if (byte !== 0 && byte !== 13) kept[length++] = byte
  }
  return kept.subarray(0, length)
}

function encodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}
