/** What holds of assess whatever a machine says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../server/assess.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { RULES_BY_ID } from '../../../server/rules/index.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { failed, NEVER, REASON_CODES, type Reading } from '../../../shared/reading.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { aMachine, saved } from './a-machine.ts'
import { anyChanges, anyGap, anyMachine, PARTS } from './random-machine.ts'
import { HEALTHY, NOW } from './sections.ts'

const RUNS = { numRuns: 300 }

/** A machine with a past: two readings some days apart, both assessed, and a third to be. */
const anyPast = fc
  .tuple(anyChanges, anyChanges, fc.integer({ min: 0, max: 9 * DAY_MS }))
  .map(([early, late, apartMs]) => {
    const before = aMachine(early)
    const known = saved(before, assess(before, NOW))
    const now = NOW + apartMs
    const { memory, findings, outcomes, assessedAt, version } = known
    return {
      now,
      state: {
        ...aMachine({ ...late, now, role: before.role, enrolledAt: before.enrolledAt }),
        memory,
        findings,
        outcomes,
        assessedAt,
        version,
      },
    }
  })

const say = (outcome: Outcome) =>
  `${outcome.rule} ${outcome.item} ${outcome.state} ${outcome.state === 'fail' ? outcome.severity : ''}${outcome.state === 'unknown' ? outcome.code : ''}`

describe('assess', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyPast, ({ state, now }) => {
        const first = assess(state, now)
        const again = assess(saved(state, first), now)
        expect(again.transitions).toEqual([])
        expect(again.findings).toEqual([])
        expect(again.memory).toBe(first.memory)
        // A limit with a way back may hold what was just found; it never lets go of it.
        expect(again.outcomes.map(say)).toEqual(first.outcomes.map(say))
      }),
      RUNS,
    )
  })

  it('says the same until it is due', () => {
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(anyPast, share, ({ state, now }, part) => {
        const first = assess(state, now)
        expect(first.dueAt).toBeGreaterThan(now)
        const later = now + Math.floor((first.dueAt - now) * part)
        const again = assess(saved(state, first), later)
        expect(again.outcomes.map(say)).toEqual(first.outcomes.map(say))
        expect(again.transitions).toEqual([])
        expect(assess(state, later).outcomes.map(say)).toEqual(first.outcomes.map(say))
      }),
      RUNS,
    )
  })

  it('dates every change between the previous assessment and now, in order for each finding', () => {
    fc.assert(
      fc.property(anyPast, ({ state, now }) => {
        const last = new Map<string, number>()
        for (const { at, findingId } of assess(state, now).transitions) {
          expect(at).toBeGreaterThanOrEqual(state.assessedAt ?? 0)
          expect(at).toBeLessThanOrEqual(now)
          expect(at).toBeGreaterThanOrEqual(last.get(findingId) ?? 0)
          last.set(findingId, at)
        }
      }),
      RUNS,
    )
  })

  it('has one open finding per failing outcome, and none that passes once its clear time is over', () => {
    fc.assert(
      fc.property(anyPast, ({ state, now }) => {
        const { open, outcomes } = assess(state, now)
        const ids = open.map(({ rule, item }) => `${rule} ${item}`)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { state: what, rule, item } of outcomes) {
          if (what === 'fail') expect(ids).toContain(`${rule} ${item}`)
        }
        for (const { rule, item, alert, clearingSince } of open) {
          const mine = outcomes.find((one) => one.rule === rule && one.item === item)
          if (mine?.state === 'pass') expect([alert.state, clearingSince !== null]).toEqual(['firing', true])
        }
      }),
      RUNS,
    )
  })

  it('keeps findings open while their rule cannot tell', () => {
    fc.assert(
      fc.property(anyPast, fc.constantFrom(...PARTS), anyGap, ({ state, now }, { check, part }, gap) => {
        const first = saved(state, assess(state, now))
        const { open, outcomes } = assess(replacePart(first, check, part, gap), now)
        for (const { rule, item } of first.findings) {
          const mine = outcomes.find((one) => one.rule === rule && (one.item === item || one.item === ''))
          if (mine?.state === 'unknown') expect(open.some((one) => one.rule === rule && one.item === item)).toBe(true)
        }
      }),
      RUNS,
    )
  })
})

function replacePart(state: MachineState, check: CheckName, part: string, reading: Reading<unknown>): MachineState {
  const facts = state.checks[check]
  const section = { ...facts.section, [part]: reading }
  return { ...state, checks: { ...state.checks, [check]: { ...facts, section } } as MachineState['checks'] }
}

const rank = (outcome: Outcome | undefined) => {
  if (outcome === undefined || outcome.state === 'not-applicable') return 0
  if (outcome.state === 'pass') return 1
  if (outcome.state === 'unknown') return 2
  return { info: 3, warning: 4, critical: 5 }[outcome.severity]
}

/**
 * Compares what is said before and after something was taken away. Better would be: a finding that passes or shrinks, an unknown
 * that passes. A rule that answers unknown for the whole answers for each of its items.
 */
function findImprovements(
  before: readonly Outcome[],
  later: readonly Outcome[],
  allowed: (rule: RuleId) => boolean,
): string[] {
  return before.flatMap((old) => {
    if (allowed(old.rule)) return []
    const now =
      later.find((one) => one.rule === old.rule && one.item === old.item) ??
      later.find((one) => one.rule === old.rule && one.item === '')
    const isUnknown = now?.state === 'unknown'
    const isBetter =
      old.state === 'fail' ? !isUnknown && rank(now) < rank(old) : old.state === 'unknown' && rank(now) < 2
    return isBetter ? [`${say(old)} -> ${now === undefined ? 'nothing' : say(now)}`] : []
  })
}

describe('taking information away never improves a verdict', () => {
  it('parts that fail or were never read', () => {
    fc.assert(
      fc.property(anyPast, fc.constantFrom(...PARTS), anyGap, ({ state, now }, { check, part }, gap) => {
        const first = assess(state, now)
        const later = assess(replacePart(saved(state, first), check, part, gap), now)
        const saysAbsent = (rule: RuleId) =>
          gap.state === 'failed' && RULES_BY_ID[rule].notApplicableWhen.includes(gap.code)
        expect(findImprovements(first.outcomes, later.outcomes, saysAbsent)).toEqual([])
      }),
      RUNS,
    )
  })

  it('samples that fail or disappear', () => {
    fc.assert(
      fc.property(anyPast, fc.boolean(), fc.nat(), ({ state, now }, isGone, pick) => {
        const first = assess(state, now)
        const keys = Object.entries(state.checks).flatMap(([check, { samples }]) =>
          [...samples.keys()].map((key) => [check, key] as const),
        )
        const [check, key] = keys[pick % keys.length] ?? ['disk', '']
        const facts = state.checks[check as CheckName]
        const samples = new Map(facts.samples)
        const known = samples.get(key)
        if (isGone || known === undefined) samples.delete(key)
        else samples.set(key, { value: null, at: known.at })
        const checks = { ...state.checks, [check]: { ...facts, samples } } as MachineState['checks']
        const later = assess({ ...saved(state, first), checks }, now)
        expect(findImprovements(first.outcomes, later.outcomes, () => false)).toEqual([])
      }),
      RUNS,
    )
  })

  it('numbers inside a section that become null', () => {
    fc.assert(
      fc.property(anyPast, fc.constantFrom(...PARTS), fc.nat(), ({ state, now }, { check, part }, pick) => {
        const first = assess(state, now)
        const reading = (state.checks[check].section as { readonly [key: string]: unknown })[part] as Reading<unknown>
        const paths = reading.state === 'value' ? nullable(reading.value).filter((one) => isNullable(part, one)) : []
        const path = paths[pick % Math.max(1, paths.length)]
        if (path === undefined || reading.state !== 'value') return
        const blanked = { ...reading, value: withNull(reading.value, path) }
        const later = assess(replacePart(saved(state, first), check, part, blanked), now)
        expect(findImprovements(first.outcomes, later.outcomes, () => false)).toEqual([])
      }),
      { numRuns: 1_500 },
    )
  })
})

/** Fields that a schema lets be null and that this test may blank: a source that stops saying a number or a state. */
const BLANKS = new Set(
  'passed reallocatedSectors pendingSectors offlineUncorrectable reportedUncorrectable crcErrors endToEndErrors spinRetries wearPercent lastSelfTest criticalWarning mediaErrors availableSparePercent readOnlyExpected errorCount running realTime lastResult copies tooSmall sameDisk offsite startsAtBoot inbound rootLogin passwordLogin reachable fullCapacity designCapacity memoryBytes version'.split(
    ' ',
  ),
)

/** Whether an SSH server runs is always told. */
const isNullable = (part: string, path: readonly string[]) => part !== 'sshd' || path.at(-1) !== 'running'

function nullable(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, key]
    return BLANKS.has(key) && inner !== null ? [path] : nullable(inner, path)
  })
}

function withNull(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return null
  const inner = withNull((value as { readonly [key: string]: unknown })[key], rest)
  return Array.isArray(value) ? value.map((one, at) => (String(at) === key ? inner : one)) : { ...value, [key]: inner }
}

describe('a part that was not read never passes', () => {
  const gaps = [NEVER, ...REASON_CODES.map((code) => failed('x/y', { code, detail: 'why' }))]
  const cases = PARTS.flatMap(({ check, part }) =>
    gaps.map((gap) => [`${check}.${part}`, gap.state === 'failed' ? gap.code : gap.state, check, part, gap] as const),
  )
  it.each(cases)('%s %s', (_name, _code, check, part, gap) => {
    const { outcomes } = assess(replacePart(aMachine(), check, part, gap), NOW)
    for (const outcome of outcomes) {
      const { needs, notApplicableWhen } = RULES_BY_ID[outcome.rule]
      if (!outcome.rule.startsWith(`${check}/`) || !needs.includes(part)) continue
      const isAbsent = gap.state === 'failed' && notApplicableWhen.includes(gap.code)
      expect(outcome.state).toBe(isAbsent ? 'not-applicable' : 'unknown')
    }
  })

  it('nor does a machine of which nothing was ever read', () => {
    const nothing = (check: CheckName) => ({
      section: {
        samples: [],
        ...Object.fromEntries(
          Object.keys(HEALTHY[check])
            .filter((part) => part !== 'samples')
            .map((part) => [part, NEVER]),
        ),
      },
      collectedAt: {},
      lastAt: null,
      samples: new Map(),
    })
    const checks = Object.fromEntries(
      Object.keys(HEALTHY).map((check) => [check, nothing(check as CheckName)]),
    ) as unknown as MachineState['checks']
    const state = {
      ...aMachine({ agent: { lastReportAt: null, skewMs: null, build: null }, enrolledAt: NOW }),
      checks,
      trends: new Map(),
    }
    const passing = assess(state, NOW).outcomes.filter((outcome) => outcome.state === 'pass')
    expect(passing.map(({ rule }) => rule)).toEqual(['agent/silent'])
  })
})

it('one broken rule stops no other', () => {
  fc.assert(
    fc.property(anyMachine, (state) => {
      expect(
        assess(state, NOW).outcomes.filter(
          (outcome) => outcome.state === 'unknown' && outcome.detail.startsWith('rule '),
        ),
      ).toEqual([])
    }),
    RUNS,
  )
})
