/** The exposition of machines with hostile names, read back by a parser of its own. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { escapeLabel, renderFamilies } from '../../../server/metrics/exposition.ts'
import { FAMILIES, FAMILY_KEYS } from '../../../server/metrics/names.ts'
import { read } from '../../../shared/reading.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyMachine } from '../assess/random-machine.ts'
import { aDrive, aJob, anArray, aVolume, HEALTHY, NOW } from '../assess/sections.ts'
import { aClient, type entryOf, named, SITE, scrapeOnce } from './a-scrape.ts'
import { keyOfSeries, parseExposition, type Series } from './parse-exposition.ts'

const HOSTILE = 'a"b\\c\nd\u0000\u001b[31m\u2028} 1\n# HELP rounds_machine_up no\\'
const LONG = 'x'.repeat(300)

const hostileMachine = () => {
  const os = { family: 'linux', id: HOSTILE.slice(0, 30), name: HOSTILE, version: '"13"', kernel: 'k' } as const
  const state = aMachine({
    parts: {
      disk: {
        drives: read('x', [aDrive({ key: HOSTILE }), aDrive({ key: LONG }), aDrive({ key: `${LONG}y` })]),
        arrays: read('x', [anArray({ name: HOSTILE }), anArray({ name: 'md1"' })]),
        volumes: read('x', [
          aVolume({ mount: HOSTILE }),
          aVolume({ mount: `/${LONG}1` }),
          aVolume({ mount: `/${LONG}2` }),
        ]),
      },
      backup: { jobs: read('x', [aJob({ id: HOSTILE }), aJob({ id: 'a\u0001' }), aJob({ id: 'a\u0002' })]) },
      system: { os: read('x', { ...os, build: null, edition: null }) },
    },
    samples: {
      disk: {
        [`volume:${HOSTILE}:usedBytes`]: 7,
        [`volume:/${LONG}1:usedBytes`]: 1,
        [`volume:/${LONG}2:usedBytes`]: 2,
      },
    },
    agent: { build: '\\"\n' },
  })
  return { ...named(state, 'm1'), name: HOSTILE }
}
const hostileEntry = (state: ReturnType<typeof hostileMachine>) => ({
  state,
  client: aClient('c1', { name: HOSTILE }),
  site: SITE,
})
const of = (all: readonly Series[], name: string) => all.filter((series) => series.name === name)

describe('a machine whose every name is hostile', async () => {
  const { series } = parseExposition(await scrapeOnce([hostileMachine()], NOW, hostileEntry as typeof entryOf))
  const shown = 'a"b\\c\nd\ufffd\ufffd[31m\ufffd} 1\n# HELP rounds_machine_up no\\'

  it('has its names in label values, control characters replaced, and nowhere else', () => {
    const [info, ...more] = of(series, 'rounds_machine_info')
    expect(more).toEqual([])
    expect(info?.labels).toMatchObject({ machine: 'm1', site: 'office', os_version: '"13"', build: '\\"\n' })
    expect(info?.labels['name']).toMatch(/^a"b\\c\nd\ufffd\ufffd\[31m\ufffd\} 1\n# HELP rounds_machine_up no\\/)
    expect(of(series, 'rounds_machine_up')).toEqual([
      { name: 'rounds_machine_up', labels: { client: 'client-c1', site: 'office', machine: 'm1' }, value: 1 },
    ])
    const used = of(series, 'rounds_volume_used_bytes').find(({ labels }) => labels['volume']?.startsWith(shown))
    expect(used?.value).toBe(7)
  })

  it('keeps label values short, and apart although they begin alike', () => {
    for (const { labels } of series) {
      for (const value of Object.values(labels)) expect(value.length).toBeLessThanOrEqual(128)
    }
    expect(of(series, 'rounds_volume_used_bytes').map(({ value }) => value)).toEqual([7, 1, 2])
    expect(of(series, 'rounds_drive_healthy')).toHaveLength(3)
    expect(of(series, 'rounds_backup_copies')).toHaveLength(3)
    expect(new Set(series.map(keyOfSeries)).size).toBe(series.length)
  })
})

it('says nothing twice when a machine names an item twice', async () => {
  const twice = aMachine({
    parts: {
      disk: {
        drives: read('x', [aDrive(), aDrive({ device: '/dev/sdb' })]),
        arrays: read('x', [anArray(), anArray({ membersActive: 1 })]),
        volumes: read('x', [aVolume(), aVolume({ device: 'overmounted' })]),
      },
      backup: { jobs: read('x', [aJob(), aJob()]) },
      antivirus: { products: read('x', [...products(), ...products()]) },
      system: { batteries: read('x', [battery(90), battery(80)]) },
    },
  })
  const { series } = parseExposition(await scrapeOnce([named(twice, 'm1')]))
  expect(series.map(keyOfSeries).filter((key, at, all) => all.indexOf(key) !== at)).toEqual([])
  expect(of(series, 'rounds_battery_health_ratio').map(({ value }) => value)).toEqual([0.9])
})
const battery = (fullCapacity: number) => ({ name: 'BAT0', designCapacity: 100, fullCapacity, cycles: 3 })
const products = () => (HEALTHY.antivirus.products.state === 'value' ? HEALTHY.antivirus.products.value : [])

/** Any UTF-16, with lone surrogates. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units))

describe('any fleet', () => {
  it('is an exposition: HELP and TYPE once, a family in one place, no series twice, names of the registry', async () => {
    const known = new Map(FAMILY_KEYS.map((key) => [FAMILIES[key].name as string, FAMILIES[key].help as string]))
    await fc.assert(
      fc.asyncProperty(fc.array(anyMachine, { minLength: 1, maxLength: 4 }), async (machines) => {
        const states = machines.map((state, at) => named(state, `m${at}`, `c${at % 2}`))
        const { families, series } = parseExposition(await scrapeOnce(states))
        for (const [name, family] of families) {
          expect(family).toMatchObject({ type: 'gauge', help: known.get(name) })
          expect(family.series.length).toBeGreaterThan(0)
        }
        expect(new Set(series.map(keyOfSeries)).size).toBe(series.length)
      }),
      { numRuns: 25 },
    )
  })

  it('lets any label value through and back', () => {
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/
    fc.assert(
      fc.property(anyText, (value) => {
        const [series] = parseExposition(`# HELP a b\n# TYPE a gauge\na{l="${escapeLabel(value)}"} 1\n`).series
        const back = series?.labels['l'] ?? ''
        expect(back).not.toMatch(control)
        expect(back.isWellFormed()).toBe(true)
        if (!control.test(value) && value.isWellFormed()) expect(back).toBe(value)
      }),
    )
  })

  it('keeps different texts apart, however long or odd they are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\u0001', '\u0002', '😀', '"'), maxLength: 200 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(escapeLabel(a) === escapeLabel(b)).toBe(a === b)
      }),
    )
    expect(escapeLabel(LONG)).not.toBe(escapeLabel(`${LONG}y`))
  })
})

it('leaves a family without series out, and comes in pieces of about 1,000 lines', () => {
  const block = { text: 'a{} 1\n'.repeat(400), lines: 400 }
  const families = [
    { name: 'none', help: 'x', blocks: [{ text: '', lines: 0 }] },
    { name: 'a', help: 'back\\slash\nline', blocks: [block, { text: '', lines: 0 }, block, block, block] },
  ]
  const pieces = [...renderFamilies(families)]
  expect(pieces.map((piece) => piece.split('\n').filter((line) => line.startsWith('a{')).length)).toEqual([1200, 400])
  expect(pieces[0]?.startsWith('# HELP a back\\\\slash\\nline\n# TYPE a gauge\na{} 1\n')).toBe(true)
})

describe('names of the registry', () => {
  test.each(FAMILY_KEYS.map((key) => [FAMILIES[key].name, FAMILIES[key].help]))('%s', (name, help) => {
    expect(name).toMatch(/^rounds_[a-z][a-z0-9_]*$/)
    // Base units of Prometheus only: seconds, bytes, celsius, ratio; and a gauge is no counter.
    expect(name).not.toMatch(
      /(?:^|_)(?:ms|milliseconds|minutes|hours|days|kb|mb|gb|kib|mib|percent|permille|total)(?:_|$)/,
    )
    if (name.includes('timestamp')) expect(name).toMatch(/_timestamp_seconds$/)
    expect(help).toMatch(/^[A-Z].*\.$/)
  })

  it('are all different', () => {
    expect(new Set(FAMILY_KEYS.map((key) => FAMILIES[key].name)).size).toBe(FAMILY_KEYS.length)
  })
})
