/** The current state of all machines: what a record changes, who is told, and what stays. */
import { describe, expect, it } from 'vitest'
import type { COLUMNS } from '../../../server/fleet/columns.ts'
import type { Judged } from '../../../server/fleet/fleet.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { aRecord, bytesOf, NOON } from '../../support/store-samples.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aVolume } from '../assess/sections.ts'
import { aFleet, aRow, aSection } from './a-fleet.ts'

const sample = (value: number | null) => [{ check: 'system' as const, key: 'memory:usedBytes', value }]
const system = { sections: [aSection('system')] }
const noWait = async () => {}

const judged = (over: Partial<Judged> = {}): Judged => ({
  ...{ outcomes: [], findings: [], memory: {}, assessedAt: NOON, assessedQ: 1, dueAt: NOON + HOUR_MS, version: 1 },
  ...over,
})
const pass: Outcome = { state: 'pass', rule: 'system/memory-short', item: '' }

describe('a record', () => {
  it('changes what it names and leaves the rest', () => {
    const { fleet } = aFleet(2)
    fleet.applyRecord(aRecord(1, { ...system, samples: sample(7) }), 0)
    fleet.applyRecord(aRecord(2, { samples: [], collectedAt: {} }), 0)
    const state = fleet.state('m1')
    expect(state?.upTo).toBe(2)
    expect(state?.agent.lastReportAt).toBe(NOON + 2_005)
    expect(state?.checks.system.section.os).toMatchObject({ state: 'value', value: { id: 'debian' } })
    expect(state?.checks.system.samples.get('memory:usedBytes')).toEqual({ value: 7, at: NOON + 1_000 })
    expect(state?.checks.system.lastAt).toBe(NOON + 1_000)
    expect(state?.checks.disk.lastAt).toBeNull()
    expect(fleet.state('m2')?.upTo).toBe(0)
  })

  it('counts once, however often it comes', () => {
    const { fleet, dirty } = aFleet()
    fleet.applyRecord(aRecord(1, { ...system, samples: sample(7) }), 0)
    fleet.applyRecord(aRecord(2, { samples: sample(8) }), 0)
    const before = fleet.state('m1')
    fleet.applyRecord(aRecord(1, { samples: sample(99) }), 0)
    fleet.applyRecord(aRecord(2, { samples: sample(99) }), 0)
    expect(fleet.state('m1')).toBe(before)
    expect(fleet.kept('m1')?.traffic).toMatchObject({ dayRecords: 2, dayBytes: 284 })
    expect(dirty).toEqual(['m1', 'm1'])
  })

  it('of a machine that is not known changes nothing', () => {
    const { fleet, dirty } = aFleet()
    fleet.applyRecord(aRecord(1, { machineId: 'gone' }), 0)
    fleet.setConnected('gone', true, null, null)
    fleet.setJudged('gone', judged())
    fleet.setVersion('gone', 3)
    expect(fleet.size).toBe(1)
    expect(dirty).toEqual([])
  })

  it('never changes a state that somebody holds', () => {
    const { fleet } = aFleet()
    fleet.applyRecord(aRecord(1, { ...system, samples: sample(7) }), 0)
    const held = fleet.state('m1')
    const copy = structuredClone(held)
    fleet.applyRecord(aRecord(2, { ...system, samples: sample(null), gap: { from: 2, why: 'evicted' } }), 0)
    fleet.setConnected('m1', true, 5, '0.2.0')
    fleet.setJudged('m1', judged({ outcomes: [pass] }))
    expect(held).toEqual(copy)
    expect(fleet.state('m1')).not.toBe(held)
    expect(fleet.state('m1')?.checks.system.samples.get('memory:usedBytes')?.value).toBeNull()
  })

  it('of a new stream starts anew, and what was judged of the old one does not cover it', () => {
    const { fleet } = aFleet()
    fleet.applyRecord(aRecord(5), 0)
    fleet.setJudged('m1', judged({ assessedQ: 5 }))
    const other = bytesOf(8, 16)
    expect(fleet.kept('m1')?.markOf(other)).toBeNull()
    fleet.applyRecord(aRecord(1, { stream: other }), 0)
    expect(fleet.kept('m1')?.markOf(other)).toBe(1)
    expect(fleet.state('m1')).toMatchObject({ upTo: 1, assessedQ: 0 })
  })

  it('without a part leaves it as never read; a part may be older than its check, until the check comes again', () => {
    const { fleet } = aFleet()
    const disk = { sections: [aSection('disk', { volumes: read('disk/volumes', [aVolume()]) })], samples: [] }
    fleet.applyRecord(aRecord(1, { ...disk, collectedAt: { disk: NOON + 900, 'disk#drives': NOON + 10 } }), 0)
    expect(fleet.state('m1')?.checks.disk.collectedAt).toEqual({
      drives: NOON + 10,
      arrays: NOON + 900,
      volumes: NOON + 900,
      pools: NOON + 900,
      controllers: NOON + 900,
      deviceErrors: NOON + 900,
    })
    fleet.applyRecord(aRecord(2, { samples: [], collectedAt: { disk: NOON + 1_900 } }), 0)
    expect(fleet.state('m1')?.checks.disk.collectedAt.drives).toBe(NOON + 1_900)
    expect(fleet.state('m1')?.checks.patch.collectedAt).toEqual({})
  })

  it('that drops a sample key drops its value: it is absent, not zero and not the old one', () => {
    const { fleet } = aFleet()
    fleet.applyRecord(aRecord(1, { ...system, samples: sample(7) }), 0)
    fleet.applyRecord(aRecord(2, { sections: [aSection('system', { samples: [] })], samples: [] }), 0)
    expect(fleet.state('m1')?.checks.system.samples.size).toBe(0)
    fleet.applyRecord(aRecord(3, { ...system, samples: [] }), 0)
    expect(fleet.state('m1')?.checks.system.samples.has('memory:usedBytes')).toBe(false)
  })

  it('with a section that failed says so', () => {
    const { fleet } = aFleet()
    const os = failed('system/os-release', { code: 'access-denied', detail: 'x' })
    fleet.applyRecord(aRecord(1, { sections: [aSection('system', { os })] }), 0)
    expect(fleet.state('m1')?.checks.system.section.os).toEqual(os)
  })

  it('that was lost on the way is remembered for 30 days', () => {
    const { fleet } = aFleet()
    fleet.applyRecord(aRecord(9, { gap: { from: 2, why: 'evicted' } }), 0)
    expect(fleet.state('m1')?.agent.gap).toEqual({ from: 2, to: 9, why: 'evicted', at: NOON + 9_000 })
    fleet.applyRecord(aRecord(10, { receivedAt: NOON + 29 * DAY_MS }), 0)
    expect(fleet.state('m1')?.agent.gap).not.toBeNull()
    fleet.applyRecord(aRecord(11, { receivedAt: NOON + 31 * DAY_MS }), 0)
    expect(fleet.state('m1')?.agent.gap).toBeNull()
  })

  it('from the future is remembered for an hour of reports', () => {
    const { fleet } = aFleet()
    fleet.applyRecord(aRecord(1), 600_000)
    fleet.applyRecord(aRecord(2), 0)
    expect(fleet.state('m1')?.agent.futureMs).toBe(600_000)
    fleet.applyRecord(aRecord(3, { receivedAt: NOON + HOUR_MS + 2_000 }), 10)
    expect(fleet.state('m1')?.agent.futureMs).toBe(10)
  })

  it('counts its bytes on the UTC day of its receipt', () => {
    const { fleet } = aFleet()
    const midnight = NOON - (NOON % DAY_MS) + DAY_MS
    fleet.applyRecord(aRecord(1, { receivedAt: midnight - 1 }), 0)
    fleet.applyRecord(aRecord(2, { receivedAt: midnight, bytes: 10 }), 0)
    expect(fleet.kept('m1')?.traffic).toEqual({ lastBytes: 10, day: midnight, dayBytes: 10, dayRecords: 1 })
  })
})

describe('who is told', () => {
  it('hears at once that a judgement is outdated, and of changes together after 100 ms', async () => {
    const { fleet, clock, dirty, changed } = aFleet(2)
    fleet.applyRecord(aRecord(1), 0)
    fleet.applyRecord(aRecord(1, { machineId: 'm2' }), 0)
    fleet.setConnected('m1', true, 0, null)
    expect(dirty).toEqual(['m1', 'm2', 'm1'])
    await clock.advance(99, noWait)
    expect(changed).toEqual([])
    await clock.advance(1, noWait)
    expect(changed).toEqual([['m1', 'm2']])
    await clock.advance(1_000, noWait)
    expect(changed).toHaveLength(1)
  })

  it('hears of a judgement, which makes nothing dirty: judging would never end', async () => {
    const { fleet, clock, dirty, changed } = aFleet()
    fleet.setJudged('m1', judged())
    fleet.setVersion('m1', 2)
    fleet.resync({ ...aRow('m1', { version: 3, assessedAt: NOON }), findings: [] })
    await clock.advance(100, noWait)
    expect(dirty).toEqual([])
    expect(changed).toEqual([['m1']])
  })

  it('hears nothing after it went', async () => {
    const { fleet, clock, dirty, changed } = aFleet()
    const [late, lateDirty]: [string[], string[]] = [[], []]
    const stop = fleet.onChange((ids) => late.push(...ids))
    const stopDirty = fleet.onDirty((id) => lateDirty.push(id))
    stop()
    stopDirty()
    fleet.applyRecord(aRecord(1), 0)
    await clock.advance(100, noWait)
    expect([late, lateDirty]).toEqual([[], []])
    expect([dirty, changed]).toEqual([['m1'], [['m1']]])
  })

  it('finds a machine that silence only can change unchanged: time alone touches nothing', async () => {
    const { fleet, clock, dirty, changed } = aFleet()
    fleet.applyRecord(aRecord(1), 0)
    await clock.advance(100, noWait)
    const before = fleet.state('m1')
    await clock.advance(40 * DAY_MS, noWait)
    expect(fleet.state('m1')).toBe(before)
    expect(before?.agent).toMatchObject({ lastReportAt: NOON + 1_005, connected: false, listeningSince: NOON })
    expect([dirty.length, changed.length]).toEqual([1, 1])
  })
})

describe('a judgement', () => {
  it('is taken over with its version; the next save moves the version alone', () => {
    const { fleet } = aFleet()
    const findings = [aFinding({ machineId: 'm1' })]
    fleet.setJudged('m1', judged({ version: 4, findings, outcomes: [pass] }))
    expect(fleet.state('m1')).toMatchObject({ version: 4, assessedAt: NOON, findings, outcomes: [pass] })
    fleet.setVersion('m1', 5)
    expect(fleet.state('m1')).toMatchObject({ version: 5, assessedAt: NOON, findings, outcomes: [pass] })
  })

  it('of another judge replaces ours, and leaves the reports in memory', () => {
    const { fleet } = aFleet()
    fleet.applyRecord(aRecord(3, { ...system, samples: sample(7) }), 0)
    fleet.setJudged('m1', judged({ version: 1, outcomes: [pass] }))
    fleet.resync({ ...aRow('m1', { version: 8, assessedAt: NOON + 5, upTo: 2 }), findings: [aFinding()] })
    expect(fleet.state('m1')).toMatchObject({ version: 8, assessedAt: NOON + 5, outcomes: [], upTo: 3 })
    expect(fleet.state('m1')?.findings).toHaveLength(1)
    expect(fleet.state('m1')?.checks.system.samples.get('memory:usedBytes')?.value).toBe(7)
  })

  it('stands while a record comes: it is outdated, not gone', () => {
    const { fleet } = aFleet()
    fleet.setJudged('m1', judged({ outcomes: [pass] }))
    fleet.applyRecord(aRecord(1), 0)
    expect(fleet.state('m1')).toMatchObject({ outcomes: [pass], assessedAt: NOON })
  })
})

describe('columns', () => {
  it('say NaN for what is not known, and count what is open', () => {
    const { fleet } = aFleet()
    const slot = fleet.kept('m1')?.slot ?? -1
    const value = (name: (typeof COLUMNS)[number]) => fleet.columns[name][slot]
    expect([value('lastReportAt'), value('skewMs'), value('assessedAt')]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    const open = aFinding({ severity: 'critical', alert: { state: 'firing', since: NOON, firedAt: NOON } })
    const over = aFinding({ id: 'f2', severity: 'warning', resolvedAt: NOON })
    fleet.setJudged('m1', judged({ findings: [open, over], outcomes: [pass] }))
    expect([value('critical'), value('warning'), value('firing'), value('pass')]).toEqual([1, 0, 1, 1])
    expect(fleet.overview().all).toMatchObject({ machines: 1, urgent: 1, good: 0, critical: 1, heard: 0 })
  })

  it('keep every machine where it is while they grow', () => {
    const { fleet } = aFleet(200)
    for (let n = 1; n <= 200; n += 1) fleet.applyRecord(aRecord(n, { machineId: `m${n}` }), 0)
    const slots = new Set<number>()
    for (let n = 1; n <= 200; n += 1) {
      const slot = fleet.kept(`m${n}`)?.slot ?? -1
      slots.add(slot)
      expect(fleet.columns.upTo[slot]).toBe(n)
    }
    expect(slots.size).toBe(200)
    expect(fleet.overview().all).toMatchObject({ machines: 200, heard: 200, notProven: 200, good: 0 })
    expect(fleet.overview().all.lastReportAt).toBe(NOON + 200_005)
  })
})

describe('a machine', () => {
  it('is found by its short name within its client', () => {
    const { fleet } = aFleet(2)
    fleet.put('c2', aRow('m9', { slug: 'm1' }))
    expect(fleet.bySlug('c1', 'm1')?.id).toBe('m1')
    expect(fleet.bySlug('c2', 'm1')?.id).toBe('m9')
    expect(fleet.bySlug('c2', 'm2')).toBeNull()
    expect(fleet.bySlug('c3', 'm1')).toBeNull()
    expect([...fleet.states('c2')].map(({ id }) => id)).toEqual(['m9'])
    expect(fleet.overview().byClient.get('c2')).toMatchObject({ machines: 1 })
  })

  it('keeps its slot and its reports when a person names it anew, and is judged again', () => {
    const { fleet, dirty } = aFleet()
    fleet.applyRecord(aRecord(1, { ...system, samples: sample(7) }), 0)
    const slot = fleet.kept('m1')?.slot
    fleet.put('c1', aRow('m1', { name: 'Till', role: 'laptop' }))
    expect(fleet.state('m1')).toMatchObject({ name: 'Till', role: 'laptop', upTo: 1 })
    expect(fleet.kept('m1')).toMatchObject({ slot, statedRole: 'laptop' })
    expect(fleet.size).toBe(1)
    expect(dirty).toEqual(['m1', 'm1'])
  })

  it.each([
    ['laptop', 'none', 'laptop'],
    ['server', 'none', 'server'],
    ['desktop', 'none', 'desktop'],
    [null, 'kvm', 'server'],
    [null, 'none', 'desktop'],
    ['laptop', 'kvm', 'laptop'],
  ] as const)('with the chassis %s on %s and no word of a person is a %s', (chassis, kind, role) => {
    const { fleet } = aFleet()
    const hardware = { vendor: null, model: null, serial: null, chassis, biosDate: null, cpu: null }
    const section = aSection('system', {
      hardware: read('system/inventory', { ...hardware, cpuThreads: null, memoryBytes: null }),
      virtualization: read('system/virt', { kind, container: false }),
    })
    fleet.applyRecord(aRecord(1, { sections: [section] }), 0)
    expect(fleet.state('m1')?.role).toBe(role)
  })
})
