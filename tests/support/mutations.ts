/** Damage that a recorded output can suffer on its way, for tests that no damage may ever improve a verdict. Pure. */

/** Name and bytes of each mutation; whole-line cuts are in `lineCuts`. */
export function mutations(bytes: Uint8Array): readonly (readonly [name: string, bytes: Uint8Array])[] {
  const text = Buffer.from(bytes).toString('utf8')
  const noise = Buffer.alloc(8 * 1024, Uint8Array.from([0x41, 0x00, 0xff, 0x1b, 0x5b, 0x0a, 0x80]))
  return [
    ['empty', new Uint8Array()],
    ['white space', Buffer.from(' \n\t\n')],
    ['first half', bytes.subarray(0, bytes.length >> 1)],
    ['second half', bytes.subarray(bytes.length >> 1)],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['BOM', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['doubled', Buffer.concat([bytes, bytes])],
    ['noise before', Buffer.concat([noise, bytes])],
    ['noise after', Buffer.concat([bytes, noise])],
    ['noise alone', noise],
    ['colored', Buffer.from(`\u001b[1;31m${text}\u001b[0m`)],
  ]
}

/** Mutations after which the same thing still stands there and must be read the same. */
export const HARMLESS: ReadonlySet<string> = new Set(['CRLF', 'BOM', 'UTF-16LE', 'UTF-16BE', 'colored'])

/** The text without each of its lines in turn. */
export function lineCuts(bytes: Uint8Array): readonly (readonly [line: string, bytes: Uint8Array])[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n')
  return lines.map((line, index) => [line, Buffer.from(lines.toSpliced(index, 1).join('\n'))])
}

/** At most `max` of the cuts, evenly spread: what a long output proves line by line, a part of its lines proves too. */
export function someLineCuts(bytes: Uint8Array, max: number): readonly (readonly [line: string, bytes: Uint8Array])[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n')
  const step = Math.max(1, lines.length / max)
  const places = Array.from({ length: Math.min(max, lines.length) }, (_, n) => Math.floor(n * step))
  return places.map((at) => [lines[at] ?? '', Buffer.from(lines.toSpliced(at, 1).join('\n'))])
}
