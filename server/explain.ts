/**
 * Why a rule says what it says of a machine, and why somebody was or was not told: facts → limits → outcome → finding → alert.
 * Structured; the command line and the page put it into words. Pure.
 */
import type { Outcome } from '../shared/outcome.ts'
import type { Reading, ReasonCode } from '../shared/reading.ts'
import type { RuleId } from '../shared/rules.ts'
import type { EpochMs } from '../shared/units.ts'
import { alertOptions } from './alerts/alert-options.ts'
import { fireTime } from './alerts/lifecycle.ts'
import { type Assessment, assess } from './assess.ts'
import { type AcceptedRisk, acceptanceOf } from './findings/accepted.ts'
import type { Finding } from './findings/finding.ts'
import type { MachineState } from './fleet/machine-state.ts'
import { type Limit, resolvePolicy } from './policy/resolve.ts'
import { RULES, RULES_BY_ID } from './rules/index.ts'
import type { Rule } from './rules/rule.ts'

/** One part that a rule reads, as it stands. `collectedAt` null: never. */
export type ExplainedFact = {
  readonly part: string
  readonly state: Reading<unknown>['state']
  readonly source: string | null
  readonly code: ReasonCode | null
  readonly detail: string
  readonly collectedAt: EpochMs | null
}

/**
 * Why somebody was told or not. `holding`: not long enough yet, fires at `at` by time alone. `held-back`: the rule `by` fails, and
 * explains this one. `accepted`: somebody accepted the risk until `at`. `blind`: frozen since `at`, because the rule cannot tell. `clearing`: passes again since `at`, and counts as over
 * after its clear time. `told`: fired at `at`; who heard of it is the outbox's to say.
 */
export type AlertReason =
  | { readonly why: 'passes' | 'not-applicable' | 'could-not-tell' }
  | { readonly why: 'holding' | 'blind' | 'clearing' | 'told' | 'accepted'; readonly at: EpochMs }
  | { readonly why: 'held-back'; readonly by: RuleId }

/** One outcome of one rule, explained. */
export type Explanation = {
  readonly rule: RuleId
  readonly item: string
  readonly facts: readonly ExplainedFact[]
  readonly limits: readonly Limit[]
  readonly outcome: Outcome
  readonly finding: Finding | null
  readonly alert: AlertReason
  readonly holdMs: number | null
  readonly clearMs: number | null
}

/** @param rule null: every rule. @returns one explanation per outcome at `now`. */
export function explain(state: MachineState, rule: RuleId | null, now: EpochMs): readonly Explanation[] {
  const assessment = assess(state, now)
  const wanted = rule === null ? RULES : [RULES_BY_ID[rule]]
  return wanted.flatMap((one) =>
    outcomesOf(one.id, assessment).map((outcome) => explainOutcome(state, assessment, one, outcome, now)),
  )
}

/** The outcomes of a rule, and for each open finding that has none of its own, the one that stands for the whole. */
function outcomesOf(rule: RuleId, { outcomes, open }: Assessment): readonly Outcome[] {
  const mine = outcomes.filter((outcome) => outcome.rule === rule)
  const whole = mine.find(({ item }) => item === '')
  const frozen = open.filter((one) => one.rule === rule && !mine.some(({ item }) => item === one.item))
  if (frozen.length === 0) return mine
  const others = whole === undefined ? mine : mine.filter((outcome) => outcome !== whole)
  return [
    ...others,
    ...frozen.map(
      ({ item }): Outcome => (whole === undefined ? { state: 'not-applicable', rule, item } : { ...whole, item }),
    ),
  ]
}

function explainOutcome(
  state: MachineState,
  assessment: Assessment,
  rule: Rule,
  outcome: Outcome,
  now: EpochMs,
): Explanation {
  const policy = resolvePolicy(state.policy, state.role)
  const options = alertOptions(state, assessment.facts, assessment.outcomes, policy, now)
  const finding = assessment.open.find((one) => one.rule === rule.id && one.item === outcome.item) ?? null
  const severity = finding?.severity ?? (outcome.state === 'fail' ? outcome.severity : null)
  return {
    rule: rule.id,
    item: outcome.item,
    facts: factsOf(rule, assessment),
    limits: rule.limits.map((key) => policy.limit(key)),
    outcome,
    finding,
    alert:
      finding === null
        ? withoutFinding(outcome)
        : alertOf(rule, finding, assessment, fireTime(finding, options), acceptanceOf(state.acceptances, finding, now)),
    holdMs: severity === null ? null : options.holdMs(rule.id, severity),
    clearMs: severity === null ? null : options.clearMs(rule.id, severity),
  }
}

function factsOf({ subject, needs, sees }: Rule, { facts }: Assessment): readonly ExplainedFact[] {
  if (subject === 'agent') return []
  const { section, collectedAt } = facts.checks[subject]
  const readings = section as unknown as { readonly [part: string]: Reading<unknown> | undefined }
  const times = collectedAt as { readonly [part: string]: EpochMs | undefined }
  return [...needs, ...sees].map((part) => {
    const reading = readings[part] ?? { state: 'never' }
    const failure = reading.state === 'failed' ? reading : null
    return {
      part,
      state: reading.state,
      source: reading.state === 'never' ? null : reading.source,
      code: failure?.code ?? null,
      detail: failure?.detail ?? '',
      collectedAt: times[part] ?? null,
    }
  })
}

function withoutFinding(outcome: Outcome): AlertReason {
  if (outcome.state === 'unknown') return { why: 'could-not-tell' }
  return { why: outcome.state === 'not-applicable' ? 'not-applicable' : 'passes' }
}

function alertOf(
  rule: Rule,
  finding: Finding,
  assessment: Assessment,
  fireAt: EpochMs | null,
  accepted: AcceptedRisk | null,
): AlertReason {
  const { alert, blind, clearingSince } = finding
  if (accepted !== null) return { why: 'accepted', at: accepted.until }
  if (clearingSince !== null) return { why: 'clearing', at: clearingSince }
  if (alert.state === 'firing') return { why: 'told', at: alert.firedAt }
  if (blind !== null) return { why: 'blind', at: blind.since }
  const by = rule.dependsOn.find((one) =>
    assessment.outcomes.some(({ rule: id, state }) => id === one && state === 'fail'),
  )
  if (by !== undefined) return { why: 'held-back', by }
  return { why: 'holding', at: fireAt ?? finding.openedAt }
}
