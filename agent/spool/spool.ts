/**
 * The spool: everything that leaves goes through it first. Append-only segments, fsync per entry, cumulative ack, rewind,
 * bounded with exact gaps. Not pure; synchronous, so that an entry is on disk when `append` returns.
 *
 * Each segment begins with a record that stands alone, hence whole segments can be given up and reading goes on after the gap.
 */
import { readdirSync, rmSync, statfsSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, toB64 } from '../../shared/protocol/bytes.ts'
import { randomBytes } from '../../shared/protocol/crypto.ts'
import type { GapReason } from '../../shared/protocol/record.ts'
import type { EpochMs } from '../../shared/units.ts'
import { DAY_MS, HOUR_MS } from '../../shared/units.ts'
import { readJsonFile, writeFileAtomic } from '../atomic-file.ts'
import type { SpoolEntry } from './entry.ts'
import { makeGap } from './gap.ts'
import { chooseEvictions } from './retention.ts'
import { type Cursor, isSegmentName, OpenSegment, readSegment, type Segment, scanSegment } from './segment.ts'

/** Bounds of the spool. */
export type SpoolLimits = {
  readonly segmentBytes: number
  readonly maxBytes: number
  readonly maxAgeMs: number
  /** What is kept after its ack, for a server that was restored from a backup. */
  readonly ackedBytes: number
  readonly ackedAgeMs: number
  /** Below either of them only the latest state is kept. */
  readonly minFreeBytes: number
  readonly minFreeRatio: number
}

/** security-reliability.md 5.2. */
export const SPOOL_LIMITS: SpoolLimits = {
  segmentBytes: 1_048_576,
  maxBytes: 67_108_864,
  maxAgeMs: 30 * DAY_MS,
  ackedBytes: 8_388_608,
  ackedAgeMs: 36 * HOUR_MS,
  minFreeBytes: 524_288_000,
  minFreeRatio: 0.02,
}

/** Room on the spool's volume, for anybody. */
export type FreeSpace = { readonly freeBytes: number; readonly totalBytes: number }

/** What a test sets differently. */
export type SpoolOptions = {
  readonly limits?: SpoolLimits
  /** Free space of the spool's volume; a test may state it. */
  readonly readFreeSpace?: () => FreeSpace
}

/** What `status` and `show` tell of the spool. */
export type SpoolFacts = {
  readonly lastQ: number
  readonly ackedQ: number
  readonly sizeBytes: number
  readonly low: boolean
}

type Stored = { stream: Uint8Array; floorQ: number; why: GapReason; ackedQ: number }

/** The spool of one data folder. Lives as long as the agent. */
export class Spool {
  readonly #folder: string
  readonly #limits: SpoolLimits
  readonly #readFreeSpace: () => FreeSpace
  #stored: Stored
  #segments: Segment[] = []
  #open: OpenSegment | null = null
  #cursor: Cursor | null = null
  #lastQ = 0
  #low = false
  #fullWanted = true

  /** Opens the spool of a folder (0700, existing), cuts torn tails; an empty folder starts a new stream. */
  constructor(folder: string, options: SpoolOptions = {}) {
    this.#folder = folder
    this.#limits = options.limits ?? SPOOL_LIMITS
    this.#readFreeSpace = options.readFreeSpace ?? (() => readFreeSpaceOf(folder))
    this.#stored = this.#load()
    const names = readdirSync(folder).filter(isSegmentName).sort()
    for (const name of names) {
      const segment = scanSegment(join(folder, name))
      if (segment !== null && segment.firstQ > this.#lastQ) this.#segments.push(segment)
      this.#lastQ = Math.max(this.#lastQ, segment?.lastQ ?? 0)
    }
    this.#lastQ = Math.max(this.#lastQ, this.#stored.floorQ, this.#stored.ackedQ)
  }

  /** Random id of this spool, 16 bytes. */
  get stream(): Uint8Array {
    return this.#stored.stream
  }

  /** The q that the next entry gets. */
  get nextQ(): number {
    return this.#lastQ + 1
  }

  /** Highest q known to be durable on the server. */
  get ackedQ(): number {
    return this.#stored.ackedQ
  }

  /** The next record must stand alone: at start, when a segment begins, after a gap, while the disk is nearly full. */
  get needsFull(): boolean {
    this.#low = this.#isLow()
    return this.#fullWanted || this.#low || this.#mustRotate()
  }

  get facts(): SpoolFacts {
    return { lastQ: this.#lastQ, ackedQ: this.#stored.ackedQ, sizeBytes: this.#sizeBytes(), low: this.#low }
  }

  /**
   * Freezes an entry: on disk and fsynced when this returns. `bytes` must already hold `nextQ` as its q.
   * Throws when the disk refuses; nothing is counted then, and the next record must stand alone.
   */
  append(
    entry: { readonly kind: 'report' | 'attestation'; readonly full: boolean; readonly bytes: Uint8Array },
    now: EpochMs,
  ): number {
    const q = this.nextQ
    try {
      if (this.#startsSegment(entry.full)) this.#rotate(q, now)
      this.#open?.append({ ...entry, q, at: now })
    } catch (error) {
      this.#fullWanted = true
      throw error
    }
    this.#lastQ = q
    if (entry.full) this.#fullWanted = false
    this.#enforce(now)
    return q
  }

  /** The server holds everything up to `upTo` durably. */
  ack(upTo: number): void {
    if (upTo > this.#stored.ackedQ) this.#stored.ackedQ = Math.min(upTo, this.#lastQ)
  }

  /** The server holds less than was acknowledged (restored from a backup), or more than this spool knows of. */
  resume(have: number): 'same' | 'rewound' | 'unknown-to-us' {
    if (have > this.#lastQ) return 'unknown-to-us'
    const rewound = have < this.#stored.ackedQ
    this.#stored.ackedQ = have
    return rewound ? 'rewound' : 'same'
  }

  /** Starts a new stream over what is stored: this spool was put back from an older copy, and its numbers mean other records on the server. */
  renewStream(): void {
    this.#stored = { stream: randomBytes(16), floorQ: 0, why: 'damaged', ackedQ: 0 }
    this.#fullWanted = true
    this.#save(true)
  }

  /** Gives up everything up to `upTo`: the server will not take it, or the disk has no room. */
  giveUp(upTo: number, why: GapReason): void {
    this.#stored.floorQ = Math.max(this.#stored.floorQ, Math.min(upTo, this.#lastQ))
    this.#stored.why = why
    this.#save(true)
  }

  /**
   * Entries from `fromQ` on, in order, at most `maxEntries` and about `maxBytes`. Where entries are missing the first one
   * is a gap that ends right before a record standing alone. Empty: nothing (yet) to send.
   */
  read(fromQ: number, maxEntries: number, maxBytes: number): readonly SpoolEntry[] {
    const found: SpoolEntry[] = []
    let room = maxBytes
    let due = Math.max(1, fromQ)
    const take = (entry: SpoolEntry) => {
      if (found.length >= maxEntries || (found.length > 0 && entry.bytes.length > room)) return false
      found.push(entry)
      room -= entry.bytes.length
      due = entry.q + 1
      return true
    }
    if (this.#isMissing(due)) return this.#readGap(due)
    while (!this.#isMissing(due) && this.#readOnce(due, take)) {}
    return found
  }

  /** Stores the mark and closes the file. */
  close(): void {
    this.#save(false)
    this.#open?.close()
    this.#open = null
  }

  /** @returns whether reading may go on in the next segment. */
  #readOnce(q: number, take: (entry: SpoolEntry) => boolean): boolean {
    const segment = this.#segments.find((candidate) => candidate.lastQ >= q)
    if (segment === undefined) return false
    const { state, cursor } = readSegment(segment, q, this.#cursor, take)
    this.#cursor = cursor
    // What rotted on disk after it was scanned becomes a hole, and the hole a gap.
    if (state === 'damaged') segment.lastQ = cursor.q - 1
    return state === 'end'
  }

  #isMissing(q: number): boolean {
    if (q > this.#lastQ) return false
    const segment = this.#segments.find((candidate) => candidate.lastQ >= q)
    return q <= this.#stored.floorQ || segment === undefined || segment.firstQ > q
  }

  #readGap(from: number): readonly SpoolEntry[] {
    let next: SpoolEntry | null = null
    const take = (entry: SpoolEntry) => {
      if (entry.full) next = entry
      return next === null
    }
    for (const segment of this.#segments) {
      const start = Math.max(from, this.#stored.floorQ + 1)
      if (next === null && segment.lastQ >= start) readSegment(segment, start, null, take)
    }
    if (next === null) this.#fullWanted = true
    return next === null ? [] : [makeGap(from, next, from <= this.#stored.floorQ ? this.#stored.why : 'damaged')]
  }

  #mustRotate(): boolean {
    return this.#open === null || this.#open.segment.sizeBytes >= this.#limits.segmentBytes
  }

  /** A segment left empty by a failed append is used, not followed by another of the same name. */
  #startsSegment(full: boolean): boolean {
    if (this.#open === null) return true
    return full && this.#open.segment.sizeBytes > 0 && (this.#low || this.#mustRotate())
  }

  #rotate(q: number, now: EpochMs): void {
    this.#open?.close()
    this.#open = null
    this.#save(false)
    this.#open = new OpenSegment(this.#folder, q, now)
    this.#segments.push(this.#open.segment)
  }

  #enforce(now: EpochMs): void {
    const { ackedQ } = this.#stored
    const { evicted, lostTo } = chooseEvictions(this.#segments, { ackedQ, now, latestOnly: this.#low }, this.#limits)
    if (lostTo !== null) this.giveUp(lostTo, 'evicted')
    for (const segment of evicted) unlinkSync(segment.path)
    if (evicted.length > 0) this.#segments = this.#segments.filter((segment) => !evicted.includes(segment))
  }

  #isLow(): boolean {
    const { freeBytes, totalBytes } = this.#readFreeSpace()
    return freeBytes < this.#limits.minFreeBytes || freeBytes < totalBytes * this.#limits.minFreeRatio
  }

  #sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0)
  }

  #load(): Stored {
    const stored = readJsonFile(join(this.#folder, 'stream.json'))
    const fields = typeof stored === 'object' && stored !== null ? (stored as { [key: string]: unknown }) : {}
    const stream = typeof fields['stream'] === 'string' ? fromB64(fields['stream'], 16) : null
    if (stream?.ok) {
      const number = (name: string) => (Number.isSafeInteger(fields[name]) ? Number(fields[name]) : 0)
      const why = fields['why'] === 'too-large' || fields['why'] === 'evicted' ? fields['why'] : 'damaged'
      return { stream: stream.value, floorQ: number('floorQ'), why, ackedQ: number('ackedQ') }
    }
    // Segments without their stream id mean nothing to the server: the spool is lost and a new stream begins.
    for (const name of readdirSync(this.#folder).filter(isSegmentName)) rmSync(join(this.#folder, name))
    this.#stored = { stream: randomBytes(16), floorQ: 0, why: 'damaged', ackedQ: 0 }
    this.#save(true)
    return this.#stored
  }

  #save(durable: boolean): void {
    const { stream, ...rest } = this.#stored
    const text = `${JSON.stringify({ stream: toB64(stream), ...rest })}\n`
    writeFileAtomic(join(this.#folder, 'stream.json'), text, { mode: 0o600, durable })
  }
}

function readFreeSpaceOf(folder: string): FreeSpace {
  const { bavail, blocks, bsize } = statfsSync(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
