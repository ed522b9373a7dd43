/** The first page: modes, lists, counts, and that it says of each client what its machines say. */
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it, test } from 'vitest'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { DIALS } from '../../../server/views/dials.ts'
import { standingOfMachine, summaryOf } from '../../../server/views/machine-summary.ts'
import { rankOf } from '../../../server/views/standing-order.ts'
import { todayView } from '../../../server/views/today.ts'
import { TodayView } from '../../../shared/api/views.ts'
import { failed } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyMachine } from '../assess/random-machine.ts'
import { NOW } from '../assess/sections.ts'
import { ask, judged } from './a-client.ts'

const good = (id: string, client = 'c1') => judged(aMachine(), id, client)
const withFindings = (id: string, findings: MachineState['findings'], client = 'c1'): MachineState => ({
  ...good(id, client),
  findings,
})
const urgent = (openedAt = NOW - HOUR_MS) => aFinding({ severity: 'critical', openedAt })
const blind = (id: string, client = 'c1') =>
  judged(aMachine({ parts: { posture: { sshd: failed('x', { code: 'timeout', detail: '' }) } } }), id, client)

describe('mode', () => {
  const started = NOW - 5 * MINUTE_MS
  const heard = (ago: number, connected: boolean) =>
    judged(aMachine({ agent: { lastReportAt: NOW - ago, connected } }), `m${ago}`)
  const back = heard(10_000, true)
  test.each([
    ['no machine', [], started, 'first-run'],
    ['one machine', [back], NOW - DAY_MS, 'first-run'],
    ['two, long after the start', [back, heard(HOUR_MS, false)], NOW - DAY_MS, 'normal'],
    ['two, one not back yet', [back, heard(20 * MINUTE_MS, false)], started, 'gathering'],
    ['the same ten minutes after the start', [back, heard(20 * MINUTE_MS, false)], NOW - 10 * MINUTE_MS, 'normal'],
    ['both back', [back, { ...back, id: 'other' }], started, 'normal'],
    [
      'the other was not expected: gone for hours before the start',
      [back, heard(3 * HOUR_MS, false)],
      started,
      'normal',
    ],
    ['reported since the start and left again', [back, heard(MINUTE_MS, false)], started, 'normal'],
  ] as const)('%s', (_name, states, serverStartedAt, mode) => {
    expect(todayView(ask(states, { serverStartedAt })).mode).toBe(mode)
  })
})

describe('lists', () => {
  it('show the five worst urgent, the oldest first, and count the others', () => {
    const ages = [3, 9, 1, 7, 5, 8, 2]
    const states = ages.map((hours) => withFindings(`m${hours}`, [urgent(NOW - hours * HOUR_MS)]))
    const view = todayView(ask(states))
    expect(view.urgent.map(({ machine }) => machine.id)).toEqual(['m9', 'm8', 'm7', 'm5', 'm3'])
    expect(view.urgentMore).toBe(2)
  })

  it('put what is at risk before what is old: a silent machine, a drive, a backup, then the rest', () => {
    const rules = [
      'posture/firewall-off',
      'disk/space-low',
      'backup/too-old',
      'disk/drive-failing',
      'agent/silent',
    ] as const
    const findings = rules.map((rule, at) => ({ ...urgent(NOW - (9 - at) * DAY_MS), rule }))
    const view = todayView(ask([withFindings('m1', findings), good('m2')]))
    expect(view.urgent.map(({ rule }) => rule)).toEqual([...rules].reverse())
  })

  it('keep attention before what could not be told, and notes apart', () => {
    const warned = withFindings('m1', [aFinding(), aFinding({ severity: 'info', item: '/srv' })])
    const view = todayView(ask([blind('m2'), warned]))
    expect(view.week.map(({ standing }) => standing)).toEqual(['attention', 'not-proven'])
    expect(view.notes.map(({ item }) => item)).toEqual(['/srv'])
    expect(view.urgent).toEqual([])
  })

  it('show ten of the week and twenty notes at most', () => {
    const many = Array.from({ length: 25 }, (_, at) => [
      aFinding({ item: `/${at}` }),
      aFinding({ item: `/n${at}`, severity: 'info' }),
    ])
    const view = todayView(ask([withFindings('m1', many.flat()), good('m2')]))
    expect([view.week.length, view.weekMore, view.notes.length, view.notesMore]).toEqual([10, 15, 20, 5])
  })
})

describe('rows', () => {
  it('stand worst first, then by name; clients without machines last', () => {
    const states = [
      good('m1', 'a'),
      blind('m2', 'b'),
      withFindings('m3', [urgent()], 'd'),
      withFindings('m4', [aFinding()], 'e'),
    ]
    const view = todayView(ask([...states, good('m5', 'f')], {}, ['a', 'b', 'c', 'd', 'e', 'f']))
    expect(view.rows.map(({ id }) => id)).toEqual(['d', 'e', 'b', 'a', 'f', 'c'])
  })

  it('speak of their own machines only', () => {
    const states = [withFindings('m1', [urgent()], 'a'), good('m2', 'a'), blind('m3', 'b'), good('m4', 'c')]
    const view = todayView(ask(states))
    const row = (id: string) => view.rows.find((one) => one.id === id)
    expect(row('a')).toMatchObject({ machines: 2, open: 1, dials: { disk: 'urgent', posture: 'good' } })
    expect(row('a')?.worst?.machine.id).toBe('m1')
    expect(row('b')).toMatchObject({ machines: 1, open: 0, dials: { disk: 'good', posture: 'not-proven' } })
    expect(row('c')).toMatchObject({ machines: 1, open: 0, worst: null, only: { id: 'm4', name: 'PC m4' } })
    expect(row('a')?.only).toBe(null)
    // A caller who sees one client gets what that client alone would give.
    const alone = todayView(ask(states.filter(({ clientId }) => clientId === 'b')))
    expect(alone.rows).toEqual([row('b')])
  })

  it('say not proven for a client without machines', () => {
    const [row] = todayView(ask([], {}, ['a'])).rows
    expect(new Set(Object.values(row?.dials ?? {}))).toEqual(new Set(['not-proven']))
  })
})

describe('what could not be told', () => {
  const unread = failed('x', { code: 'timeout', detail: '' })
  const unjudged = judged(aMachine({ parts: { system: { virtualization: unread } } }), 'm2')
  const unheard = judged(aMachine({ agent: { lastReportAt: null } }), 'm3')
  const blindAndUrgent = { ...blind('m4'), findings: [urgent()] }
  it.each([
    ['nothing', [good('m1')], 0],
    ['a part that a rule needs', [good('m1'), blind('m2')], 1],
    ['a part that no rule judges and no card speaks of', [good('m1'), unjudged], 1],
    ['a machine that was never heard', [good('m1'), unheard], 1],
    ['beside something urgent', [blindAndUrgent, blind('m2')], 2],
  ])('counts machines: %s', (_name, states, count) => {
    expect(todayView(ask(states)).notProven).toBe(count)
  })

  it('is counted even where no list shows it', () => {
    const view = todayView(ask([unjudged]))
    expect([view.rows[0]?.worst, view.urgent, view.week]).toEqual([null, [], []])
    expect(view.notProven).toBe(1)
  })
})

describe('a laptop away as usual', () => {
  const at = (days: number) => NOW + days * DAY_MS
  const laptop = aMachine({ role: 'laptop', agent: { connected: false } })
  const seen = (days: number) => {
    const state = judged(laptop, 'm1', 'c1', at(days))
    const reporting = aMachine({ now: at(days), samples: { patch: { 'list:refreshedAt': at(days) } } })
    return todayView({ ...ask([state, judged(reporting, 'm2', 'c2', at(days))]), now: at(days) })
  }
  test.each([1, 8, 20])('moves no dial on day %d, and puts nothing on the list of the week', (days) => {
    const view = seen(days)
    const row = view.rows.find(({ id }) => id === 'c1')
    expect(new Set(Object.values(row?.dials ?? {}))).toEqual(new Set(['good']))
    expect([...view.urgent, ...view.week].filter(({ machine }) => machine.id === 'm1')).toEqual([])
    expect([view.weekMore, view.notProven]).toEqual([0, 0])
    expect(row?.worst?.standing ?? 'note').toBe('note')
  })
  it('is no longer as usual on day 22', () => {
    expect(seen(22).week.map(({ rule }) => rule)).toContain('agent/silent')
    expect(Object.values(seen(22).rows.find(({ id }) => id === 'c1')?.dials ?? {})).not.toContain('good')
  })
})

it('of any fleet is a TodayView whose counts are those of a recount', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyMachine, fc.constantFrom('a', 'b', 'c')), { maxLength: 5 }), (machines) => {
      const states = machines.map(([state, client], n) => judged(state, `m${n}`, client))
      const view = todayView(ask(states, {}, ['a', 'b', 'c']))
      expect([...Value.Errors(TodayView, view)].slice(0, 1)).toEqual([])
      const open = states.flatMap(({ findings }) => findings.filter(({ resolvedAt }) => resolvedAt === null))
      expect(view.urgent.length + view.urgentMore).toBe(open.filter(({ severity }) => severity === 'critical').length)
      expect(view.notes.length + view.notesMore).toBe(open.filter(({ severity }) => severity === 'info').length)
      expect(view.rows.reduce((sum, row) => sum + row.open, 0)).toBe(open.length)
      expect(view.machines).toBe(states.length)
      expect(view.reporting).toBe(states.filter(({ agent }) => agent.connected).length)
      expect(view.good).toBe(states.reduce((sum, state) => sum + summaryOf(state, NOW).good, 0))
      const unproven = states.filter((state) => standingOfMachine(state, NOW) === 'not-proven')
      expect(view.notProven).toBeGreaterThanOrEqual(unproven.length)
      for (const list of [view.urgent, view.week, view.notes]) {
        const ranks = list.map(({ standing }) => rankOf(standing))
        expect(ranks).toEqual([...ranks].sort((x, y) => x - y))
      }
      for (const row of view.rows) {
        const own = states.filter(({ clientId }) => clientId === row.id)
        expect(row.machines).toBe(own.length)
        if (own.length === 0) for (const dial of DIALS) expect(row.dials[dial]).toBe('not-proven')
      }
    }),
    { numRuns: 25 },
  )
})
