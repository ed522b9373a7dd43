/** The page of one machine: its answer holds to its schema, and nothing unread in it stands as good. */
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it, test } from 'vitest'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { type MachineExtras, machineView } from '../../../server/views/machine-view.ts'
import { rankOf } from '../../../server/views/standing-order.ts'
import { type FactRow, MachineView } from '../../../shared/api/views.ts'
import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import { failed, NEVER, read } from '../../../shared/reading.ts'
import { DAY_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aMachine, type Changes } from '../assess/a-machine.ts'
import { anyMachine, PARTS } from '../assess/random-machine.ts'
import { aDrive, aJob, aVolume, NOW } from '../assess/sections.ts'
import { entryOf, judged } from './a-client.ts'

const EXTRAS: MachineExtras = {
  transitions: [],
  traffic: { lastBytes: 140, day: NOW - (NOW % DAY_MS), dayBytes: 900, dayRecords: 5 },
  record: '{"q":1}',
  fingerprint: 'ab cd',
}
const viewOf = (state: MachineState, now = NOW) => machineView(entryOf(state), EXTRAS, now)
const factsOf = (changes: Changes, check: CheckName, now = NOW): readonly FactRow[] =>
  viewOf(judged(aMachine(changes), 'm1', 'c1', now), now).checks.find((one) => one.check === check)?.facts ?? []
const row = (facts: readonly FactRow[], key: string, item = '') =>
  facts.find((fact) => fact.key === key && fact.item === item)

test('the healthy server is good throughout', () => {
  const view = viewOf(judged(aMachine()))
  expect(view.standing).toBe('good')
  expect(view.worst).toBeNull()
  expect(new Set(view.checks.map(({ standing }) => standing))).toEqual(new Set(['good']))
  expect(view.checks.flatMap(({ facts }) => facts).filter(({ state }) => state !== 'value')).toEqual([])
})

describe('of any machine', () => {
  it('is a MachineView in which nothing unread, and nothing with a bad row or card, is good', () => {
    fc.assert(
      fc.property(anyMachine, fc.constantFrom(0, 2, 12, 45), (machine, days) => {
        const now = NOW + days * DAY_MS
        const view = viewOf(judged(machine, 'm1', 'c1', now), now)
        expect([...Value.Errors(MachineView, view)].slice(0, 1)).toEqual([])
        for (const check of view.checks) {
          for (const fact of check.facts) {
            if (fact.state !== 'value') expect(fact.standing, fact.key).not.toBe('good')
            if (fact.state !== 'value') expect(fact.values).toEqual({})
            if (fact.standing !== null) expect(rankOf(check.standing)).toBeLessThanOrEqual(rankOf(fact.standing))
          }
          for (const card of check.cards) {
            if (card.blind?.code === 'needs-history' && card.blind.source === null) continue
            expect(rankOf(check.standing), card.rule).toBeLessThanOrEqual(rankOf(card.standing))
          }
          expect(rankOf(view.standing)).toBeLessThanOrEqual(rankOf(check.standing))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('counts every outcome once: good, bad or not known', () => {
    fc.assert(
      fc.property(anyMachine, (machine) => {
        const state = judged(machine)
        for (const { check, tally, good } of viewOf(state).checks) {
          const own = state.outcomes.filter(({ rule }) => rule.startsWith(`${check}/`))
          const inScope = own.filter(({ state: said }) => said !== 'not-applicable')
          expect(tally.good + tally.bad + tally.accepted + tally.unknown).toBe(inScope.length)
          expect(good).toHaveLength(tally.good)
          expect(tally.accepted).toBe(0)
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('a fact row', () => {
  it('of something read has its values, source and time', () => {
    expect(row(factsOf({}, 'disk'), 'disk.volume', '/')).toMatchObject({
      state: 'value',
      values: { mount: '/', usedPercent: 40, totalBytes: 100e9, readOnly: 'no' },
      source: 'disk/volumes',
      collectedAt: NOW - 2 * MINUTE_MS,
      standing: 'good',
      code: null,
    })
  })

  test.each(PARTS)('of $check/$part that failed says why, with no value', ({ check, part }) => {
    const gap = failed('x/y', { code: 'access-denied', detail: 'not root' })
    const facts = factsOf({ parts: { [check]: { [part]: gap } } }, check)
    const blind = facts.filter(({ state }) => state !== 'value')
    expect(blind.length).toBeGreaterThan(0)
    for (const fact of blind) {
      expect(fact).toMatchObject({
        state: 'failed',
        code: 'access-denied',
        detail: 'not root',
        source: 'x/y',
        values: {},
      })
      expect(fact.standing).toBe('not-proven')
    }
  })

  test.each(PARTS)('of $check/$part that was never read says so', ({ check, part }) => {
    const blind = factsOf({ parts: { [check]: { [part]: NEVER } } }, check).filter(({ state }) => state !== 'value')
    expect(new Set(blind.map(({ state, standing }) => `${state} ${standing}`))).toEqual(new Set(['never not-proven']))
    for (const fact of blind) expect(fact).toMatchObject({ code: null, source: null, values: {} })
  })

  test.each(CHECK_NAMES)('of %s that grew too old is stale, names its source and when it was read', (check) => {
    const facts = factsOf({}, check, NOW + 40 * DAY_MS).filter(
      ({ key }) => key !== 'system.memory' && key !== 'system.load',
    )
    expect(facts.length).toBeGreaterThan(0)
    for (const fact of facts) {
      expect(fact).toMatchObject({ state: 'stale', code: 'stale', values: {}, standing: 'not-proven' })
      expect(fact.collectedAt).toBe(NOW - 2 * MINUTE_MS)
    }
  })

  it('of one item that could not be read leaves its neighbor as it is', () => {
    const gap = failed('disk/smartctl', { code: 'timeout', detail: '' })
    const drives = read('disk/scan', [aDrive({ smart: gap }), aDrive({ key: 'B/2' })])
    const facts = factsOf({ parts: { disk: { drives } } }, 'disk')
    expect(row(facts, 'disk.drive', 'WD/1')).toMatchObject({ state: 'failed', standing: 'not-proven' })
    expect(row(facts, 'disk.drive', 'B/2')).toMatchObject({ state: 'value', standing: 'good' })
  })

  it('never turns what was not said into zero', () => {
    const volumes = read('x', [aVolume({ errorCount: null })])
    const facts = factsOf({ parts: { disk: { volumes } }, samples: { disk: { 'volume:/:usedBytes': null } } }, 'disk')
    expect(row(facts, 'disk.volume', '/')?.values).toMatchObject({ usedBytes: null, usedPercent: null, errors: null })
    const jobs = read('x', [aJob({ status: read('x', { lastResult: null, copies: null, tooSmall: null }) })])
    const samples = { backup: { 'job:restic:nightly:lastSuccessAt': undefined } }
    const [job] = factsOf({ parts: { backup: { jobs } }, samples }, 'backup')
    expect(job?.values).toMatchObject({ lastSuccessAt: null, copies: null, tooSmall: null })
  })

  it('of an empty list says that it was read and is empty', () => {
    expect(factsOf({ parts: { disk: { drives: read('x', []) } } }, 'disk')[0]).toMatchObject({
      key: 'disk.drives',
      state: 'value',
      values: { count: 0 },
    })
  })
})

describe('what the agent sent', () => {
  it('is of today only while it is today', () => {
    expect(viewOf(judged(aMachine())).sent).toMatchObject({ todayBytes: 900, lastBytes: 140, record: '{"q":1}' })
    expect(viewOf(judged(aMachine()), NOW + DAY_MS).sent.todayBytes).toBe(0)
  })
  it('names every section that came', () => {
    expect(viewOf(judged(aMachine())).sent.sections.map(({ check }) => check)).toEqual([...CHECK_NAMES])
  })
})

it('says first what is worst, with source and time of what was looked at', () => {
  const full = { 'volume:/:usedBytes': 99e9, 'volume:/:availableBytes': 0.4e9 }
  const { worst, standing, checks } = viewOf(judged(aMachine({ samples: { disk: full } })))
  expect(standing).toBe('urgent')
  expect(worst).toMatchObject({
    rule: 'disk/space-low',
    item: '/',
    standing: 'urgent',
    blind: null,
    source: 'disk/volumes',
    collectedAt: NOW - 2 * MINUTE_MS,
    machine: { id: 'm1', client: { slug: 'slug-c1' }, site: 'Office' },
  })
  expect(checks.find(({ check }) => check === 'disk')?.cards[0]).toEqual(worst)
})

it('calls a machine that was never heard not proven', () => {
  const view = viewOf(
    judged(aMachine({ enrolledAt: NOW - MINUTE_MS, agent: { lastReportAt: null, connected: false } })),
  )
  expect(view.standing).toBe('not-proven')
  expect(view.checks.find(({ check }) => check === 'agent')).toMatchObject({
    standing: 'not-proven',
    collectedAt: null,
  })
})

it('shows a finding that is frozen as open, with the reason why it cannot be told', () => {
  const bad = judged(aMachine({ samples: { disk: { 'volume:/:usedBytes': 99e9, 'volume:/:availableBytes': 0.4e9 } } }))
  const blind = { ...bad.checks.disk.section, volumes: failed('disk/volumes', { code: 'hung', detail: '' }) }
  const later = { ...bad, checks: { ...bad.checks, disk: { ...bad.checks.disk, section: blind } } } as MachineState
  const { worst } = viewOf(judged(later, 'm1', 'c1', NOW + MINUTE_MS), NOW + MINUTE_MS)
  expect(worst).toMatchObject({ rule: 'disk/space-low', standing: 'urgent', frozen: { code: 'hung' } })
})
