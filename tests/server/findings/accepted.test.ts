/** Accepted risks: until when, up to which severity, and how they come back by themselves. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../server/assess.ts'
import { acceptanceOf, isRunning, nextAcceptanceChange } from '../../../server/findings/accepted.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { findingsView } from '../../../server/views/lists.ts'
import {
  isUntold,
  markOfMachine,
  problemsAt,
  standingOfMachine,
  summaryOf,
} from '../../../server/views/machine-summary.ts'
import { todayView } from '../../../server/views/today.ts'
import { read } from '../../../shared/reading.ts'
import { SEVERITIES } from '../../../shared/severity.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { anAcceptance } from '../../support/visit-samples.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'
import { ask, entryOf, judged } from '../views/a-client.ts'

const RISK = { rule: 'disk/read-only', item: '/' } as const
const HOLD = { 'alert.holdMs': 10 * MINUTE_MS }
const UNTIL = NOW + 30 * DAY_MS
const accepted = (over = {}) =>
  anAcceptance({ ...RISK, severity: 'warning', at: NOW - DAY_MS, until: UNTIL, machineId: 'm1', ...over })

/** A healthy machine with that one finding open and accepted. */
function atRisk(over: Partial<MachineState> = {}, finding = {}): MachineState {
  const healthy = judged(aMachine())
  return {
    ...healthy,
    findings: [aFinding({ ...RISK, severity: 'warning', ...finding })],
    acceptances: [accepted()],
    ...over,
  }
}

describe('an acceptance', () => {
  it('covers its item from its moment until its date, and not when it was taken back', () => {
    const moment = fc.integer({ min: 0, max: 100 })
    const some = fc.record({ at: moment, until: moment, revokedAt: fc.option(moment) })
    fc.assert(
      fc.property(some, moment, (times, now) => {
        const one = accepted(times)
        const covers = acceptanceOf([one], { ...RISK, severity: 'warning' }, now) !== null
        expect(covers).toBe(now >= times.at && now < times.until && (times.revokedAt === null || now < times.revokedAt))
        expect(covers).toBe(isRunning(one, now))
        const next = nextAcceptanceChange([one], now)
        for (let t = now; t < Math.min(next, 101); t += 1) expect(isRunning(one, t)).toBe(isRunning(one, now))
        expect(next).toBeGreaterThan(now)
      }),
    )
  })

  it.each(SEVERITIES.flatMap((was) => SEVERITIES.map((is) => [was, is] as const)))(
    'of a %s covers a %s only when that is no worse',
    (was, is) => {
      const covers = acceptanceOf([accepted({ severity: was })], { ...RISK, severity: is }, NOW) !== null
      expect(covers).toBe(SEVERITIES.indexOf(is) >= SEVERITIES.indexOf(was))
    },
  )

  it('covers neither another item nor another rule', () => {
    expect(acceptanceOf([accepted()], { ...RISK, item: '/srv', severity: 'warning' }, NOW)).toBeNull()
    expect(acceptanceOf([accepted()], { ...RISK, rule: 'disk/gone', severity: 'warning' }, NOW)).toBeNull()
  })
})

describe('what a person accepted', () => {
  it('stands accepted, is no open finding, and is none of what Today asks for', () => {
    const state = atRisk()
    expect(standingOfMachine(state, NOW)).toBe('accepted')
    expect(markOfMachine(state, 'disk', NOW)).toBe('accepted')
    expect(summaryOf(state, NOW).open).toBe(0)
    const today = todayView(ask([state, judged(aMachine(), 'm2')]))
    expect([...today.urgent, ...today.week, ...today.notes]).toEqual([])
    expect(today.rows[0]).toMatchObject({ open: 0, worst: null, dials: { disk: 'attention', backup: 'good' } })
    const filter = { standing: 'accepted', severity: null, check: null, limit: 9 } as const
    const [card] = findingsView([entryOf(state)], filter, NOW).cards
    expect(card?.acceptance).toMatchObject({ by: 'Luc Aubertin', until: UNTIL })
  })

  it('comes back by itself when its date passes, and when it gets worse', () => {
    const state = atRisk()
    expect(markOfMachine(state, 'disk', UNTIL - 1)).toBe('accepted')
    expect(markOfMachine(state, 'disk', UNTIL)).toBe('attention')
    expect(markOfMachine(state, 'disk', NOW)).toBe('accepted')
    expect(markOfMachine(atRisk({}, { severity: 'critical' }), 'disk', NOW)).toBe('urgent')
    expect(markOfMachine(atRisk({ acceptances: [] }), 'disk', NOW)).toBe('attention')
  })

  it('is never good, and hides nothing that could not be told', () => {
    const blind = { blind: { since: NOW - HOUR_MS, code: 'timeout' as const } }
    const state = atRisk({}, blind)
    expect(markOfMachine(state, 'disk', NOW)).toBe('not-proven')
    expect(isUntold(state, NOW)).toBe(true)
    const unread = judged(aMachine({ parts: { disk: { volumes: { state: 'never' } } } }))
    const standing = standingOfMachine({ ...unread, acceptances: [accepted()] }, NOW)
    expect(standing).toBe('not-proven')
    expect(problemsAt(unread, NOW).length).toBeGreaterThan(0)
  })

  it('interrupts nobody while it is accepted, and is judged again at the moment it ends', () => {
    const until = NOW + 20 * MINUTE_MS
    const firewall = read('x', { tool: 'ufw', enabled: false, startsAtBoot: null, inbound: null })
    const heardAt = (at: number) =>
      aMachine({ now: at, enrolledAt: NOW - DAY_MS, policy: HOLD, parts: { posture: { firewall } } })
    const first = assess(heardAt(NOW), NOW)
    const finding = first.open.find(({ rule }) => rule === 'posture/firewall-off')
    if (finding === undefined) throw new Error('the machine was to have a finding')
    const risk = accepted({ rule: finding.rule, item: finding.item, severity: finding.severity, at: NOW, until })
    const later = (at: number, before: ReturnType<typeof assess>, acceptances = [risk]) =>
      assess(
        { ...heardAt(at), memory: before.memory, findings: before.open, assessedAt: before.assessedAt, acceptances },
        at,
      )
    const firedOf = ({ transitions }: ReturnType<typeof assess>) =>
      transitions.find(({ kind, rule }) => kind === 'fired' && rule === finding.rule)
    expect(firedOf(later(NOW + 15 * MINUTE_MS, first, []))).toBeDefined()
    const held = later(NOW + 15 * MINUTE_MS, first)
    expect(firedOf(held)).toBeUndefined()
    expect(held.dueAt).toBeLessThanOrEqual(until)
    const fired = firedOf(later(until, held))
    expect(fired?.at).toBe(until)
  })
})
