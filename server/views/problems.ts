/** What is wrong or not known about one machine, worst first: open findings, and outcomes that could not be told. Pure. */
import type { Outcome } from '../../shared/outcome.ts'
import { type RuleId, subjectOf } from '../../shared/rules.ts'
import { type Standing, standingOf } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import { acceptanceOf } from '../findings/accepted.ts'
import type { Finding } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Acceptance } from '../visits/visit.ts'
import { RULE_PARTS } from './rule-parts.ts'
import { rankOf } from './standing-order.ts'

/** An outcome that could not be told. */
export type UnknownOutcome = Extract<Outcome, { readonly state: 'unknown' }>

/** `finding`: open, frozen or not; `acceptance`: who accepted its risk, null: nobody. `unknown`: no finding stands behind it; one for each cause, not for each rule. */
export type Problem =
  | {
      readonly kind: 'finding'
      readonly standing: Standing
      readonly finding: Finding
      readonly acceptance: Acceptance | null
    }
  | { readonly kind: 'unknown'; readonly standing: 'not-proven'; readonly outcome: UnknownOutcome }

/** People stopped, then data at risk, then the rest (ui.md 11). */
const WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/^agent\/silent$/, 0],
  [/^disk\/(?:raid|drive|sectors|errors|read-only|nvme|gone|volume)/, 1],
  [/^backup\//, 2],
  [/^disk\//, 3],
]
const OTHER_WEIGHT = 4
const weights = new Map<RuleId, number>()

function weightOf(rule: RuleId): number {
  const known = weights.get(rule)
  if (known !== undefined) return known
  const weight = WEIGHTS.find(([pattern]) => pattern.test(rule))?.[1] ?? OTHER_WEIGHT
  weights.set(rule, weight)
  return weight
}

/** @returns the rule behind a problem. */
export function ruleOf(problem: Problem): RuleId {
  return problem.kind === 'finding' ? problem.finding.rule : problem.outcome.rule
}

/** Sorts worst first: standing, what is at risk, age, then name so that equal ones keep their order. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    rankOf(a.standing) - rankOf(b.standing) ||
    weightOf(ruleOf(a)) - weightOf(ruleOf(b)) ||
    openedAtOf(a) - openedAtOf(b) ||
    (ruleOf(a) < ruleOf(b) ? -1 : 1)
  )
}

function openedAtOf(problem: Problem): EpochMs {
  return problem.kind === 'finding' ? problem.finding.openedAt : Number.MAX_SAFE_INTEGER
}

/**
 * True for an outcome that waits for history and for nothing else: nobody can act on it, and it is never counted as good. Only a rule
 * can say so: an agent that gives this reason for a reading has not read it.
 */
export function isWaiting({ code, source }: UnknownOutcome): boolean {
  return code === 'needs-history' && source === null
}

/** @returns open findings of a machine. */
export function openFindings(state: MachineState): readonly Finding[] {
  return state.findings.filter((finding) => finding.resolvedAt === null)
}

/**
 * Problems of a machine at `now`, not sorted. An unknown outcome whose finding is open is that finding, frozen. Unknown outcomes of one
 * cause (same part, item, code and detail) are one problem. @param waiting whether outcomes that only wait for history are among them.
 */
export function problemsOf(state: MachineState, waiting: boolean, now: EpochMs): readonly Problem[] {
  const open = openFindings(state)
  const known = new Set(open.map(({ rule, item }) => `${rule}\n${item}`))
  const problems: Problem[] = open.map((finding) => {
    const acceptance = acceptanceOf(state.acceptances, finding, now)
    const standing = acceptance === null ? standingOf('fail', finding.severity) : 'accepted'
    return { kind: 'finding', standing, finding, acceptance }
  })
  for (const outcome of state.outcomes) {
    if (outcome.state !== 'unknown' || (!waiting && isWaiting(outcome))) continue
    if (known.has(`${outcome.rule}\n${outcome.item}`)) continue
    const cause = causeOf(outcome)
    if (known.has(cause)) continue
    known.add(cause)
    problems.push({ kind: 'unknown', standing: 'not-proven', outcome })
  }
  return problems
}

function causeOf({ rule, item, code, detail }: UnknownOutcome): string {
  // All that a silent agent no longer tells of itself is one thing to know.
  const part = RULE_PARTS[rule] ?? (code === 'stale' ? '' : rule)
  return `${subjectOf(rule)}\n${part}\n${item}\n${code}\n${detail}`
}
