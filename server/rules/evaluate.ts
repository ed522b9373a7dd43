/**
 * Facts × policy × rules → outcomes. Here, and not in the rules, a part that is missing, failed or stale becomes `unknown`; a rule
 * that throws becomes `unknown` too and stops no other. Pure.
 */
import type { CheckName } from '../../shared/checks/names.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Failure, Reading } from '../../shared/reading.ts'
import type { RuleId, RuleValues } from '../../shared/rules.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Facts } from '../facts/facts.ts'
import type { Policy } from '../policy/resolve.ts'
import { type OpenFindings, RuleContext } from './context.ts'
import { blind, notApplicable, type Rule, unknown, type Verdict } from './rule.ts'

/** An outcome with the moment at which its condition began (the time of its reading, unless the rule knows better). */
export type Judged = { readonly outcome: Outcome; readonly since: EpochMs }

/** All outcomes of one machine, and the first moment at which time alone changes one of them. */
export type Judgement = { readonly judged: readonly Judged[]; readonly dueAt: EpochMs }

type Parts = Readonly<Record<string, unknown>>
type Unread = Exclude<Reading<unknown>, { readonly state: 'value' }>
type Gated =
  /** `unread`: the agent's own reading of a part that others gave a value. */
  | { readonly state: 'open'; readonly parts: Parts; readonly readAt: EpochMs; readonly unread?: Unread }
  | { readonly state: 'shut'; readonly verdict: Verdict<never>; readonly readAt: EpochMs }

/** @param open severities of the open findings, which give limits their way back. */
export function evaluateRules(
  rules: readonly Rule[],
  facts: Facts,
  policy: Policy,
  now: EpochMs,
  open: OpenFindings,
): Judgement {
  const context = new RuleContext(facts, policy, now, open)
  const agentPart = { agent: facts.agent, failure: facts.agentFailure, lastAt: lastTimes(facts) }
  const judged: Judged[] = []
  for (const rule of rules) {
    context.turnTo(rule.id, rule.subject)
    const gate = rule.subject === 'agent' ? agentGate(rule, agentPart, now) : gateOf(rule, rule.subject, facts, now)
    const verdicts = gate.state === 'shut' ? [gate.verdict] : verdictsOf(rule, gate, context)
    for (const verdict of verdicts) judged.push(judge(rule.id, verdict, gate.readAt))
  }
  return { judged, dueAt: context.dueAt }
}

const AGENT_SOURCE = 'agent/server'

/** What an agent told of itself grows stale like all that it told; whether it is silent is still known then. */
function agentGate(rule: Rule, parts: Parts & { readonly failure: Failure | null }, now: EpochMs): Gated {
  const { failure } = parts
  if (failure === null || rule.judgesSilence) return { state: 'open', parts, readAt: now }
  const verdict = unknown('', failure.code, failure.detail, AGENT_SOURCE)
  return { state: 'shut', verdict, readAt: now }
}

function lastTimes({ checks }: Facts) {
  return {
    antivirus: checks.antivirus.lastAt,
    backup: checks.backup.lastAt,
    disk: checks.disk.lastAt,
    patch: checks.patch.lastAt,
    posture: checks.posture.lastAt,
    system: checks.system.lastAt,
  }
}

/** Opens the parts that a rule declared; the first one without a value answers for the rule. */
function gateOf(rule: Rule, check: CheckName, facts: Facts, now: EpochMs): Gated {
  const { section, collectedAt, lastAt, unread = {} } = facts.checks[check]
  const unreadOf = unread as { readonly [part: string]: Unread | undefined }
  const readings = section as unknown as { readonly [part: string]: Reading<unknown> | undefined }
  const times = collectedAt as { readonly [part: string]: EpochMs | undefined }
  const parts: Record<string, unknown> = {}
  let readAt = lastAt ?? now
  for (const part of rule.needs) {
    const reading = readings[part] ?? { state: 'never' }
    readAt = times[part] ?? readAt
    if (reading.state !== 'value') return { state: 'shut', verdict: shut(rule, reading), readAt }
    parts[part] = reading.value
  }
  for (const part of rule.sees) parts[part] = readings[part] ?? { state: 'never' }
  const blindPart = rule.needs.map((part) => unreadOf[part]).find((reading) => reading !== undefined)
  return { state: 'open', parts, readAt, ...(blindPart === undefined ? {} : { unread: blindPart }) }
}

function shut(rule: Rule, reading: Exclude<Reading<unknown>, { readonly state: 'value' }>): Verdict<never> {
  const isAbsent = reading.state === 'failed' && rule.notApplicableWhen.includes(reading.code)
  return isAbsent ? notApplicable() : blind('', reading)
}

function verdictsOf(
  rule: Rule,
  { parts, unread }: Extract<Gated, { state: 'open' }>,
  context: RuleContext,
): readonly Verdict<unknown>[] {
  try {
    const verdicts: Verdict<unknown>[] = [...rule.evaluate(parts, context)]
    if (unread !== undefined) verdicts.push(shut(rule, unread))
    if (verdicts.length === 0) return [notApplicable()]
    return verdicts.length === 1 ? verdicts : withoutTwins(verdicts)
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    return [unknown('', 'parse', `rule ${rule.id} broke: ${what}`.slice(0, 500))]
  }
}

const RANKS = { 'not-applicable': 0, pass: 1, unknown: 2, fail: 3 } as const
const SEVERITY_RANKS = { info: 0, warning: 1, critical: 2 } as const
const rankOf = (verdict: Verdict<unknown>) =>
  RANKS[verdict.state] + (verdict.state === 'fail' ? SEVERITY_RANKS[verdict.severity] : 0)

/** A hostile section may name an item twice; the worse verdict stands. */
function withoutTwins(verdicts: readonly Verdict<unknown>[]): readonly Verdict<unknown>[] {
  const byItem = new Map<string, Verdict<unknown>>()
  for (const verdict of verdicts) {
    const known = byItem.get(verdict.item)
    if (known === undefined || rankOf(verdict) > rankOf(known)) byItem.set(verdict.item, verdict)
  }
  return byItem.size === verdicts.length ? verdicts : [...byItem.values()]
}

function judge(rule: RuleId, verdict: Verdict<unknown>, readAt: EpochMs): Judged {
  switch (verdict.state) {
    case 'fail': {
      const { item, severity, since } = verdict
      // Each rule's values were checked against RuleValues in its own file (defineRule).
      const values = verdict.values as RuleValues[RuleId]
      return { outcome: { state: 'fail', rule, item, severity, values }, since: since ?? readAt }
    }
    case 'unknown': {
      const { item, code, detail, source } = verdict
      return { outcome: { state: 'unknown', rule, item, code, detail, source }, since: readAt }
    }
    default:
      return { outcome: { state: verdict.state, rule, item: verdict.item }, since: readAt }
  }
}
