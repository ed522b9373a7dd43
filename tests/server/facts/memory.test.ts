/** What history remembers: counters, first sights, bounds; and that late or repeated readings change nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Memory } from '../../../server/facts/facts.ts'
import { remember } from '../../../server/facts/memory.ts'
import { MemoryDraft, MOST_ENTRIES } from '../../../server/facts/memory-draft.ts'
import { smartFrom, smartNumbers } from '../../../server/facts/smart-numbers.ts'
import { grownBy, usualBefore } from '../../../server/rules/history.ts'
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { checkFacts } from '../assess/a-machine.ts'
import { aDrive, NOW, NVME, SMART } from '../assess/sections.ts'

const disk = (at: number, ...drives: Drive[]) =>
  checkFacts('disk', { collectedAt: at, parts: { disk: { drives: read('disk/smartctl', drives) } } })
const entry = (memory: Memory, key: string) => memory[key]

describe('remember', () => {
  it('starts a counter at first sight and follows it', () => {
    const first = remember({}, 'disk', disk(NOW, aDrive({}, { pendingSectors: 3 })), NOW)
    const later = NOW + 6 * HOUR_MS
    const next = remember(first, 'disk', disk(later, aDrive({}, { pendingSectors: 5 })), later)
    expect(entry(next, 'disk/smart:WD/1:pendingSectors')).toEqual({
      since: NOW,
      seenAt: later,
      first: 3,
      value: 5,
      changedAt: later,
      steps: [
        { at: NOW, value: 3 },
        { at: later, value: 5 },
      ],
    })
    expect(entry(first, 'disk/smart:WD/1:pendingSectors')?.value).toBe(3)
  })

  it('is the same object when the same reading comes again, and when an older one comes late', () => {
    const facts = disk(NOW, aDrive({}, { pendingSectors: 3 }))
    const memory = remember({}, 'disk', facts, NOW)
    expect(remember(memory, 'disk', facts, NOW)).toBe(memory)
    expect(remember(memory, 'disk', disk(NOW - HOUR_MS, aDrive({}, { pendingSectors: 9 })), NOW)).toBe(memory)
  })

  it('does not rewrite itself every minute for what is read every minute', () => {
    const memory = remember({}, 'disk', disk(NOW, aDrive()), NOW)
    const { section, samples } = disk(NOW, aDrive())
    const minute = {
      section,
      samples,
      lastAt: NOW + MINUTE_MS,
      collectedAt: { drives: NOW, arrays: NOW + MINUTE_MS, volumes: NOW + MINUTE_MS },
    }
    expect(remember(memory, 'disk', minute, NOW + MINUTE_MS)).toBe(memory)
  })

  it('counts readings that miss a drive, each once', () => {
    let memory = remember({}, 'disk', disk(NOW, aDrive()), NOW)
    const values = [1, 1, 2, 3].map((day) => {
      const at = NOW + day * DAY_MS
      memory = remember(memory, 'disk', disk(at), at)
      return entry(memory, 'disk/drive:WD/1')?.value
    })
    expect(values).toEqual([1, 1, 2, 2])
    expect(entry(memory, 'disk/drive:WD/1')?.seenAt).toBe(NOW)
  })

  it('learns nothing from what failed or was never collected', () => {
    const facts = checkFacts('patch', { parts: { patch: { updates: failed('x', { code: 'timeout', detail: '' }) } } })
    expect(Object.keys(remember({}, 'patch', facts, NOW)).filter((key) => key.startsWith('patch/security'))).toEqual([])
    expect(remember({}, 'patch', { ...facts, lastAt: null }, NOW)).toEqual({})
  })

  it('gives a sleeping drive back what it said when it was awake', () => {
    for (const smart of [
      SMART,
      NVME,
      { ...SMART, passed: false, scsi: { grownDefects: 3, uncorrectedErrors: null } },
    ]) {
      const told = new Map(
        smartNumbers(smart).flatMap(([field, value]) => (value === null ? [] : [[field, value] as const])),
      )
      expect(smartFrom(told)).toEqual(smart)
    }
    const failing: Smart = { ...SMART, failingAttributes: [{ id: 5, name: 'Reallocated', when: 'past' }] }
    const told = new Map(
      smartNumbers(failing).flatMap(([field, value]) => (value === null ? [] : [[field, value] as const])),
    )
    expect(smartFrom(told).failingAttributes).toEqual([{ id: 5, name: 'attribute 5', when: 'past' }])
  })
})

describe('MemoryDraft', () => {
  it('never holds more than its bound, and forgets what it has not seen for 90 days', () => {
    const draft = new MemoryDraft({})
    draft.note('old', 1, NOW - 91 * DAY_MS)
    for (let at = 0; at < MOST_ENTRIES + 50; at++) draft.note(`key${at}`, at, NOW + at)
    const memory = draft.done(NOW)
    expect(Object.keys(memory)).toHaveLength(MOST_ENTRIES)
    expect(memory['old']).toBeUndefined()
    expect(memory['key49']).toBeUndefined()
    expect(memory['key50']).toBeDefined()
  })

  it('knows no keys but its own', () => {
    expect(new MemoryDraft({}).get('constructor')).toBeNull()
  })
})

describe('growth', () => {
  /** A counter that only goes up, at random times within 60 days. */
  const counter = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 * 24 }), fc.integer({ min: 0, max: 5 })), {
    minLength: 1,
    maxLength: 60,
  })
  const windows = fc.constantFrom(1, 7, 30)

  it('is never seen smaller than it was', () => {
    fc.assert(
      fc.property(counter, windows, (raw, days) => {
        const hours = [...new Set(raw.map(([hour]) => hour))].sort((a, b) => a - b)
        const draft = new MemoryDraft({})
        let value = 0
        const points = hours.map((hour, at) => {
          value += raw[at]?.[1] ?? 0
          draft.note('c', value, hour * HOUR_MS)
          return { at: hour * HOUR_MS, value }
        })
        const now = (hours.at(-1) ?? 0) * HOUR_MS
        const known = draft.get('c')
        if (known === null) throw new Error('nothing was noted')
        const from = now - days * DAY_MS
        const base = points.findLast((point) => point.at <= from)?.value ?? points[0]?.value ?? 0
        const grown = grownBy(known, days * DAY_MS, now)
        expect(grown.by).toBeGreaterThanOrEqual(value - base)
        if (known.steps.length < 20) expect(grown.by).toBe(value - base)
        expect(grown.changesAt).toBeGreaterThan(now)
      }),
    )
  })

  it('does not change before it says it does', () => {
    fc.assert(
      fc.property(
        counter,
        windows,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (raw, days, part) => {
          const draft = new MemoryDraft({})
          let value = 0
          for (const [hour, more] of [...raw].sort(([a], [b]) => a - b)) {
            value += more
            draft.note('c', value, hour * HOUR_MS)
          }
          const known = draft.get('c')
          if (known === null) throw new Error('nothing was noted')
          const first = grownBy(known, days * DAY_MS, known.seenAt)
          const until = Math.min(first.changesAt, known.seenAt + 90 * DAY_MS)
          const later = grownBy(known, days * DAY_MS, known.seenAt + Math.floor((until - known.seenAt) * part))
          expect([later.by, later.isWhole]).toEqual([first.by, first.isWhole])
        },
      ),
    )
  })
})

describe('usualBefore', () => {
  const sizes = (...steps: [day: number, value: number][]) => {
    const draft = new MemoryDraft({})
    for (const [day, value] of steps) draft.note('b', value, day * DAY_MS)
    const known = draft.get('b')
    if (known === null) throw new Error('nothing was noted')
    return usualBefore(known, 30 * DAY_MS)
  }
  it('is not known before three days', () => expect(sizes([0, 5], [2, 1])).toBeNull())
  it('is what held longest before the last change', () => expect(sizes([0, 100], [20, 90], [25, 10])).toBe(100))
  it('is the value itself when it never changed', () => expect(sizes([0, 100], [4, 100])).toBe(100))
  it('is not bent by one odd copy', () => expect(sizes([0, 100], [10, 3], [11, 101], [20, 20])).toBe(100))
})
