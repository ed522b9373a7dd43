/** One segment file of the spool: appended to, scanned, read. Not pure. Entries in it have consecutive q. */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
  unlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import type { EpochMs } from '../../shared/units.ts'
import { syncFolder, writeAll } from '../atomic-file.ts'
import { decodeEntry, ENTRY_HEAD_BYTES, encodeEntry, MAX_ENTRY_BYTES, type SpoolEntry } from './entry.ts'

/** What is kept in memory of a segment: no entry, only its bounds. */
export type Segment = {
  readonly path: string
  readonly firstQ: number
  lastQ: number
  lastAt: EpochMs
  sizeBytes: number
}

/** Where sequential reading goes on: the entry `q` begins at `offset`. */
export type Cursor = { readonly path: string; readonly q: number; readonly offset: number }

const NAME = /^[0-9a-f]{14}\.seg$/

/** @returns whether a file name is one of a segment. */
export function isSegmentName(name: string): boolean {
  return NAME.test(name)
}

/** @returns the path of the segment that begins with `q`. */
export function segmentPath(folder: string, q: number): string {
  return join(folder, `${q.toString(16).padStart(14, '0')}.seg`)
}

/** Reads a whole segment and cuts it behind its last sound entry (a torn tail). @returns null and removes the file when none is sound. */
export function scanSegment(path: string): Segment | null {
  const bytes = readFileSync(path)
  let found: Segment | null = null
  let offset = 0
  for (let next = decodeEntry(bytes, 0); next !== null; next = decodeEntry(bytes, offset)) {
    const { q, at } = next.entry
    if (found !== null && q !== found.lastQ + 1) break
    offset = next.end
    if (found === null) found = { path, firstQ: q, lastQ: q, lastAt: at, sizeBytes: offset }
    else Object.assign(found, { lastQ: q, lastAt: at, sizeBytes: offset })
  }
  if (found === null) unlinkSync(path)
  else if (offset < bytes.length) truncateSync(path, offset)
  return found
}

/** The segment that is being appended to. */
export class OpenSegment {
  readonly segment: Segment
  readonly #file: number

  /** Makes the segment file that begins with `q`. */
  constructor(folder: string, q: number, at: EpochMs) {
    this.segment = { path: segmentPath(folder, q), firstQ: q, lastQ: q - 1, lastAt: at, sizeBytes: 0 }
    this.#file = openSync(this.segment.path, 'a', 0o600)
    syncFolder(folder)
  }

  /** Appends and fsyncs. Throws on a full or broken disk; what was half written is cut off again. */
  append(entry: SpoolEntry): void {
    const bytes = encodeEntry(entry)
    try {
      writeAll(this.#file, bytes)
      fsyncSync(this.#file)
    } catch (error) {
      ftruncateSync(this.#file, this.segment.sizeBytes)
      throw error
    }
    Object.assign(this.segment, { lastQ: entry.q, lastAt: entry.at })
    this.segment.sizeBytes += bytes.length
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** `damaged`: the entry at `cursor.q` cannot be read any more, nor can those after it in this segment. */
export type SegmentRead = { readonly state: 'end' | 'refused' | 'damaged'; readonly cursor: Cursor }

/** Reads entries from `q` on until `take` refuses one or the segment ends. */
export function readSegment(
  segment: Segment,
  q: number,
  cursor: Cursor | null,
  take: (entry: SpoolEntry) => boolean,
): SegmentRead {
  const file = openSync(segment.path, 'r')
  try {
    let at =
      cursor?.path === segment.path && cursor.q <= q ? cursor : { path: segment.path, q: segment.firstQ, offset: 0 }
    let chunk = readChunk(file, at.offset, CHUNK_BYTES)
    let base = at.offset
    while (at.q <= segment.lastQ) {
      let next = decodeEntry(chunk, at.offset - base)
      if (next === null) {
        base = at.offset
        chunk = readChunk(file, base, CHUNK_BYTES)
        next = decodeEntry(chunk, 0) ?? decodeEntry(readChunk(file, base, ENTRY_HEAD_BYTES + MAX_ENTRY_BYTES), 0)
      }
      if (next === null || next.entry.q !== at.q) return { state: 'damaged', cursor: at }
      if (next.entry.q >= q && !take(next.entry)) return { state: 'refused', cursor: at }
      at = { path: segment.path, q: at.q + 1, offset: at.offset + (next.end - (at.offset - base)) }
    }
    return { state: 'end', cursor: at }
  } finally {
    closeSync(file)
  }
}

const CHUNK_BYTES = 131_072

function readChunk(file: number, offset: number, maxBytes: number): Buffer {
  const chunk = Buffer.allocUnsafe(maxBytes)
  let got = 0
  for (let count = 1; count > 0 && got < maxBytes; got += count) {
    count = readSync(file, chunk, got, maxBytes - got, offset + got)
  }
  return chunk.subarray(0, got)
}
