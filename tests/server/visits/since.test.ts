/** What changed between two visits: findings by place, machines, counters, backups, promises; and nothing else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../server/findings/finding.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { movedCounters } from '../../../server/visits/moved-counters.ts'
import { type SinceInput, sinceVisit } from '../../../server/visits/since.ts'
import { read } from '../../../shared/reading.ts'
import { SEVERITIES } from '../../../shared/severity.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { anAction } from '../../support/visit-samples.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { HEALTHY, NOW } from '../assess/sections.ts'
import { judged } from '../views/a-client.ts'

const THEN = NOW - 60 * DAY_MS
const RULES = ['disk/space-low', 'backup/too-old', 'patch/security-overdue'] as const

const machine = (id: string, findings: readonly Finding[] = [], over: Partial<MachineState> = {}): MachineState => ({
  ...judged(aMachine(), id),
  findings,
  ...over,
})

function since(over: Partial<SinceInput>): ReturnType<typeof sinceVisit> {
  const input = { previous: null, machines: [], findings: [], actions: [], visitId: 'v2', at: NOW, ...over }
  return sinceVisit(input)
}

describe('findings', () => {
  it('are each in exactly the list that their history says, for any history', () => {
    const severity = fc.constantFrom(...SEVERITIES)
    const history = fc.record({
      rule: fc.constantFrom(...RULES),
      item: fc.constantFrom('a', 'b'),
      machineId: fc.constantFrom('m1', 'm2'),
      before: fc.option(severity),
      now: fc.option(severity),
      between: fc.boolean(),
    })
    const places = fc.uniqueArray(history, {
      selector: ({ rule, item, machineId }) => `${rule} ${item} ${machineId}`,
      maxLength: 12,
    })
    fc.assert(
      fc.property(places, (all) => {
        const at = (one: (typeof all)[number], over: Partial<Finding>) =>
          aFinding({ rule: one.rule, item: one.item, machineId: one.machineId, ...over })
        const open = (side: 'before' | 'now', id: string) =>
          all.flatMap((one) => {
            const level = one[side]
            return level === null || one.machineId !== id ? [] : [at(one, { severity: level, openedAt: THEN - 1 })]
          })
        const over = all.flatMap((one) => {
          if (one.now !== null) return []
          if (one.before !== null) return [at(one, { openedAt: THEN - 1, resolvedAt: NOW - 1 })]
          return one.between ? [at(one, { openedAt: THEN + 1, resolvedAt: NOW - 1 })] : []
        })
        const machines = [machine('m1', open('now', 'm1')), machine('m2', open('now', 'm2'))]
        const before = [machine('m1', open('before', 'm1')), machine('m2', open('before', 'm2'))]
        const found = since({ previous: { at: THEN, machines: before }, machines, findings: over })
        const place = ({ machineId, rule, item }: Finding) => `${machineId} ${rule} ${item}`
        const wanted = (pick: (one: (typeof all)[number]) => boolean) =>
          all
            .filter(pick)
            .map(({ machineId, rule, item }) => `${machineId} ${rule} ${item}`)
            .sort()
        const rank = (level: (typeof SEVERITIES)[number] | null) => (level === null ? 9 : SEVERITIES.indexOf(level))
        const both = (one: (typeof all)[number]) => one.before !== null && one.now !== null
        expect(found.opened.map(({ finding }) => place(finding)).sort()).toEqual(
          wanted((one) => one.before === null && one.now !== null),
        )
        expect(found.worse.map(({ finding }) => place(finding)).sort()).toEqual(
          wanted((one) => both(one) && rank(one.now) < rank(one.before)),
        )
        expect(found.better.map(({ finding }) => place(finding)).sort()).toEqual(
          wanted((one) => both(one) && rank(one.now) > rank(one.before)),
        )
        expect(found.solved.map(({ finding }) => place(finding)).sort()).toEqual(
          wanted((one) => one.before !== null && one.now === null),
        )
        expect(found.passing.map(place).sort()).toEqual(
          wanted((one) => one.before === null && one.now === null && one.between),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('of a machine that vanished are not solved, and it is told as vanished', () => {
    const before = [machine('m1', [aFinding({ machineId: 'm1' })]), machine('m2')]
    const found = since({ previous: { at: THEN, machines: before }, machines: [machine('m2'), machine('m3')] })
    expect(found.solved).toEqual([])
    expect(found.vanished.map(({ machineId }) => machineId)).toEqual(['m1'])
    expect(found.appeared.map(({ machineId }) => machineId)).toEqual(['m3'])
  })

  it('are all new at a first visit, and nothing appeared', () => {
    const found = since({ machines: [machine('m1', [aFinding()])] })
    expect(found).toMatchObject({ from: null, appeared: [], vanished: [], solved: [] })
    expect(found.opened).toHaveLength(1)
  })
})

describe('disks', () => {
  const drive = HEALTHY.disk.drives.state === 'value' ? HEALTHY.disk.drives.value[0] : undefined
  const withSectors = (sectors: number | null, key?: string) => {
    if (drive === undefined || drive.smart.state !== 'value') throw new Error('the healthy machine was to have a drive')
    const smart = read('x', { ...drive.smart.value, reallocatedSectors: sectors, wearPercent: sectors })
    return judged(aMachine({ parts: { disk: { drives: read('x', [{ ...drive, key: key ?? drive.key, smart }]) } } }))
  }

  it('are told when a counter of faults grew, and only then', () => {
    expect(movedCounters([withSectors(2)], [withSectors(9)])).toMatchObject([
      { counter: 'reallocatedSectors', before: 2, after: 9 },
    ])
    for (const [before, after] of [
      [9, 9],
      [9, 2],
      [null, 3],
      [3, null],
    ] as const) {
      const moved = movedCounters([withSectors(before)], [withSectors(after)])
      expect(moved).toEqual([])
    }
    expect(movedCounters([withSectors(2)], [withSectors(9, 'another')])).toEqual([])
  })
})

describe('promises', () => {
  const mends = { rule: 'disk/read-only', item: '/' } as const
  const passing = machine('m1')
  const isPassing = passing.outcomes.some(
    ({ rule, item, state }) => state === 'pass' && rule === mends.rule && item === mends.item,
  )
  const failing = { ...machine('m1', [aFinding({ ...mends })]) }
  const told = (state: 'open' | 'done', machines: readonly MachineState[], over = {}) =>
    since({
      machines,
      actions: [anAction({ madeIn: 'v1', mends, state, doneAt: state === 'done' ? NOW : null, ...over })],
    }).promised.map(({ evidence }) => evidence)

  it('are proven by the rule alone: a tick is a word, and refuted while the finding is open', () => {
    expect(isPassing).toBe(true)
    expect(told('open', [passing])).toEqual(['proven'])
    expect(told('done', [passing])).toEqual(['proven'])
    expect(told('done', [failing])).toEqual(['refuted'])
    expect(told('open', [failing])).toEqual(['open'])
    expect(told('done', [{ ...passing, outcomes: [] }])).toEqual(['word'])
    expect(told('done', [passing], { mends: null })).toEqual(['word'])
    expect(told('open', [], {})).toEqual(['open'])
  })

  it('of this visit are none yet, and dropped ones are not told', () => {
    expect(told('open', [failing], { madeIn: 'v2' })).toEqual([])
    expect(told('open', [failing], { state: 'dropped' })).toEqual([])
  })
})

describe('silences', () => {
  const of = (id: string, over: Partial<Finding>) =>
    aFinding({ rule: 'agent/silent', item: '', machineId: 'm1', id, ...over })

  it('are told whole: what went on at both visits, and what ended while another one runs', () => {
    const running = of('running', { openedAt: THEN - DAY_MS })
    const again = of('again', { openedAt: NOW - DAY_MS })
    const ended = of('ended', { openedAt: THEN + DAY_MS, resolvedAt: THEN + 2 * DAY_MS })
    const long = of('long', { openedAt: THEN - 9 * DAY_MS, resolvedAt: THEN - 8 * DAY_MS })
    const ids = (open: Finding, findings: readonly Finding[]) =>
      since({
        ...{ previous: { at: THEN, machines: [machine('m1', [running])] }, machines: [machine('m1', [open])] },
        findings: [open, ...findings],
      })
        .silent.map(({ id }) => id)
        .sort()
    expect(ids(running, [])).toEqual(['running'])
    expect(ids(again, [ended, long])).toEqual(['again', 'ended'])
  })
})
