/** The walk list and the proposals: what needs hands, what a manager is asked, in which order, and nothing twice. */
import { describe, expect, it } from 'vitest'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { RULES } from '../../../server/rules/index.ts'
import { decide, isDoneAlready } from '../../../server/visits/decide.ts'
import { handsOf } from '../../../server/visits/hands.ts'
import { proposeRecommendations } from '../../../server/visits/propose.ts'
import { walkList, walkMinutes } from '../../../server/visits/walk-list.ts'
import { zonedInstant, zonedTime } from '../../../server/visits/zoned-instant.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { anAcceptance, anAction, aRecommendation } from '../../support/visit-samples.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'
import { judged } from '../views/a-client.ts'

const SITES = [
  { id: 's1', name: 'Workshop', slug: 'workshop' },
  { id: 's2', name: 'Office', slug: 'office' },
]
const DRIVE = { drive: 'A', device: '/dev/sda', when: 'now', attributes: 'x' } as const
const failing = (machineId: string, over = {}) =>
  aFinding({ machineId, rule: 'disk/drive-failing', item: 'sda', values: DRIVE, severity: 'critical', ...over })
const machine = (id: string, over: Partial<MachineState> = {}): MachineState => ({ ...judged(aMachine(), id), ...over })
const walk = (machines: readonly MachineState[], actions = [] as ReturnType<typeof anAction>[]) =>
  walkList({ machines, sites: SITES, actions, visitId: 'v1', now: NOW })

describe('hands', () => {
  it('are asked for exactly by the rules that say so, with their own minutes', () => {
    for (const { id, needsHands, effortMinutes } of RULES) {
      expect(handsOf(id)?.minutes ?? null).toBe(needsHands ? effortMinutes : null)
    }
  })
})

describe('the walk list', () => {
  it('goes by site, then by machine, the most urgent first; what needs no hands is not on it', () => {
    const lines = walk([
      machine('a', { siteId: 's1', findings: [failing('a')], place: 'Cabinet', person: 'Odile' }),
      machine('b', { siteId: 's2', findings: [failing('b', { severity: 'warning' }), aFinding({ machineId: 'b' })] }),
      machine('c', { siteId: 's2', findings: [failing('c')] }),
    ])
    expect(lines.map(({ site, machine: at }) => [site, at?.id])).toEqual([
      ['Office', 'c'],
      ['Office', 'b'],
      ['Workshop', 'a'],
    ])
    expect(lines[2]).toMatchObject({ bring: 'disk', machine: { place: 'Cabinet', person: 'Odile' } })
  })

  it('has one line for one disk, whatever its rules say, and the action takes the place of the finding', () => {
    const bad = machine('a', { findings: [failing('a'), failing('a', { rule: 'disk/worn', severity: 'warning' })] })
    expect(walk([bad])).toHaveLength(1)
    const action = anAction({ machineId: 'a', minutes: 30 })
    expect(walk([bad], [action])).toMatchObject([{ action: { id: 'a1' }, standing: 'urgent', minutes: 30 }])
    const done = anAction({ machineId: 'a', state: 'done', doneIn: 'v1', doneAt: NOW })
    expect(walkMinutes(walk([machine('a')], [done]))).toBe(0)
    expect(walk([machine('a')], [{ ...done, doneIn: 'v0' }])).toEqual([])
  })

  it('sends nobody for what was accepted', () => {
    const acceptances = [anAcceptance({ machineId: 'a', severity: 'critical', at: NOW - 1, until: NOW + DAY_MS })]
    expect(walk([machine('a', { findings: [failing('a')], acceptances })])).toEqual([])
  })
})

const f = (language: 'en' | 'fr') => createFormatter({ language, timeZone: 'UTC', now: NOW })
function propose(
  machines: readonly MachineState[],
  known = [] as ReturnType<typeof aRecommendation>[],
  language: 'en' | 'fr' = 'en',
) {
  let made = 0
  return proposeRecommendations({
    ...{ visitId: 'v1', machines, known, owner: 'Hélène', now: NOW, f: f(language) },
    newId() {
      made += 1
      return `r${made}`
    },
  })
}

describe('proposals', () => {
  const machines = [
    machine('a', {
      findings: [
        failing('a', { severity: 'warning' }),
        aFinding({
          machineId: 'a',
          rule: 'backup/none-known',
          item: '',
          severity: 'critical',
          values: { reason: 'home-folders', detail: '' },
        }),
      ],
    }),
    machine('b', { findings: [failing('b', { severity: 'warning' })] }),
  ]

  it('are one for each measure over all machines, worst first, with costs that add up', () => {
    const made = propose(machines)
    expect(made.map(({ urgency, rank }) => [urgency, rank])).toEqual([
      ['now', 1],
      ['month', 2],
    ])
    expect(made[1]).toMatchObject({ costLow: 180, costHigh: 360, effortMinutes: 240, owner: 'Hélène' })
    expect(made[1]?.what).toContain('PC a and PC b')
    expect(propose(machines, [], 'fr')[1]?.what).toContain('Remplacer les disques')
  })

  it('say nothing of what a manager was asked before, or accepted', () => {
    const about = propose(machines).flatMap((one) => one.about)
    expect(propose(machines, [aRecommendation({ visitId: 'v0', about })])).toEqual([])
    const decision = { answer: 'defer', until: NOW - 1, reason: '', by: 'Luc', at: 1 } as const
    expect(propose(machines, [aRecommendation({ visitId: 'v0', about, decision })])).toHaveLength(2)
  })
})

describe('an answer', () => {
  const machines = [machine('a', { findings: [failing('a')] }), machine('b')]
  const about = ['a', 'b'].map((machineId) => ({ machineId, rule: 'disk/drive-failing', item: 'sda' }) as const)
  const recommendation = aRecommendation({ about })
  const base = {
    recommendation,
    visitId: recommendation.visitId,
    machines,
    actions: [],
    acceptances: [],
    now: NOW,
    f: f('en'),
  }

  it('accepts what is open and nothing else, at its severity of now', () => {
    const decision = { answer: 'accept', until: NOW + DAY_MS, reason: 'why', by: 'Luc', at: NOW } as const
    const { acceptances, actions } = decide({ ...base, decision })
    expect(acceptances).toMatchObject([{ machineId: 'a', severity: 'critical', by: 'Luc', until: NOW + DAY_MS }])
    expect(actions).toEqual([])
    const back = decide({ ...base, decision: null, acceptances })
    expect(back.acceptances).toMatchObject([{ revokedAt: NOW }])
  })

  it('promises one action for each machine, once, and drops what was not done when the answer changes', () => {
    const decision = { answer: 'do', until: null, reason: '', by: 'Luc', at: NOW } as const
    const first = decide({ ...base, decision })
    expect(first.actions.map(({ machineId, needsHands, state }) => [machineId, needsHands, state])).toEqual([
      ['a', true, 'open'],
      ['b', true, 'open'],
    ])
    const again = decide({ ...base, decision, actions: first.actions })
    expect(again.actions.map(({ id }) => id)).toEqual(first.actions.map(({ id }) => id))
    const done = first.actions.map((one, at) => (at === 0 ? { ...one, state: 'done' as const } : one))
    expect(decide({ ...base, decision: null, actions: done }).actions).toMatchObject([
      { machineId: 'b', state: 'dropped' },
    ])
  })

  it('promises nothing that was ticked on the walk list of the same visit', () => {
    const decision = { answer: 'do', until: null, reason: '', by: 'Luc', at: NOW } as const
    const { visitId } = recommendation
    const mends = { rule: 'disk/sectors-unreadable', item: 'sda' } as const
    const ticked = anAction({
      id: 'ticked',
      machineId: 'a',
      mends,
      madeIn: visitId,
      state: 'done',
      doneAt: NOW,
      doneIn: visitId,
    })
    expect(decide({ ...base, decision, actions: [ticked] }).actions.map(({ machineId }) => machineId)).toEqual(['b'])
    const other = [{ ...ticked, doneIn: 'v9' }]
    expect(decide({ ...base, decision, actions: other }).actions).toHaveLength(2)
    // Asked at an earlier visit and answered at this one.
    const carried = { ...base, decision, visitId: 'v9' }
    expect(decide({ ...carried, actions: other }).actions.map(({ machineId }) => machineId)).toEqual(['b'])
    expect(decide({ ...carried, actions: [ticked] }).actions).toHaveLength(2)
    const both = [...other, { ...ticked, id: 'too', machineId: 'b', doneIn: 'v9' }]
    const asked = { recommendation: { ...recommendation, decision }, actions: both }
    expect(isDoneAlready({ ...asked, visitIds: ['v9', visitId] })).toBe(true)
    expect(isDoneAlready({ ...asked, visitIds: [visitId] })).toBe(false)
  })
})

describe('a day and a clock of a zone', () => {
  it.each([
    ['2026-11-24', '09:00', 'Europe/Paris', '2026-11-24T08:00:00Z'],
    ['2026-07-01', '09:00', 'Europe/Paris', '2026-07-01T07:00:00Z'],
    ['2026-03-29', '02:30', 'Europe/Paris', '2026-03-29T01:30:00Z'],
    ['2026-10-25', '02:30', 'Europe/Paris', '2026-10-25T00:30:00Z'],
    ['2026-11-24', '23:30', 'America/St_Johns', '2026-11-25T03:00:00Z'],
  ])('%s %s in %s is %s', (date, time, zone, wanted) => {
    const at = zonedInstant(date, time, zone)
    expect(at === null ? null : new Date(at).toISOString()).toBe(wanted.replace('Z', '.000Z'))
    if (time !== '02:30') expect(zonedTime(at ?? 0, zone)).toBe(time)
  })

  it.each(['2026-02-30', '2026-13-01', 'x'])('%s is no day', (date) => {
    expect(zonedInstant(date, '09:00', 'UTC')).toBeNull()
  })
})
