/** The spool: what was appended comes back byte for byte; every loss is a gap that says exactly what is missing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SpoolEntry } from '../../../agent/spool/entry.ts'
import { SPOOL_LIMITS, Spool, type SpoolLimits } from '../../../agent/spool/spool.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'

const NOW = 1_790_000_000_000
const ROOMY = { freeBytes: 10_000_000_000, totalBytes: 20_000_000_000 }
const SMALL: SpoolLimits = { ...SPOOL_LIMITS, segmentBytes: 600, maxBytes: 3_000, ackedBytes: 1_200 }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-spool-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (limits: SpoolLimits = SPOOL_LIMITS, free = ROOMY) =>
  new Spool(folder, { limits, readFreeSpace: () => free })
const body = (q: number, pad = 0) => Buffer.from(JSON.stringify({ q, at: NOW, up: q, pad: 'x'.repeat(pad) }))
const textOf = (entry: SpoolEntry | undefined) => Buffer.from(entry?.bytes ?? []).toString('utf8')

function append(spool: Spool, pad = 0, now = NOW): Buffer {
  const bytes = body(spool.nextQ, pad)
  spool.append({ kind: 'report', full: spool.needsFull, bytes }, now)
  return bytes
}

/** Reads everything after `have`, as the server would take it. */
function drain(spool: Spool, have: number): SpoolEntry[] {
  const all: SpoolEntry[] = []
  for (let due = have + 1; ; ) {
    const some = spool.read(due, 7, 500)
    if (some.length === 0) return all
    all.push(...some)
    due = (some.at(-1)?.q ?? 0) + 1
  }
}

describe('spool', () => {
  test('counts up from 1, gives back frozen bytes, and goes on after a restart with the same stream', () => {
    const first = open()
    const sent = [append(first), append(first), append(first)]
    const { stream } = first
    first.close()
    const second = open()
    expect(second.stream).toEqual(stream)
    expect(second.nextQ).toBe(4)
    expect(second.needsFull).toBe(true)
    expect(drain(second, 0).map((entry) => Buffer.from(entry.bytes))).toEqual(sent)
    second.close()
  })

  test('rewinds when the server holds less than it acknowledged, and says so', () => {
    const spool = open()
    for (let i = 0; i < 5; i++) append(spool)
    spool.ack(5)
    expect(drain(spool, 5)).toEqual([])
    expect(spool.resume(2)).toBe('rewound')
    expect(drain(spool, 2).map((entry) => entry.q)).toEqual([3, 4, 5])
    expect(spool.resume(9)).toBe('unknown-to-us')
    spool.close()
  })

  test('an eviction leaves one gap with its exact bounds, and reading goes on with a record standing alone', () => {
    const spool = open(SMALL)
    for (let i = 0; i < 60; i++) append(spool, 40)
    const entries = drain(spool, 0)
    const [gap, next] = entries
    expect(gap?.kind).toBe('gap')
    expect(JSON.parse(textOf(gap)).gap).toEqual({ from: 1, why: 'evicted' })
    expect(next?.full).toBe(true)
    expect(next?.q).toBe((gap?.q ?? 0) + 1)
    expect(entries.at(-1)?.q).toBe(60)
    expect(spool.facts.sizeBytes).toBeLessThanOrEqual(SMALL.maxBytes + SMALL.segmentBytes + 200)
    const again = drain(spool, 0)
    expect(textOf(again[0])).toBe(textOf(gap))
    spool.close()
  })

  test('40 days offline: records older than 30 days are given up, the others are all there', () => {
    const spool = open({ ...SPOOL_LIMITS, segmentBytes: 2_000 })
    for (let hour = 0; hour < 40 * 24; hour++) append(spool, 100, NOW + hour * HOUR_MS)
    const entries = drain(spool, 0)
    const kept = entries.filter((entry) => entry.kind === 'report')
    expect(entries[0]?.kind).toBe('gap')
    expect(kept[0]?.q).toBe((entries[0]?.q ?? 0) + 1)
    const oldestAgeMs = NOW + (40 * 24 - 1) * HOUR_MS - (kept[0]?.at ?? 0)
    expect(oldestAgeMs).toBeGreaterThan(29 * DAY_MS)
    expect(oldestAgeMs).toBeLessThan(31 * DAY_MS)
    expect(kept.map((entry) => entry.q)).toEqual(Array.from({ length: kept.length }, (_, i) => (kept[0]?.q ?? 0) + i))
    spool.close()
  })

  test('7 days offline at one record a minute lose nothing', () => {
    const spool = open()
    const minutes = 7 * 24 * 60
    for (let minute = 0; minute < minutes; minute += 10) append(spool, 300, NOW + minute * 60_000)
    expect(drain(spool, 0).length).toBe(minutes / 10)
    spool.close()
  })

  test('acknowledged segments stay for 36 hours and 8 MiB, then go without a gap', () => {
    const spool = open(SMALL)
    for (let i = 0; i < 100; i++) {
      append(spool, 40)
      spool.ack(spool.nextQ - 1)
    }
    expect(spool.facts.sizeBytes).toBeLessThan(SMALL.ackedBytes + 2 * SMALL.segmentBytes)
    expect(drain(spool, 100)).toEqual([])
    append(spool, 0, NOW + 37 * HOUR_MS)
    const [gap] = drain(spool, 50)
    expect(JSON.parse(textOf(gap)).gap.from).toBe(51)
    spool.close()
  })

  test('a nearly full disk keeps only the latest state and says what is lost', () => {
    const spool = open(SPOOL_LIMITS, { freeBytes: 100_000_000, totalBytes: 20_000_000_000 })
    for (let i = 0; i < 5; i++) append(spool)
    expect(spool.facts.low).toBe(true)
    expect(readdirSync(folder).filter((name) => name.endsWith('.seg'))).toHaveLength(1)
    const entries = drain(spool, 0)
    expect(entries.map((entry) => [entry.kind, entry.q, entry.full])).toEqual([
      ['gap', 4, false],
      ['report', 5, true],
    ])
    spool.close()
  })

  test('a record that the server will not take is given up, and the next one stands alone', () => {
    const spool = open()
    append(spool)
    append(spool)
    spool.giveUp(1, 'too-large')
    expect(drain(spool, 0)).toEqual([])
    expect(spool.needsFull).toBe(true)
    append(spool)
    const entries = drain(spool, 0)
    expect(JSON.parse(textOf(entries[0])).gap).toEqual({ from: 1, why: 'too-large' })
    expect(entries.map((entry) => entry.q)).toEqual([2, 3])
    spool.close()
  })

  test('a renewed stream begins again with a gap from 1', () => {
    const spool = open()
    append(spool)
    const before = spool.stream
    spool.renewStream()
    append(spool)
    expect(spool.stream).not.toEqual(before)
    expect(drain(spool, 0).map((entry) => entry.q)).toEqual([1, 2])
    spool.close()
  })

  test('segments without their stream id are another spool: nothing of them is sent', () => {
    const spool = open()
    append(spool)
    spool.close()
    writeFileSync(join(folder, 'stream.json'), '{"stream":')
    const fresh = open()
    expect(fresh.nextQ).toBe(1)
    expect(drain(fresh, 0)).toEqual([])
    fresh.close()
  })

  test('rot in the middle of a segment becomes a gap, never a wrong record', () => {
    const spool = open({ ...SPOOL_LIMITS, segmentBytes: 500 })
    for (let i = 0; i < 30; i++) append(spool, 20)
    const names = readdirSync(folder)
      .filter((name) => name.endsWith('.seg'))
      .sort()
    const victim = join(folder, names[1] ?? '')
    const bytes = readFileSync(victim)
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff
    writeFileSync(victim, bytes)
    expectSound(drain(spool, 0), 0, 30)
    spool.close()
    const again = open({ ...SPOOL_LIMITS, segmentBytes: 500 })
    expectSound(drain(again, 0), 0, 30)
    again.close()
  })
})

/** Contiguous from `have` to `last`; a gap starts where it is due and is followed by a record standing alone. */
function expectSound(entries: readonly SpoolEntry[], have: number, last: number): void {
  let due = have + 1
  let afterGap = false
  for (const entry of entries) {
    if (entry.kind === 'gap') {
      expect(JSON.parse(textOf(entry)).gap.from).toBe(due)
      expect(entry.q).toBeGreaterThanOrEqual(due)
    } else {
      expect(entry.q).toBe(due)
      if (afterGap) expect(entry.full).toBe(true)
      expect(JSON.parse(textOf(entry)).q).toBe(entry.q)
    }
    afterGap = entry.kind === 'gap'
    due = entry.q + 1
  }
  expect(due).toBe(last + 1)
}

type Step =
  | { readonly do: 'append'; readonly pad: number }
  | { readonly do: 'ack' | 'rewind' | 'restart' }
  | { readonly do: 'tear'; readonly share: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('append' as const), pad: fc.nat(120) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('ack' as const, 'rewind' as const, 'restart' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('tear' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
)

describe('spool against a model', () => {
  test('any mixture of appends, acks, rewinds, restarts and torn tails delivers each record once, or a gap', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        rmSync(folder, { recursive: true, force: true })
        folder = mkdtempSync(join(tmpdir(), 'rounds-spool-'))
        let spool = open(SMALL)
        const appended = new Map<number, string>()
        let have = 0
        for (const each of steps) {
          if (each.do === 'append') appended.set(spool.nextQ, append(spool, each.pad).toString('utf8'))
          if (each.do === 'ack') {
            have = Math.max(have, spool.nextQ - 1)
            spool.ack(have)
          }
          if (each.do === 'rewind') {
            have = Math.floor(have / 2)
            spool.resume(have)
          }
          if (each.do === 'restart' || each.do === 'tear') {
            spool.close()
            const lost = each.do === 'tear' ? tearTail(each.share) : 0
            spool = open(SMALL)
            have = Math.min(have, spool.nextQ - 1)
            for (let q = spool.nextQ; q < spool.nextQ + lost; q++) appended.delete(q)
          }
          checkAgainst(spool, appended, have)
        }
        spool.close()
      }),
      { numRuns: 60 },
    )
  })

  test('cut at any byte: what was whole before the cut is there, and nothing else', () => {
    const spool = open()
    const sent = Array.from({ length: 6 }, (_, i) => append(spool, 10 * i))
    spool.close()
    const [name = ''] = readdirSync(folder).filter((entry) => entry.endsWith('.seg'))
    const whole = readFileSync(join(folder, name))
    for (let size = whole.length; size >= 0; size -= 3) {
      writeFileSync(join(folder, name), whole.subarray(0, size))
      const cut = open()
      let end = 0
      const wholeBefore = sent.filter((bytes) => {
        end += 25 + bytes.length
        return end <= size
      })
      expect(drain(cut, 0).map((entry) => Buffer.from(entry.bytes))).toEqual(wholeBefore)
      cut.close()
    }
  })
})

function checkAgainst(spool: Spool, appended: ReadonlyMap<number, string>, have: number): void {
  const entries = drain(spool, have)
  const last = entries.at(-1)?.q ?? have
  expectSound(entries, have, last)
  for (const entry of entries) {
    if (entry.kind === 'report') expect(textOf(entry)).toBe(appended.get(entry.q))
  }
}

/** Cuts the newest segment somewhere, as a power cut would. @returns at most how many records that took. */
function tearTail(share: number): number {
  const name = readdirSync(folder)
    .filter((entry) => entry.endsWith('.seg'))
    .sort()
    .at(-1)
  if (name === undefined) return 0
  const path = join(folder, name)
  truncateSync(path, Math.floor(statSync(path).size * share))
  return 60
}
