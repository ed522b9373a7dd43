/** Every sentence of ui.md 4 about dials, as tables. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type CheckTally,
  countMark,
  emptyDial,
  isAway,
  type Mark,
  markOf,
  standingOfDial,
} from '../../../server/views/dials.ts'
import type { Severity } from '../../../shared/severity.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'

const NOTHING: CheckTally = { critical: 0, warning: 0, info: 0, accepted: 0, stale: 0, unknown: 0, pass: 0, outside: 0 }

describe('one check of one machine', () => {
  test.each<[string, Partial<CheckTally>, Mark, Mark]>([
    // what it is, outcomes, standing, standing while away
    ['an open critical is urgent', { critical: 1, pass: 9 }, 'urgent', 'urgent'],
    ['whatever else is open or unknown', { critical: 1, warning: 2, unknown: 3, stale: 1 }, 'urgent', 'urgent'],
    ['an open warning is attention', { warning: 1, pass: 9 }, 'attention', 'attention'],
    ['and stands before what could not be told', { warning: 1, unknown: 1 }, 'attention', 'attention'],
    ['one unknown outcome among passes is not proven', { unknown: 1, pass: 9 }, 'not-proven', 'not-proven'],
    ['an unknown stands before a note', { unknown: 1, info: 1 }, 'not-proven', 'not-proven'],
    ['what grew stale is not proven, unless away as usual', { stale: 3 }, 'not-proven', 'good'],
    ['a note is a note', { info: 1, pass: 3 }, 'note', 'note'],
    ['stale and a note, away: the note', { info: 1, stale: 3 }, 'not-proven', 'note'],
    ['an accepted risk is accepted, whatever passes beside it', { accepted: 1, pass: 9 }, 'accepted', 'accepted'],
    ['and stands before a note', { accepted: 1, info: 2 }, 'accepted', 'accepted'],
    ['accepting hides nothing that could not be told', { accepted: 1, unknown: 1 }, 'not-proven', 'not-proven'],
    ['passes alone are good', { pass: 1 }, 'good', 'good'],
    ['a check that does not concern it has no mark', { outside: 2 }, null, null],
    ['a pass beside what does not concern it is good', { outside: 2, pass: 1 }, 'good', 'good'],
    ['no outcome at all proves nothing', {}, 'not-proven', 'not-proven'],
  ])('%s', (_name, tally, present, away) => {
    expect(markOf({ ...NOTHING, ...tally }, false)).toBe(present)
    expect(markOf({ ...NOTHING, ...tally }, true)).toBe(away)
  })

  it('is never good, and never left out, with anything open or unknown', () => {
    const some = fc.nat(2)
    const tally = fc.record({
      critical: some,
      warning: some,
      info: some,
      accepted: some,
      stale: some,
      unknown: some,
      pass: some,
      outside: some,
    })
    fc.assert(
      fc.property(tally, fc.boolean(), (one, away) => {
        const bad = one.critical + one.warning + one.unknown + one.info + one.accepted + (away ? 0 : one.stale)
        if (bad > 0) expect(['good', null]).not.toContain(markOf(one, away))
        expect(markOf({ ...one, pass: 0 }, false)).not.toBe('good')
      }),
    )
  })
})

type Machines = { readonly [M in Exclude<Mark, null>]?: number } & { readonly server?: Mark; readonly outside?: number }
function dialOf({ server, outside = 0, ...marks }: Machines) {
  const count = emptyDial()
  for (const [mark, times] of Object.entries(marks)) {
    for (let n = 0; n < times; n += 1) countMark(count, mark as Mark, false)
  }
  for (let n = 0; n < outside; n += 1) countMark(count, null, false)
  if (server !== undefined) countMark(count, server, true)
  return count
}

describe('a check over many machines', () => {
  test.each<[string, Machines, Exclude<Mark, null>]>([
    ['no machine is in scope', {}, 'not-proven'],
    ['the check concerns none of them', { outside: 5 }, 'not-proven'],
    ['none of them could be told', { 'not-proven': 1 }, 'not-proven'],
    ['one of three: over 20 %, but not two', { 'not-proven': 1, good: 2 }, 'attention'],
    ['two of ten: not over 20 %', { 'not-proven': 2, good: 8 }, 'attention'],
    ['two of nine: over 20 %', { 'not-proven': 2, good: 7 }, 'not-proven'],
    ['three of fourteen: over 20 %', { 'not-proven': 3, good: 11 }, 'not-proven'],
    ['machines out of scope do not dilute', { 'not-proven': 2, good: 7, outside: 50 }, 'not-proven'],
    ['any server that could not be told', { server: 'not-proven', good: 99 }, 'not-proven'],
    ['a server that could be told is none', { server: 'good', good: 99 }, 'good'],
    ['an open critical before everything', { urgent: 1, 'not-proven': 9, server: 'not-proven' }, 'urgent'],
    ['not proven before attention', { attention: 5, 'not-proven': 2 }, 'not-proven'],
    ['a warning is open', { attention: 1, good: 99 }, 'attention'],
    ['a risk is accepted', { accepted: 1, good: 99 }, 'attention'],
    ['some could not be told', { 'not-proven': 1, good: 99 }, 'attention'],
    ['notes count as good', { note: 3, good: 1 }, 'good'],
    ['none of these', { good: 1 }, 'good'],
  ])('%s', (_name, machines, standing) => {
    expect(standingOfDial(dialOf(machines))).toBe(standing)
  })

  it('has counts that add up, and none accepted before a person can accept', () => {
    const mark = fc.constantFrom<Mark>('urgent', 'attention', 'not-proven', 'note', 'good', null)
    fc.assert(
      fc.property(fc.array(fc.tuple(mark, fc.boolean())), (machines) => {
        const count = emptyDial()
        for (const [one, isServer] of machines) countMark(count, one, isServer)
        const { urgent, attention, accepted, unknown, unknownServers, good } = count
        expect(urgent + attention + accepted + unknown + good).toBe(machines.filter(([one]) => one !== null).length)
        expect(accepted).toBe(0)
        expect(unknownServers).toBeLessThanOrEqual(unknown)
        const isGood = good > 0 && urgent + attention + unknown === 0
        expect(standingOfDial(count) === 'good').toBe(isGood)
      }),
    )
  })

  it('moves to no better standing when one machine gets worse', () => {
    const order: readonly Mark[] = ['good', 'attention', 'urgent']
    const rank = ['good', 'attention', 'not-proven', 'urgent']
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 12 }), fc.nat(11), (marks, at) => {
        const place = at % marks.length
        const worse = marks.map((mark, n) => (n === place ? Math.min(2, mark + 1) : mark))
        const dial = (all: readonly number[]) => {
          const count = emptyDial()
          for (const one of all) countMark(count, order[one] ?? null, false)
          return rank.indexOf(standingOfDial(count))
        }
        expect(dial(worse)).toBeGreaterThanOrEqual(dial(marks))
      }),
    )
  })
})

describe('a machine is away as usual', () => {
  const machine = (
    change: { role?: 'server' | 'desktop' | 'laptop'; days?: number; connected?: boolean },
    silent?: Severity,
  ) => ({
    ...aMachine({
      role: change.role ?? 'laptop',
      agent: {
        connected: change.connected ?? false,
        lastReportAt: change.days === undefined ? null : NOW - change.days * DAY_MS,
      },
    }),
    findings: silent === undefined ? [] : [aFinding({ rule: 'agent/silent', severity: silent })],
  })
  test.each([
    ['a laptop, last heard 30 days ago', machine({ days: 30 }), true],
    ['and a millisecond more', machine({ days: 30 + 1 / DAY_MS }), false],
    ['a desktop', machine({ role: 'desktop', days: 2 }), true],
    ['a server never is', machine({ role: 'server', days: 2 }), false],
    ['not while it is connected', machine({ days: 2, connected: true }), false],
    ['not when it was never heard', machine({}), false],
    ['a note on its silence is no reason', machine({ days: 8 }, 'info'), true],
    ['a warning on its silence is', machine({ days: 22 }, 'warning'), false],
    [
      'a solved one is over',
      {
        ...machine({ days: 2 }),
        findings: [aFinding({ rule: 'agent/silent', severity: 'critical', resolvedAt: NOW })],
      },
      true,
    ],
    [
      'a warning on something else is another story',
      { ...machine({ days: 2 }), findings: [aFinding({ severity: 'critical' })] },
      true,
    ],
  ])('%s', (_name, state, away) => {
    expect(isAway(state, NOW)).toBe(away)
  })
})
