/** A problem of a machine as the line that a person reads. Pure. */
import type { Card } from '../../shared/api/card.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import { type RuleId, subjectOf } from '../../shared/rules.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Acceptance } from '../visits/visit.ts'
import { type MachineEntry, refOf } from './machine-entry.ts'
import type { Problem, UnknownOutcome } from './problems.ts'
import { RULE_PARTS } from './rule-parts.ts'

type Looked = Pick<Card, 'source' | 'collectedAt'>

/** @returns the card of a problem. */
export function cardOf(entry: MachineEntry, problem: Problem): Card {
  return problem.kind === 'finding' ? findingCard(entry, problem) : unknownCard(entry, problem.outcome)
}

function findingCard(entry: MachineEntry, problem: Extract<Problem, { kind: 'finding' }>): Card {
  const { finding, standing, acceptance } = problem
  const { rule, item, blind } = finding
  return {
    findingId: finding.id,
    number: finding.number,
    machine: refOf(entry),
    rule,
    subject: subjectOf(rule),
    item,
    standing,
    severity: finding.severity,
    values: { ...finding.values },
    blind: null,
    openedAt: finding.openedAt,
    changedAt: finding.changedAt,
    frozen: blind === null ? null : { since: blind.since, code: blind.code },
    acceptance: acceptance === null ? null : acceptedAs(acceptance),
    alert: finding.alert.state,
    ...lookedAt(entry.state, rule, item),
  }
}

function acceptedAs({ id, by, reason, at, until }: Acceptance): Card['acceptance'] {
  return { id, by, reason, at, until }
}

function unknownCard(entry: MachineEntry, outcome: UnknownOutcome): Card {
  const { rule, item, code, detail, source } = outcome
  const looked = lookedAt(entry.state, rule, item)
  return {
    findingId: null,
    number: null,
    machine: refOf(entry),
    rule,
    subject: subjectOf(rule),
    item,
    standing: 'not-proven',
    severity: null,
    values: null,
    blind: { code, detail, source },
    openedAt: null,
    changedAt: null,
    frozen: null,
    acceptance: null,
    alert: null,
    source: source ?? looked.source,
    collectedAt: looked.collectedAt,
  }
}

/** @returns which source was read for a rule, and when; null where nothing was. The agent's own facts come from the server. */
export function lookedAt(state: MachineState, rule: RuleId, item: string): Looked {
  const subject = subjectOf(rule)
  const part = RULE_PARTS[rule]
  if (subject === 'agent' || part === null) return { source: null, collectedAt: state.agent.lastReportAt }
  return { source: sourceOf(state, subject, part, item), collectedAt: collectedAtOf(state, subject, part) }
}

function collectedAtOf(state: MachineState, check: CheckName, part: string): EpochMs | null {
  const { collectedAt, lastAt } = state.checks[check]
  const times: { readonly [part: string]: EpochMs | undefined } = collectedAt
  return times[part] ?? lastAt
}

/** A drive's own reading names the tool that read it; the list of drives only who found it. */
function sourceOf(state: MachineState, check: CheckName, part: string, item: string): string | null {
  if (check === 'disk' && part === 'drives' && state.checks.disk.section.drives.state === 'value') {
    const drive = state.checks.disk.section.drives.value.find(({ key }) => key === item)
    if (drive !== undefined && drive.smart.state !== 'never') return drive.smart.source
  }
  const section: { readonly [part: string]: unknown } = state.checks[check].section
  const reading = section[part]
  const hasSource = typeof reading === 'object' && reading !== null && 'source' in reading
  return hasSource && typeof reading.source === 'string' ? reading.source : null
}
