/**
 * What the manager of a client sees of it: dials, decisions, what is being handled in their words, reports, machines, who else reads it.
 * No rule ids, no severities. Pure.
 */
import type { PortalView } from '../../shared/api/visits.ts'
import type { RuleId } from '../../shared/rules.ts'
import { createFormatter } from '../../shared/text/create-formatter.ts'
import type { Formatter, Language } from '../../shared/text/format.ts'
import { sayFinding, sayRule } from '../../shared/text/rule-catalogue.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { RULES_BY_ID } from '../rules/index.ts'
import type { Person } from '../store/store.ts'
import { handsOf } from '../visits/hands.ts'
import type { Action, Recommendation, SentReport, Visit } from '../visits/visit.ts'
import { countMark, DIALS, type DialCount, emptyDial, standingOfDial } from './dials.ts'
import type { ClientEntry } from './machine-entry.ts'
import { markOfMachine, problemsAt, standingOfMachine } from './machine-summary.ts'
import { compareProblems, type Problem, ruleOf } from './problems.ts'
import { rankOf } from './standing-order.ts'
import { sentReportView } from './visit-view.ts'

/** What the page is made from. */
export type PortalInput = {
  readonly entry: ClientEntry
  readonly machines: readonly MachineState[]
  /** Of the last sent visit; null: there is none. */
  readonly before: { readonly machines: readonly MachineState[]; readonly at: EpochMs } | null
  /** Newest date first. */
  readonly visits: readonly Visit[]
  readonly recommendations: readonly Recommendation[]
  readonly isOpen: (recommendation: Recommendation) => boolean
  readonly actions: readonly Action[]
  readonly reports: readonly SentReport[]
  readonly people: readonly Person[]
  readonly language: Language
  readonly mayDecide: boolean
  readonly now: EpochMs
}

const DECIDERS: ReadonlySet<string> = new Set(['owner', 'operator', 'client-admin'])

/** @returns the page at `now`. */
export function portalView(input: PortalInput): PortalView {
  const { entry, machines, before, visits, now } = input
  const { client } = entry
  const next = visits.filter(({ state, plannedAt }) => isAhead(state) && plannedAt >= now).at(-1) ?? null
  return {
    now,
    timeZone: client.timeZone,
    client: { id: client.id, slug: client.slug, name: client.name },
    mayDecide: input.mayDecide,
    nextVisit: next === null ? null : { date: next.date, plannedAt: next.plannedAt, author: next.author },
    lastVisitAt: before?.at ?? null,
    dials: dialsOf(input),
    decisions: decisionsOf(input),
    handled: handledOf(input, next !== null),
    reports: reportsOf(input),
    machines: machines
      .map((state) => {
        const { name, role, agent } = state
        return { name, role, standing: standingOfMachine(state, now), lastReportAt: agent.lastReportAt }
      })
      .sort((a, b) => rankOf(a.standing) - rankOf(b.standing) || a.name.localeCompare(b.name)),
    readers: readersOf(input),
  }
}

const isAhead = (state: Visit['state']) => state === 'planned' || state === 'preparing'

function countsOf(machines: readonly MachineState[], dial: (typeof DIALS)[number], at: EpochMs): DialCount {
  const count = emptyDial()
  for (const state of machines) countMark(count, markOfMachine(state, dial, at), state.role === 'server')
  return count
}

function dialsOf({ machines, before, now }: PortalInput): PortalView['dials'] {
  return DIALS.map((dial) => {
    const count = countsOf(machines, dial, now)
    const { good, accepted, unknown } = count
    return {
      dial,
      standing: standingOfDial(count),
      before: before === null ? null : standingOfDial(countsOf(before.machines, dial, before.at)),
      tally: { good, bad: count.urgent + count.attention, accepted, unknown },
    }
  })
}

/** Those that wait for an answer, then those that were answered at the last visits and can still be changed. */
function decisionsOf({ recommendations, isOpen }: PortalInput): PortalView['decisions'] {
  const shown = recommendations.filter((one) => one.decision !== null || isOpen(one))
  const views = shown.map((one) => {
    const { id, what, why, otherwise, urgency, costLow, costHigh, dueAt, decision } = one
    return {
      ...{ id, what, why, otherwise, urgency, costLow, costHigh, dueAt, isOpen: isOpen(one) },
      decision: decision === null ? null : { ...decision },
    }
  })
  const place = ({ decision, isOpen: open }: (typeof views)[number]) => (decision === null ? 0 : open ? 1 : 2)
  return views.sort((a, b) => place(a) - place(b))
}

type Group = { readonly problem: Problem; readonly names: string[]; readonly rule: RuleId; isPlanned: boolean }

/** One line for each rule and standing over all machines, told by its worst one. */
function handledOf(
  { machines, actions, language, entry, now }: PortalInput,
  isVisitNear: boolean,
): PortalView['handled'] {
  const f = createFormatter({ language, timeZone: entry.client.timeZone, now })
  const promised = new Set(
    actions.flatMap(({ state, machineId, mends }) =>
      state === 'open' && mends !== null ? `${machineId}\n${mends.rule}` : [],
    ),
  )
  const groups = new Map<string, Group>()
  const all = machines.flatMap((state) => problemsAt(state, now).map((problem) => ({ problem, state })))
  for (const { problem, state } of all.sort((a, b) => compareProblems(a.problem, b.problem))) {
    const rule = ruleOf(problem)
    // A stored finding may be of a rule that this version no longer has: there are no words for it, and the dials count it.
    if (problem.standing === 'note' || !Object.hasOwn(RULES_BY_ID, rule)) continue
    const key = `${rule}\n${problem.standing}`
    const isPlanned = promised.has(`${state.id}\n${rule}`) || (isVisitNear && handsOf(rule) !== null)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { problem, names: [state.name], rule, isPlanned })
    else {
      if (!group.names.includes(state.name)) group.names.push(state.name)
      group.isPlanned ||= isPlanned
    }
  }
  return [...groups.values()].map((group) => handledLine(group, f))
}

function handledLine({ problem, names, rule, isPlanned }: Group, f: Formatter): PortalView['handled'][number] {
  const acceptance = problem.kind === 'finding' ? problem.acceptance : null
  return {
    standing: problem.standing,
    text: textOf(problem, rule, f),
    machines: names,
    since: problem.kind === 'finding' ? problem.finding.openedAt : null,
    isPlanned,
    acceptedUntil: acceptance?.until ?? null,
    acceptedBy: acceptance?.by ?? null,
  }
}

function textOf(problem: Problem, rule: RuleId, f: Formatter): string {
  if (problem.kind === 'unknown') return sayRule(rule, f.language).blind
  // The values were written by this very rule.
  return sayFinding(rule, problem.finding.values as never, f).manager
}

/** The newest revision of each visit first; older revisions stay beneath it. */
function reportsOf({ reports, visits }: PortalInput): PortalView['reports'] {
  const dates = new Map(visits.map(({ id, date }) => [id, date]))
  const views = reports.map((report) => sentReportView(report, dates.get(report.visitId) ?? report.name.slice(0, 10)))
  return views.sort((a, b) => (a.date === b.date ? b.revision - a.revision : a.date < b.date ? 1 : -1))
}

function readersOf({ people, entry }: PortalInput): PortalView['readers'] {
  const mine = people.filter(({ role, clientIds }) => role === 'owner' || clientIds.includes(entry.client.id))
  return mine.map(({ name, role }) => ({
    name,
    mayDecide: DECIDERS.has(role),
    isOperator: role === 'owner' || role === 'operator',
  }))
}
