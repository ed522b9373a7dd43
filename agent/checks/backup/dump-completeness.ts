/**
 * Whether a dump is whole, from its first and last bytes and its name, without unpacking it. Pure.
 * `complete` and `cut` are only said when the format proves it; everything else is `unknown`.
 */

/** What the ends of a file prove. */
export type Completeness = 'complete' | 'cut' | 'unknown'

/** First 512 bytes and last 64 KiB at most (the whole file when it is shorter). */
export type DumpEnds = {
  readonly name: string
  readonly sizeBytes: number
  readonly head: Uint8Array
  readonly tail: Uint8Array
}

const MYSQL_HEAD = /^(?:\/\*.*\n)*-- (?:MySQL|MariaDB) dump/
const PG_HEAD = /^--\n-- PostgreSQL database (?:cluster )?dump\n/
const SQL_END = /-- Dump completed|PostgreSQL database (?:cluster )?dump complete/
/** deflate never shrinks better than 1032 : 1 (zlib's documentation). */
const MAX_DEFLATE_RATIO = 1_032

/** @returns what the format of the file proves about its end. An empty file is `cut`. */
export function judgeCompleteness(ends: DumpEnds): Completeness {
  if (ends.sizeBytes === 0) return 'cut'
  if (startsWith(ends.head, 0x1f, 0x8b)) return judgeGzip(ends)
  if (startsWith(ends.head, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0))
    return endsWith(ends.tail, 0x59, 0x5a) ? 'complete' : 'cut'
  if (startsWith(ends.head, 0x50, 0x4b, 3, 4)) return hasZipEnd(ends.tail) ? 'complete' : 'cut'
  if (ascii(ends.head).startsWith('PGDMP')) return 'unknown'
  if (isNamedLike(ends.name)) return 'cut'
  return judgeSql(ends)
}

/** The name promises a format whose first bytes are not there. */
function isNamedLike(name: string): boolean {
  return /\.(?:gz|tgz|xz|txz|zip)$/i.test(name)
}

/** Only an impossible size proves a cut: several members may follow each other, and sizes wrap at 4 GiB. */
function judgeGzip({ sizeBytes, tail }: DumpEnds): Completeness {
  if (sizeBytes < 18) return 'cut'
  const end = tail.subarray(-4)
  const unpacked = (end[0] ?? 0) + (end[1] ?? 0) * 2 ** 8 + (end[2] ?? 0) * 2 ** 16 + (end[3] ?? 0) * 2 ** 24
  return unpacked > sizeBytes * MAX_DEFLATE_RATIO ? 'cut' : 'unknown'
}

/** End of central directory: its signature, within the last 64 KiB. */
function hasZipEnd(tail: Uint8Array): boolean {
  return ascii(tail).includes('PK\x05\x06')
}

function judgeSql({ head, tail }: DumpEnds): Completeness {
  const start = ascii(head)
  if (SQL_END.test(ascii(tail.subarray(-4_096))))
    return MYSQL_HEAD.test(start) || PG_HEAD.test(start) ? 'complete' : 'unknown'
  return MYSQL_HEAD.test(start) || PG_HEAD.test(start) ? 'cut' : 'unknown'
}

function startsWith(bytes: Uint8Array, ...wanted: readonly number[]): boolean {
  return wanted.every((byte, at) => bytes[at] === byte)
}

function endsWith(bytes: Uint8Array, ...wanted: readonly number[]): boolean {
  return startsWith(bytes.subarray(-wanted.length), ...wanted)
}

/** Bytes as text of one character each. */
function ascii(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
