/** The answer of `…/findings/:number`: the card, why it says so, who was told, and how it came to be. Pure. */
import type { Card } from '../../shared/api/card.ts'
import type { ExplanationView, FindingView } from '../../shared/api/client.ts'
import { subjectOf } from '../../shared/rules.ts'
import { standingOf } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import { type Explanation, explain } from '../explain.ts'
import { acceptanceOf } from '../findings/accepted.ts'
import type { Finding, Transition } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Client } from '../store/store.ts'
import { cardOf, lookedAt } from './cards.ts'
import type { MachineEntry } from './machine-entry.ts'

/** A stored finding with what stands around it. `machine` null: it is no longer there. `transitions`: newest first. */
export type FindingInput = {
  readonly client: Client
  readonly machine: MachineEntry | null
  readonly finding: Finding
  readonly transitions: readonly Transition[]
  readonly told: FindingView['told']
  readonly now: EpochMs
}

/** @returns the page of one finding at `now`. */
export function findingView({ client, machine, finding, transitions, told, now }: FindingInput): FindingView {
  const open = finding.resolvedAt === null
  const known = open && machine !== null ? explanationOf(machine.state, finding, now) : null
  return {
    now,
    timeZone: client.timeZone,
    card: machine === null ? orphanCard(client, finding) : cardOfFinding(machine, finding, now),
    resolvedAt: finding.resolvedAt,
    explanation: known === null ? null : explanationView(known),
    told,
    transitions: transitions.map(({ at, kind, rule, item, from, to, values }) => ({
      ...{ at, kind, rule, item, from, to },
      values: values === null ? null : { ...values },
    })),
  }
}

function cardOfFinding(machine: MachineEntry, finding: Finding, now: EpochMs): Card {
  const acceptance = finding.resolvedAt === null ? acceptanceOf(machine.state.acceptances, finding, now) : null
  const standing =
    finding.resolvedAt !== null ? 'good' : acceptance === null ? standingOf('fail', finding.severity) : 'accepted'
  const card = cardOf(machine, { kind: 'finding', standing, finding, acceptance })
  return { ...card, ...lookedAt(machine.state, finding.rule, finding.item) }
}

/** A finding of a machine that was taken out: what is known of it without the machine. */
function orphanCard(client: Client, finding: Finding): Card {
  const { rule, item, severity, values, openedAt, changedAt, resolvedAt, alert } = finding
  const owner = { id: client.id, slug: client.slug, name: client.name }
  return {
    findingId: finding.id,
    number: finding.number,
    machine: { id: finding.machineId, slug: '', name: finding.machineId, role: 'desktop', client: owner, site: '' },
    ...{ rule, item, severity, openedAt, changedAt },
    subject: subjectOf(rule),
    standing: resolvedAt === null ? standingOf('fail', severity) : 'good',
    values: { ...values },
    blind: null,
    frozen: null,
    acceptance: null,
    alert: alert.state,
    source: null,
    collectedAt: null,
  }
}

function explanationOf(state: MachineState, finding: Finding, now: EpochMs): Explanation | null {
  return explain(state, finding.rule, now).find(({ item }) => item === finding.item) ?? null
}

/** @returns an explanation as the API says it; the same one that the command line prints. */
export function explanationView(known: Explanation): ExplanationView {
  const { facts, limits, outcome, alert, holdMs, clearMs } = known
  return {
    facts: facts.map((fact) => ({ ...fact, detail: fact.detail.slice(0, 500) })),
    limits: limits.map((limit) => ({ ...limit, reason: limit.reason.slice(0, 500) })),
    outcome: {
      state: outcome.state,
      severity: outcome.state === 'fail' ? outcome.severity : null,
      values: outcome.state === 'fail' ? { ...outcome.values } : null,
      code: outcome.state === 'unknown' ? outcome.code : null,
      detail: outcome.state === 'unknown' ? outcome.detail.slice(0, 500) : '',
      source: outcome.state === 'unknown' ? outcome.source : null,
    },
    alert: { why: alert.why, at: 'at' in alert ? alert.at : null, by: 'by' in alert ? alert.by : null },
    holdMs,
    clearMs,
  }
}
