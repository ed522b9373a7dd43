/**
 * From open findings to proposed recommendations in the client's language: one for each kind of measure over all machines, worst first.
 * What a person accepted, or was asked before, is not proposed again. Everything can be edited. Pure.
 */
import { SEVERITIES, type Severity } from '../../shared/severity.ts'
import type { Formatter } from '../../shared/text/format.ts'
import { sayProposal } from '../../shared/text/proposal-catalogue.ts'
import type { ProposalKind } from '../../shared/text/proposal-text.ts'
import { sayFinding } from '../../shared/text/rule-catalogue.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { Urgency } from '../../shared/visits.ts'
import { acceptanceOf } from '../findings/accepted.ts'
import type { Finding } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { RULES_BY_ID } from '../rules/index.ts'
import { proposalKindOf, usualCost } from './proposal-kinds.ts'
import type { Recommendation, RiskRef } from './visit.ts'

/** What proposals are made from. */
export type ProposeInput = {
  readonly visitId: string
  readonly machines: readonly MachineState[]
  /** Every recommendation of the client. */
  readonly known: readonly Recommendation[]
  /** Who does it, as proposed. */
  readonly owner: string
  readonly now: EpochMs
  /** Of the client's language and zone. */
  readonly f: Formatter
  readonly newId: () => string
}

/** More than this is no longer read; what is left stays in the tables of the report. */
const MOST = 8
const URGENCY: { readonly [S in Severity]: Urgency } = { critical: 'now', warning: 'month', info: 'quarter' }
const DUE_DAYS: { readonly [U in Urgency]: number } = { now: 7, month: 30, quarter: 90, year: 365 }

type Found = { readonly finding: Finding; readonly state: MachineState }
type Group = { readonly kind: ProposalKind; readonly found: readonly Found[]; readonly worst: Found }

/** @returns proposals ranked after those that the visit has already. */
export function proposeRecommendations(input: ProposeInput): readonly Recommendation[] {
  const own = input.known.filter(({ visitId }) => visitId === input.visitId)
  const rank = own.reduce((most, one) => Math.max(most, one.rank), 0)
  const groups = groupsOf(input).slice(0, Math.max(0, MOST - own.length))
  return groups.map((group, at) => recommendationOf(group, rank + at + 1, input))
}

function groupsOf(input: ProposeInput): readonly Group[] {
  const asked = new Set(input.known.filter((one) => isAsked(one, input.now)).flatMap(({ about }) => about.map(placeOf)))
  const byKind = new Map<ProposalKind, Found[]>()
  for (const state of input.machines) {
    for (const finding of state.findings) {
      const kind = proposalKindOf(finding.rule)
      if (kind === null || finding.resolvedAt !== null || asked.has(placeOf(refOf(finding)))) continue
      if (acceptanceOf(state.acceptances, finding, input.now) !== null) continue
      const found = byKind.get(kind) ?? []
      byKind.set(kind, [...found, { finding, state }])
    }
  }
  const groups = [...byKind].flatMap(([kind, found]): Group[] => {
    const sorted = [...found].sort(compareFound)
    const [worst] = sorted
    return worst === undefined ? [] : [{ kind, found: sorted, worst }]
  })
  return groups.sort((a, b) => compareFound(a.worst, b.worst))
}

/** A manager who put it off until a date that has come may be asked again. */
function isAsked({ decision }: Recommendation, now: EpochMs): boolean {
  return decision === null || decision.answer === 'do' || (decision.until ?? 0) > now
}

function compareFound(a: Found, b: Found): number {
  return (
    SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) ||
    Number(b.state.role === 'server') - Number(a.state.role === 'server') ||
    a.finding.openedAt - b.finding.openedAt ||
    (placeOf(refOf(a.finding)) < placeOf(refOf(b.finding)) ? -1 : 1)
  )
}

const placeOf = ({ machineId, rule, item }: RiskRef) => JSON.stringify([machineId, rule, item])
const refOf = ({ machineId, rule, item }: Finding): RiskRef => ({ machineId, rule, item })

function recommendationOf({ kind, found, worst }: Group, rank: number, input: ProposeInput): Recommendation {
  const machines = [...new Map(found.map(({ state }) => [state.id, state])).values()]
  const { what, otherwise } = sayProposal(
    kind,
    machines.map(({ name }) => name),
    input.f,
  )
  const urgency = URGENCY[worst.finding.severity]
  const cost = usualCost(kind, machines.length)
  return {
    id: input.newId(),
    visitId: input.visitId,
    rank,
    what: what.slice(0, 500),
    // The values were written by this very rule.
    why: sayFinding(worst.finding.rule, worst.finding.values as never, input.f).manager.slice(0, 2_000),
    otherwise,
    urgency,
    effortMinutes: effortOf(found),
    costLow: cost?.low ?? 0,
    costHigh: cost?.high ?? 0,
    owner: input.owner,
    dueAt: input.now + DUE_DAYS[urgency] * DAY_MS,
    about: found.map(({ finding }) => refOf(finding)),
    decision: null,
  }
}

/** On each machine the longest of its findings of this kind: one new disk mends them all. */
function effortOf(found: readonly Found[]): number {
  const longest = new Map<string, number>()
  for (const { finding, state } of found) {
    const minutes = RULES_BY_ID[finding.rule].effortMinutes
    longest.set(state.id, Math.max(longest.get(state.id) ?? 0, minutes))
  }
  return [...longest.values()].reduce((sum, minutes) => sum + minutes, 0)
}
