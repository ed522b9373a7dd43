/** What is remembered of a machine is what would be worked out afresh, whatever was replaced in between. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { isAway } from '../../../server/views/dials.ts'
import { problemsAt, standingOfMachine, summaryOf } from '../../../server/views/machine-summary.ts'
import { RULE_PARTS } from '../../../server/views/rule-parts.ts'
import { rankOf } from '../../../server/views/standing-order.ts'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { failed } from '../../../shared/reading.ts'
import { subjectOf } from '../../../shared/rules.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyMachine, PARTS } from '../assess/random-machine.ts'
import { NOW } from '../assess/sections.ts'
import { judged } from './a-client.ts'

/** A summary that nothing was remembered for. */
const fresh = (state: MachineState) => summaryOf(structuredClone(state), NOW)

const anyStep = fc.record({
  what: fc.constantFrom('outcomes', 'findings', 'section', 'samples', 'agent', 'all' as const),
  from: fc.nat(3),
  check: fc.constantFrom(...CHECK_NAMES),
})
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

/** The next state: what a report, a judgement or a connection replaces, taken from another machine. */
function take(state: MachineState, other: MachineState, { what, check }: Step): MachineState {
  if (what === 'outcomes') return { ...state, outcomes: other.outcomes }
  if (what === 'findings') return { ...state, findings: other.findings }
  if (what === 'agent') return { ...state, agent: { ...other.agent, connected: !state.agent.connected } }
  if (what === 'all') return { ...other }
  const facts = what === 'section' ? { section: other.checks[check].section } : { samples: other.checks[check].samples }
  return { ...state, checks: { ...state.checks, [check]: { ...state.checks[check], ...facts } } }
}

describe('summaryOf', () => {
  it('equals a fresh one after any change', () => {
    const pool = fc.array(anyMachine, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(pool, fc.array(anyStep, { maxLength: 8 }), (machines, steps) => {
        const states = machines.map((state, at) => judged(state, `m${at}`))
        let state = states[0] ?? judged(aMachine())
        for (const step of steps) {
          state = take(state, states[step.from % states.length] ?? state, step)
          expect(summaryOf(state, NOW)).toEqual(fresh(state))
          expect(summaryOf({ ...state }, NOW)).toBe(summaryOf(state, NOW))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('is not that of a machine whose outcomes are the same list', () => {
    const blind = judged(
      aMachine({ parts: { system: { virtualization: failed('x', { code: 'timeout', detail: '' }) } } }),
    )
    const good = { ...judged(aMachine()), outcomes: blind.outcomes }
    expect(summaryOf(good, NOW).tallies.system.unknown).toBe(0)
    expect(summaryOf(blind, NOW).tallies.system.unknown).toBe(1)
  })

  it('counts one problem for one cause, and a frozen finding as the finding', () => {
    const state = judged(aMachine({ parts: { patch: { updates: failed('x', { code: 'timeout', detail: 'd' }) } } }))
    const rules = state.outcomes.filter(({ state: said, rule }) => said === 'unknown' && rule.startsWith('patch/'))
    expect(rules.length).toBeGreaterThan(1)
    expect(summaryOf(state, NOW).problems.map(({ kind }) => kind)).toEqual(['unknown'])
    const [first] = rules
    const frozen = aFinding({
      rule: first?.rule ?? 'patch/list-stale',
      item: '',
      blind: { since: NOW, code: 'timeout' },
    })
    const problems = summaryOf({ ...state, findings: [frozen] }, NOW).problems
    expect(problems.filter(({ kind }) => kind === 'finding')).toHaveLength(1)
    expect(problems[0]?.standing).toBe('attention')
  })
})

describe('the standing of a machine', () => {
  it('is never better than what is open on it, and good only with every part read', () => {
    fc.assert(
      fc.property(anyMachine, fc.integer({ min: 0, max: 40 }), (machine, days) => {
        const now = NOW + days * DAY_MS
        const state = judged(machine, 'm1', 'c1', now)
        const standing = standingOfMachine(state, now)
        for (const problem of problemsAt(state, now)) {
          expect(rankOf(standing)).toBeLessThanOrEqual(rankOf(problem.standing))
        }
        if (standing !== 'good') return
        for (const { check, part } of PARTS) {
          const section: { readonly [part: string]: unknown } = state.checks[check].section
          if (JSON.stringify(section[part]).startsWith('{"state":"value"')) continue
          // Unread and all the same good: only where every rule says that it does not concern this machine.
          const own = state.outcomes.filter(({ rule }) => subjectOf(rule) === check && RULE_PARTS[rule] === part)
          expect(new Set(own.map(({ state: said }) => said)), `${check}/${part}`).toEqual(new Set(['not-applicable']))
        }
        const unknown = state.outcomes.filter((outcome) => outcome.state === 'unknown')
        const blind = unknown.filter(
          ({ code }) => code !== 'needs-history' && !(code === 'stale' && isAway(state, now)),
        )
        expect(blind).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('is not proven for a machine that was never heard', () => {
    expect(standingOfMachine(judged(aMachine({ agent: { lastReportAt: null } })), NOW)).toBe('not-proven')
  })

  it('is not proven for a machine that nobody has judged', () => {
    expect(standingOfMachine(aMachine(), NOW)).toBe('not-proven')
  })
})
