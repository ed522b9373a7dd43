/** Records: what changed and nothing else; full ones stand alone; limits are kept loudly. */

import fc from 'fast-check'
import { Check } from 'typebox/schema'
import { describe, expect, test } from 'vitest'
import { type AssembleInput, assemble, type Baseline } from '../../../agent/report/assemble.ts'
import { buildSection, type Collected } from '../../../agent/report/section.ts'
import { SECTION_SCHEMAS } from '../../../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import { fromB64 } from '../../../shared/protocol/bytes.ts'
import { canonicalize } from '../../../shared/protocol/canonical.ts'
import { isSoundRecord, WireRecord } from '../../../shared/protocol/record.ts'
import { sectionHash } from '../../../shared/protocol/section-hash.ts'
import { read } from '../../../shared/reading.ts'

const NOW = 1_790_000_000_000
const vitals = (usedBytes: number | null, at = NOW): Collected => ({
  check: 'system',
  parts: {},
  samples: { 'memory:usedBytes': usedBytes, 'uptime:seconds': 9 },
  collectedAt: at,
})
const boot = (bootedAt: number, at = NOW): Collected => ({
  check: 'system',
  parts: { boot: read('system/proc', { bootedAt }) },
  samples: {},
  collectedAt: at,
})
const volume = (mount: string) => ({
  mount,
  device: '/dev/sda1',
  fsType: 'ext4',
  network: false,
  system: mount === '/',
  readOnly: false,
  readOnlyExpected: null,
  errorCount: null,
  size: read('disk/statfs', { totalBytes: 5, inodesTotal: null }),
})

function input(change: Partial<AssembleInput>): AssembleInput {
  return {
    q: 2,
    at: NOW,
    up: 5,
    collected: [],
    fresh: new Set<CheckName>(['system']),
    baseline: {},
    full: false,
    bodies: false,
    wanted: new Set(),
    ...change,
  }
}
const first = (collected: readonly Collected[]) => assemble(input({ q: 1, collected, full: true, bodies: true }))

describe('a record', () => {
  test('the first one stands alone: six hashes, six bodies, all samples', () => {
    const { record } = first([vitals(1), boot(5)])
    expect(record.f).toBe(1)
    expect(Object.keys(record.s ?? {}).sort()).toEqual([...CHECK_NAMES])
    expect(record.s?.disk?.b).toMatchObject({ volumes: { state: 'never' } })
    expect(record.v).toEqual({ system: [0, 1, 1, 9] })
    expect(record.c).toEqual({ system: 0 })
  })

  test('an unchanged machine: no sections, and only the samples that moved', () => {
    const { next } = first([vitals(1), boot(5)])
    const same = assemble(input({ collected: [vitals(1), boot(5)], baseline: next }))
    expect(same.record).toEqual({ q: 2, at: NOW, up: 5, c: { system: 0 } })
    const moved = assemble(input({ collected: [vitals(2), boot(5)], baseline: next }))
    expect(moved.record.v).toEqual({ system: [0, 2] })
    expect(moved.record.s).toBeUndefined()
    expect(Buffer.byteLength(JSON.stringify(moved.record))).toBeLessThan(150)
  })

  test('a failed sample is null, never absent', () => {
    const { next } = first([vitals(1)])
    expect(assemble(input({ collected: [vitals(null)], baseline: next })).record.v).toEqual({ system: [0, null] })
    expect(assemble(input({ collected: [vitals(Number.NaN)], baseline: next })).record.v).toEqual({ system: [0, null] })
  })

  test('a changed section carries its body and all its samples', () => {
    const { next } = first([vitals(1), boot(5)])
    const { record } = assemble(input({ collected: [vitals(1), boot(6)], baseline: next }))
    expect(record.s?.system?.b).toMatchObject({ boot: { value: { bootedAt: 6 } } })
    expect(record.v).toEqual({ system: [0, 1, 1, 9] })
    expect(record.s?.disk).toBeUndefined()
  })

  test('a full record without changes has hashes and samples, no bodies', () => {
    const { next } = first([vitals(1)])
    const { record } = assemble(input({ collected: [vitals(1)], baseline: next, full: true }))
    expect(Object.values(record.s ?? {}).every((entry) => entry.b === undefined)).toBe(true)
    expect(Object.keys(record.s ?? {})).toHaveLength(6)
    expect(record.v).toEqual({ system: [0, 1, 1, 9] })
  })

  test('a wanted body comes though nothing changed', () => {
    const { next } = first([vitals(1)])
    const { record } = assemble(
      input({ collected: [vitals(1)], baseline: next, fresh: new Set(), wanted: new Set(['disk']) }),
    )
    expect(Object.keys(record.s ?? {})).toEqual(['disk'])
    expect(record.s?.disk?.b).toBeDefined()
    expect(record.c).toBeUndefined()
  })

  test('parts that are older than the newest task of their check bear their own age', () => {
    const { record } = first([vitals(1, NOW - 100), boot(5, NOW - 3_600_000)])
    expect(record.c).toEqual({ system: 100, 'system#boot': 3_600_000 })
  })

  test('bodies that do not fit into one frame are left for the next record', () => {
    const names = Array.from({ length: 64 }, (_, i) => ({ id: `t${i}`, name: 'n'.repeat(120) }))
    const volumes = Array.from({ length: 120 }, (_, i) => volume(`/${i}/${'m'.repeat(490)}`))
    const packages = Array.from({ length: 256 }, (_, i) => ({
      name: `${i}`.padEnd(128, 'p'),
      version: 'v'.repeat(128),
    }))
    const counts = { security: 256, other: 0, phased: 0, held: 0, heldSecurity: 0, keptBack: 0 }
    const one = (check: CheckName, parts: Collected['parts']): Collected => ({
      check,
      parts,
      samples: {},
      collectedAt: NOW,
    })
    const made = first([
      one('backup', { tools: read('backup/tools', names) }),
      one('disk', { volumes: read('disk/mounts', volumes) }),
      one('patch', { updates: read('patch/apt', { ...counts, securityUpdates: packages }) }),
      one('system', { boot: read('system/proc', { bootedAt: 1 }) }),
    ])
    expect(made.cuts).toEqual([])
    const bytes = Buffer.byteLength(JSON.stringify(made.record))
    expect(bytes).toBeLessThan(260_000)
    const again = assemble(input({ collected: [], baseline: made.next, wanted: made.leftOut }))
    expect(Buffer.byteLength(JSON.stringify(again.record))).toBeLessThan(260_000)
  })
})

describe('limits', () => {
  test('a list longer than its schema becomes a failed part that says so; the others stay', () => {
    const many = Array.from({ length: 700 }, (_, i) => volume(`/mnt/${i}`))
    const section = buildSection('disk', [
      {
        check: 'disk',
        parts: { volumes: read('disk/mounts', many), arrays: read('disk/mdstat', []) },
        samples: {},
        collectedAt: NOW,
      },
    ])
    expect(section.body['volumes']).toMatchObject({
      state: 'failed',
      // Never a code that means "does not exist here": what was cut would end the findings about it.
      code: 'parse',
      detail: expect.stringContaining('700'),
    })
    expect(section.body['arrays']).toMatchObject({ state: 'value' })
    expect(section.cuts).toHaveLength(1)
  })

  test('a lone surrogate, a fraction and a foreign part never stop a report', () => {
    const section = buildSection('system', [
      {
        check: 'system',
        parts: { boot: read('system/proc', { bootedAt: 1.5 }), hardware: read('x', { model: '\ud800' }), nonsense: 1 },
        samples: { 'bad:\ud800': 1, 'good:key': 2 },
        collectedAt: NOW,
      },
    ])
    expect(section.body['boot']).toMatchObject({ state: 'failed' })
    expect(section.body['hardware']).toMatchObject({ state: 'failed' })
    expect(section.body['nonsense']).toBeUndefined()
    expect(section.keys).toEqual(['good:key'])
    expect(Check(SECTION_SCHEMAS.system, section.body)).toBe(true)
  })

  test('any parts in: the section fits its schema and has a hash', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CHECK_NAMES),
        fc.dictionary(
          fc.constantFrom('volumes', 'drives', 'products', 'jobs', 'updates', 'sshd', 'os', 'samples'),
          fc.anything(),
        ),
        fc.dictionary(fc.string(), fc.option(fc.double())),
        (check, parts, samples) => {
          const section = buildSection(check, [{ check, parts, samples, collectedAt: NOW }])
          expect(Check(SECTION_SCHEMAS[check], section.body)).toBe(true)
          expect(canonicalize(section.body).ok).toBe(true)
          const hash = sectionHash(check, section.body)
          expect(hash.ok && fromB64(section.h, 32)).toMatchObject({ ok: true, value: hash.ok ? hash.value : null })
        },
      ),
      { numRuns: 200 },
    )
  })
})

test('a server that applies the deltas ends with what the agent holds', () => {
  const step = fc.record({ used: fc.option(fc.nat(5)), boot: fc.nat(2), full: fc.boolean(), fresh: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      let baseline: Baseline = {}
      let held: { h: string; keys: readonly string[]; values: (number | null)[] } = { h: '', keys: [], values: [] }
      steps.forEach((each, index) => {
        const made = assemble(
          input({
            q: index + 1,
            collected: [vitals(each.used), boot(each.boot)],
            full: each.full || index === 0,
            bodies: index === 0,
            baseline,
          }),
        )
        expect(Check(WireRecord, made.record) && isSoundRecord(made.record)).toBe(true)
        const entry = made.record.s?.system
        if (entry?.b !== undefined) held = { h: entry.h, keys: entry.b['samples'] as string[], values: [] }
        const pairs = made.record.v?.system ?? []
        for (let i = 0; i < pairs.length; i += 2) held.values[pairs[i] ?? -1] = pairs[i + 1] ?? null
        baseline = made.next
        const { h, keys, values } = made.sections.system
        expect(held).toEqual({ h, keys, values: keys.map((key) => values[key]) })
      })
    }),
  )
})
