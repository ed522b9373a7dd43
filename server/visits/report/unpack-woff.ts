/**
 * WOFF 1.0 to plain sfnt, which is what Typst 0.14 reads, under a family name of our choice, with the characters that it draws.
 * Subsets of one family carry the same name (@fontsource 5.3.1) and Typst takes the first font of a name, so each needs its own. Pure.
 */
import { inflateSync } from 'node:zlib'

/** A font as Typst takes it. `characters`: code points that it has a glyph for. */
export type UnpackedFont = { readonly bytes: Buffer; readonly characters: ReadonlySet<number> }
type Table = { readonly tag: string; readonly data: Buffer; readonly sum: number }

/** Offsets of WOFF 1.0 (W3C 2012, sections 3 and 4). */
const HEADER_BYTES = 44
const ENTRY_BYTES = 20
const FORMAT_4 = 4
const FORMAT_12 = 12

/** @throws Error when the bytes are no WOFF 1.0: the packages pin them, so that is a broken installation. */
export function unpackWoff(woff: Buffer, family: string): UnpackedFont {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error(`no WOFF 1.0 font for ${family}`)
  const tables = readTables(woff)
  const named = tables.map((table) => (table.tag === 'name' ? nameTable(family) : table))
  const cmap = tables.find(({ tag }) => tag === 'cmap')
  return { bytes: writeSfnt(woff.subarray(4, 8), named), characters: readCharacters(cmap?.data ?? Buffer.alloc(4)) }
}

function readTables(woff: Buffer): readonly Table[] {
  return Array.from({ length: woff.readUInt16BE(12) }, (_, i) => {
    const at = HEADER_BYTES + i * ENTRY_BYTES
    const offset = woff.readUInt32BE(at + 4)
    const packedBytes = woff.readUInt32BE(at + 8)
    const raw = woff.subarray(offset, offset + packedBytes)
    const data = packedBytes < woff.readUInt32BE(at + 12) ? inflateSync(raw) : raw
    return { tag: woff.toString('latin1', at, at + 4), data, sum: woff.readUInt32BE(at + 16) }
  })
}

/** Family, style, full name and PostScript name for Windows, English; the weight stands in OS/2, where Typst reads it. */
function nameTable(family: string): Table {
  const names = [
    [1, family],
    [2, 'Regular'],
    [4, family],
    [6, family.replaceAll(' ', '')],
  ] as const
  const head = Buffer.alloc(6 + 12 * names.length)
  head.writeUInt16BE(names.length, 2)
  head.writeUInt16BE(head.length, 4)
  const texts = names.map(([, text]) => Buffer.from(text, 'utf16le').swap16())
  let offset = 0
  names.forEach(([id], i) => {
    const length = texts[i]?.length ?? 0
    ;[3, 1, 0x409, id, length, offset].forEach((value, n) => {
      head.writeUInt16BE(value, 6 + 12 * i + 2 * n)
    })
    offset += length
  })
  const data = Buffer.concat([head, ...texts])
  return { tag: 'name', data, sum: checksum(data) }
}

function writeSfnt(flavor: Buffer, tables: readonly Table[]): Buffer {
  const n = tables.length
  const power = Math.floor(Math.log2(n))
  const head = Buffer.alloc(12 + 16 * n)
  flavor.copy(head, 0)
  ;[n, 2 ** power * 16, power, n * 16 - 2 ** power * 16].forEach((value, i) => {
    head.writeUInt16BE(value, 4 + 2 * i)
  })
  const parts: Buffer[] = [head]
  let at = head.length
  tables.forEach(({ tag, data, sum }, i) => {
    const entry = 12 + i * 16
    head.write(tag, entry, 'latin1')
    head.writeUInt32BE(sum, entry + 4)
    head.writeUInt32BE(at, entry + 8)
    head.writeUInt32BE(data.length, entry + 12)
    const padding = (4 - (data.length % 4)) % 4
    parts.push(data, Buffer.alloc(padding))
    at += data.length + padding
  })
  return Buffer.concat(parts)
}

/** Sum of the table as 32-bit words (OpenType 1.9, table directory). */
function checksum(data: Buffer): number {
  const whole = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
  let sum = 0
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0
  return sum
}

/** Code points of the subtables of format 4 and 12 (OpenType 1.9, cmap); the packages' fonts have no others for Unicode. */
function readCharacters(cmap: Buffer): ReadonlySet<number> {
  const found = new Set<number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const at = cmap.readUInt32BE(4 + 8 * i + 4)
    const format = cmap.readUInt16BE(at)
    if (format === FORMAT_4) addFormat4(cmap.subarray(at), found)
    if (format === FORMAT_12) addFormat12(cmap.subarray(at), found)
  }
  return found
}

function addFormat4(table: Buffer, found: Set<number>): void {
  const doubled = table.readUInt16BE(6)
  for (let i = 0; i < doubled; i += 2) {
    const end = table.readUInt16BE(14 + i)
    const start = table.readUInt16BE(16 + doubled + i)
    const delta = table.readUInt16BE(16 + 2 * doubled + i)
    const rangeAt = 16 + 3 * doubled + i
    const range = table.readUInt16BE(rangeAt)
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const at = rangeAt + range + 2 * (code - start)
      const raw = range === 0 ? code : table.readUInt16BE(at)
      if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) found.add(code)
    }
  }
}

function addFormat12(table: Buffer, found: Set<number>): void {
  for (let i = 0; i < table.readUInt32BE(12); i += 1) {
    const at = 16 + 12 * i
    const glyph = table.readUInt32BE(at + 8)
    const start = table.readUInt32BE(at)
    for (let code = start; code <= table.readUInt32BE(at + 4); code += 1)
      if (glyph + code - start !== 0) found.add(code)
  }
}
