/** A client's page: its dials, tables, groups and changes say the same of the same machines, whatever they are. */
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { OFFICE_HOURS } from '../../../server/facts/working-hours.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { aroundView } from '../../../server/views/around-view.ts'
import { clientFindingsView } from '../../../server/views/client-findings-view.ts'
import { type ClientInput, clientView } from '../../../server/views/client-view.ts'
import { groupCards } from '../../../server/views/finding-groups.ts'
import { findingView } from '../../../server/views/finding-view.ts'
import { rankOf } from '../../../server/views/standing-order.ts'
import { todayView } from '../../../server/views/today.ts'
import { workLost } from '../../../server/views/work-lost.ts'
import type { Visit } from '../../../server/visits/visit.ts'
import { AroundView, ClientFindingsView, ClientView, FindingView } from '../../../shared/api/client.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyMachine } from '../assess/random-machine.ts'
import { NOW } from '../assess/sections.ts'
import { aClientEntry, ask, entryOf, judged } from './a-client.ts'

const page = (states: readonly MachineState[], change: Partial<ClientInput> = {}): ClientView =>
  clientView({
    entry: aClientEntry('c1'),
    machines: states.map(entryOf),
    visits: [],
    previous: null,
    findings: states.flatMap(({ findings }) => findings),
    transitions: [],
    restoreTests: [],
    calendar: OFFICE_HOURS,
    isKeeper: true,
    now: NOW,
    ...change,
  })
const good = (id: string) => judged(aMachine(), id)
const having = (id: string, ...findings: MachineState['findings']) => ({ ...good(id), findings })
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

describe('the page of a client', () => {
  it('agrees with itself and with Today over any machines', () => {
    fc.assert(
      fc.property(fc.array(anyMachine, { maxLength: 5 }), (machines) => {
        const states = machines.map((state, at) => judged(state, `m${at}`))
        const view = page(states)
        expect(Value.Check(ClientView, view), [...Value.Errors(ClientView, view)][0]?.message).toBe(true)
        expect(sum(Object.values(view.standings))).toBe(states.length)
        expect([view.backup.length, view.table.length]).toEqual([states.length, states.length])
        for (const { tally } of view.dials) expect(sum(Object.values(tally))).toBeLessThanOrEqual(states.length)
        const row = todayView(ask(states, {}, ['c1'])).rows[0]
        for (const { dial, standing } of view.dials) expect(row?.dials[dial]).toBe(standing)
        // Worst first everywhere.
        const ranks = view.table.map(({ standing }) => rankOf(standing))
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
        // Each problem is in one place: what cannot wait, or one group.
        const all = clientFindingsView(aClientEntry('c1'), states.map(entryOf), [], NOW)
        const shown = view.urgent.length + view.urgentMore + sum(view.others.map(({ count }) => count))
        expect(sum(all.open.map(({ count }) => count)) + all.accepted.length).toBe(shown)
        expect(Value.Check(ClientFindingsView, all)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('without a sent visit tells the last 30 days, and no dial has a past', () => {
    const old = aFinding({ id: 'old', openedAt: NOW - 40 * DAY_MS })
    const fresh = aFinding({ id: 'new', item: '/srv', openedAt: NOW - DAY_MS })
    const over = aFinding({ id: 'over', item: '/home', openedAt: NOW - 50 * DAY_MS, resolvedAt: NOW - 2 * DAY_MS })
    const past = aFinding({ id: 'past', item: '/old', openedAt: NOW - 90 * DAY_MS, resolvedAt: NOW - 60 * DAY_MS })
    const state = having('m1', old, fresh)
    const findings = [old, fresh, over, past].map((one) => ({ ...one, machineId: 'm1' }))
    const view = page([{ ...state, findings: findings.slice(0, 2) }], { findings })
    expect(view.changes).toMatchObject({ basis: 'days', from: NOW - 30 * DAY_MS })
    expect(view.changes.opened.map(({ item }) => item)).toEqual(['/srv'])
    expect(view.changes.solved.map(({ item }) => item)).toEqual(['/home'])
    expect(view.dials.map(({ before }) => before)).toEqual(Array(5).fill(null))
    expect(view.lastVisit).toBeNull()
  })

  it('with a sent visit compares with what was frozen then', () => {
    const grown = aFinding({ severity: 'critical', openedAt: NOW - 40 * DAY_MS })
    const then = { ...having('m1', { ...grown, severity: 'warning' }) }
    const before = judged(aMachine(), 'm1', 'c1', NOW - 20 * DAY_MS)
    const previous = { at: NOW - 20 * DAY_MS, machines: [{ ...before, findings: then.findings }] }
    const view = page([having('m1', grown)], { previous })
    expect(view.changes).toMatchObject({ basis: 'visit', from: previous.at, opened: [] })
    expect(view.changes.worse).toMatchObject([{ before: 'warning', severity: 'critical', standing: 'urgent' }])
    expect(view.dials.find(({ dial }) => dial === 'disk')?.before).not.toBeNull()
  })

  it('says what work would be lost only where it is known', () => {
    const truth = { lastGoodAt: null, known: { kind: 'no-known-tool' } } as const
    const rest = { mark: null, tools: [], copies: null, media: [], places: [], offsite: null, encrypted: null }
    const lost = (change: object) => workLost({ ...rest, ...truth, ...change }, OFFICE_HOURS, 'UTC', NOW)
    expect(lost({})).toEqual({ kind: 'not-proven' })
    expect(lost({ known: { kind: 'none' } })).toEqual({ kind: 'everything' })
    expect(lost({ lastGoodAt: NOW })).toEqual({ kind: 'nothing' })
    expect(lost({ lastGoodAt: NOW - 7 * DAY_MS })).toEqual({ kind: 'work', ms: 40 * HOUR_MS, dayMs: 8 * HOUR_MS })
  })
})

describe('groups', () => {
  it('are one line for one rule over many machines, worst first', () => {
    const states = ['m1', 'm2', 'm3'].map((id) => having(id, aFinding({ machineId: id })))
    const urgent = having('m4', aFinding({ machineId: 'm4', rule: 'disk/drive-failing', severity: 'critical' }))
    const groups = groupCards(
      clientFindingsView(aClientEntry('c1'), [...states, urgent].map(entryOf), [], NOW).open.flatMap(
        ({ cards }) => cards,
      ),
    )
    expect(groups.map(({ standing, count, machines }) => [standing, count, machines])).toEqual([
      ['urgent', 1, 1],
      ['attention', 3, 3],
    ])
  })
})

describe('a finding', () => {
  const finding = aFinding({ number: 7, machineId: 'm1' })
  const input = { client: aClientEntry('c1').client, finding, transitions: [], told: null, now: NOW }

  it('is explained while it is open', () => {
    const view = findingView({ ...input, machine: entryOf(having('m1', finding)) })
    expect(Value.Check(FindingView, view)).toBe(true)
    expect(view).toMatchObject({ resolvedAt: null, card: { number: 7, standing: 'attention' } })
    expect(view.explanation?.limits.length).toBeGreaterThan(0)
  })

  it('that is over, or whose machine is gone, is told without', () => {
    const over = { ...finding, resolvedAt: NOW - HOUR_MS }
    const solved = findingView({ ...input, finding: over, machine: entryOf(good('m1')) })
    expect(solved).toMatchObject({ explanation: null, card: { standing: 'good' }, resolvedAt: over.resolvedAt })
    const orphan = findingView({ ...input, machine: null })
    expect(Value.Check(FindingView, orphan)).toBe(true)
    expect(orphan).toMatchObject({ explanation: null, card: { machine: { slug: '' } } })
  })
})

describe('what stands beside Today', () => {
  const { client } = aClientEntry('c1')

  it('counts who was interrupted and what was held back', () => {
    const at = NOW - DAY_MS
    const findings = [
      aFinding({ id: 'a', openedAt: at, alert: { state: 'pending', since: at } }),
      aFinding({
        id: 'b',
        item: '/b',
        openedAt: at,
        resolvedAt: NOW,
        alert: { state: 'resolved', at: NOW, fired: false },
      }),
      aFinding({
        id: 'c',
        item: '/c',
        openedAt: at,
        resolvedAt: NOW,
        alert: { state: 'resolved', at: NOW, fired: true },
      }),
      aFinding({ id: 'd', openedAt: at, severity: 'info', alert: { state: 'pending', since: at } }),
      aFinding({ id: 'e', openedAt: NOW - 9 * DAY_MS, alert: { state: 'pending', since: at } }),
    ]
    const view = aroundView([{ client, visits: [], findings, sent: 2 }], NOW)
    expect(Value.Check(AroundView, view)).toBe(true)
    expect(view.interruptions).toMatchObject({ sent: 2, held: 2 })
    expect(view.clients[0]).toMatchObject({ basis: 'days', nextVisit: null, opened: 3, solved: 2 })
    expect([view.clients[0]?.trend.at(0), view.clients[0]?.trend.at(-1)]).toEqual([0, 3])
  })

  it('says solved and new of what the page of the client says so, never of what is there again', () => {
    const from = NOW - 10 * DAY_MS
    const days = (ago: number) => NOW - ago * DAY_MS
    const ended = { alert: { state: 'resolved', at: NOW, fired: true } } as const
    const old = aFinding({ item: '/old', openedAt: days(20) })
    const cameBack = aFinding({ item: '/again', openedAt: days(2) })
    const fresh = aFinding({ item: '/new', openedAt: days(1) })
    const wasBack = aFinding({ ...ended, item: '/again', openedAt: days(20), resolvedAt: days(5) })
    const gone = aFinding({ ...ended, item: '/gone', openedAt: days(20), resolvedAt: days(3) })
    const passing = [8, 6, 4].map((ago) =>
      aFinding({ ...ended, item: '/flaps', openedAt: days(ago), resolvedAt: days(ago - 1) }),
    )
    const findings = [old, cameBack, fresh, wasBack, gone, ...passing]
    const before = { ...good('m1'), findings: [old, wasBack, gone].map((one) => ({ ...one, resolvedAt: null })) }
    const now = having('m1', old, cameBack, fresh)
    const visit = { sentAt: from, openedAt: from } as Visit
    for (const [visits, previous] of [
      [[visit], { at: from, machines: [before] }],
      [[], null],
    ] as const) {
      const { changes } = page([now], { findings, previous })
      const [row] = aroundView([{ client, visits, findings, sent: 0 }], NOW).clients
      expect({ basis: row?.basis, opened: row?.opened, solved: row?.solved }).toEqual({
        basis: changes.basis,
        opened: changes.opened.length,
        solved: changes.solved.length,
      })
    }
  })
})
