/**
 * Open findings × outcomes → findings and transitions. Unknown freezes a finding and never ends it; an item that is no longer listed,
 * by a part that could be read, is over; not applicable is over. Severity and time of an alert are lifecycle.ts's business. Pure.
 */
import type { Outcome } from '../../shared/outcome.ts'
import type { RuleId } from '../../shared/rules.ts'
import { SEVERITIES, type Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding, Transition } from './finding.ts'
import { findingId } from './finding-id.ts'

/** An outcome with the moment at which its condition began. */
export type DatedOutcome = { readonly outcome: Outcome; readonly since: EpochMs }

/**
 * `after`: no change may be dated before it (the previous assessment, or enrollment). `keepsVanished`: rules whose items stay open
 * when they are no longer listed. `clearMs`: how long a rule must pass before a told finding is over.
 */
export type DiffOptions = {
  readonly machineId: string
  readonly now: EpochMs
  readonly after: EpochMs
  readonly keepsVanished: (rule: RuleId) => boolean
  readonly clearMs: (rule: RuleId, severity: Severity) => number
}

/** Open findings, and those that ended now (`resolvedAt` set). `dueAt`: when a clear time ends. */
export type Diff = {
  readonly findings: readonly Finding[]
  readonly transitions: readonly Transition[]
  readonly dueAt: EpochMs
}

type Step = { readonly finding: Finding; readonly transition: Transition | null; readonly dueAt?: EpochMs }
type Failing = Extract<Outcome, { readonly state: 'fail' }>

/** Resolved findings in `known` are passed over; a new failure is always a new finding. */
export function diffFindings(known: readonly Finding[], dated: readonly DatedOutcome[], options: DiffOptions): Diff {
  const open = known.filter(({ resolvedAt }) => resolvedAt === null)
  const findings: Finding[] = []
  const transitions: Transition[] = []
  let dueAt = Number.POSITIVE_INFINITY
  const keep = ({ finding, transition, dueAt: due }: Step) => {
    findings.push(finding)
    if (transition !== null) transitions.push(transition)
    if (due !== undefined && due < dueAt) dueAt = due
  }
  const about = open.length === 0 ? null : outcomesByItem(dated)
  for (const finding of open) keep(step(finding, about ?? new Map(), options))
  for (const { outcome, since } of dated) {
    if (outcome.state !== 'fail') continue
    const isOpen = open.some(({ rule, item }) => rule === outcome.rule && item === outcome.item)
    if (!isOpen) keep(openFinding(outcome, since, options))
  }
  return { findings, transitions, dueAt }
}

type ByRule = ReadonlyMap<RuleId, ReadonlyMap<string, DatedOutcome>>

function outcomesByItem(dated: readonly DatedOutcome[]): ByRule {
  const byRule = new Map<RuleId, Map<string, DatedOutcome>>()
  for (const one of dated) {
    const { rule, item } = one.outcome
    const items = byRule.get(rule)
    if (items === undefined) byRule.set(rule, new Map([[item, one]]))
    else items.set(item, one)
  }
  return byRule
}

/** Changes are dated between the previous assessment and now, so that history never contradicts itself. */
const dateOf = (since: EpochMs, { after, now }: DiffOptions) => Math.min(now, Math.max(after, since))

function step(finding: Finding, about: ByRule, options: DiffOptions): Step {
  const items = about.get(finding.rule)
  const whole = items?.get('')
  const mine = items?.get(finding.item) ?? (whole?.outcome.state === 'unknown' ? whole : undefined)
  if (mine?.outcome.state === 'fail') return stillFailing(finding, mine.outcome, mine.since, options)
  if (mine?.outcome.state === 'unknown') return blinded(finding, mine.outcome.code, mine.since, options)
  const isKept = items === undefined || (mine === undefined && options.keepsVanished(finding.rule))
  if (isKept) return { finding, transition: null }
  return passing(finding, mine?.since ?? whole?.since ?? options.now, options)
}

function openFinding(outcome: Failing, since: EpochMs, options: DiffOptions): Step {
  const { rule, item, severity, values } = outcome
  const { machineId } = options
  const at = dateOf(since, options)
  const finding: Finding = {
    id: findingId(machineId, rule, item, at),
    number: 0,
    machineId,
    rule,
    item,
    severity,
    values,
    openedAt: at,
    changedAt: at,
    resolvedAt: null,
    clearingSince: null,
    blind: null,
    alert: { state: 'pending', since: at },
  }
  return { finding, transition: transitionOf(finding, 'opened', at, null, severity) }
}

function stillFailing(finding: Finding, outcome: Failing, since: EpochMs, options: DiffOptions): Step {
  const { severity, values } = outcome
  const isSame = finding.severity === severity && finding.blind === null && finding.clearingSince === null
  if (isSame && sameValues(finding.values, values)) return { finding, transition: null }
  const at = dateOf(since, options)
  const seen: Finding = { ...finding, values, blind: null, clearingSince: null }
  if (finding.severity === severity) {
    const transition = finding.blind === null ? null : transitionOf(seen, 'unblinded', options.now, severity, severity)
    return { finding: seen, transition }
  }
  const isWorse = SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(finding.severity)
  const changed: Finding = { ...seen, severity, changedAt: at }
  return {
    finding: changed,
    transition: transitionOf(changed, isWorse ? 'worsened' : 'improved', at, finding.severity, severity),
  }
}

function blinded(
  finding: Finding,
  code: NonNullable<Finding['blind']>['code'],
  since: EpochMs,
  options: DiffOptions,
): Step {
  if (finding.blind !== null && finding.blind.code === code) return { finding, transition: null }
  const at = finding.blind?.since ?? dateOf(since, options)
  const frozen: Finding = { ...finding, blind: { since: at, code }, clearingSince: null }
  if (finding.blind !== null) return { finding: frozen, transition: null }
  return { finding: frozen, transition: transitionOf(frozen, 'blinded', at, finding.severity, finding.severity) }
}

/** A finding of which nobody was told ends at once; a told one after its clear time. */
function passing(finding: Finding, since: EpochMs, options: DiffOptions): Step {
  const clearingSince = finding.clearingSince ?? dateOf(since, options)
  const clearMs = finding.alert.state === 'firing' ? options.clearMs(finding.rule, finding.severity) : 0
  const endsAt = clearingSince + clearMs
  if (endsAt > options.now) {
    const isSame = finding.clearingSince !== null && finding.blind === null
    return { finding: isSame ? finding : { ...finding, clearingSince, blind: null }, transition: null, dueAt: endsAt }
  }
  const resolved: Finding = {
    ...finding,
    blind: null,
    clearingSince: null,
    changedAt: endsAt,
    resolvedAt: endsAt,
    alert: { state: 'resolved', at: endsAt, fired: finding.alert.state === 'firing' },
  }
  return { finding: resolved, transition: transitionOf(resolved, 'resolved', endsAt, finding.severity, null) }
}

function transitionOf(
  { id, machineId, rule, item, values }: Finding,
  kind: Transition['kind'],
  at: EpochMs,
  from: Severity | null,
  to: Severity | null,
): Transition {
  return { findingId: id, machineId, rule, item, kind, at, from, to, values }
}

/** Ages grow by themselves: a finding is not another one because time passed. */
const GROWS_ALONE = new Set(['ageMs', 'forMs'])

function sameValues(a: Finding['values'], b: Finding['values']): boolean {
  const before = a as Readonly<Record<string, unknown>>
  return Object.entries(b).every(([key, value]) => GROWS_ALONE.has(key) || before[key] === value)
}
