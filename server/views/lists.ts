/** Answers that list: machines, findings, clients. Worst first. Pure. */
import type { Card } from '../../shared/api/card.ts'
import type { ClientsView, FindingsView, MachinesView } from '../../shared/api/views.ts'
import { subjectOf } from '../../shared/rules.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { cardOf } from './cards.ts'
import { type ClientEntry, type MachineEntry, refOf } from './machine-entry.ts'
import { problemsAt, standingOfMachine, summaryOf } from './machine-summary.ts'
import { compareProblems, ruleOf } from './problems.ts'
import { rankOf } from './standing-order.ts'

/** What of the findings is asked for; null: no limit of that kind. `standing` in people's words. */
export type FindingsFilter = {
  readonly standing: Card['standing'] | null
  readonly severity: 'critical' | 'warning' | 'info' | null
  readonly check: string | null
  readonly limit: number
}

/** @returns every machine, worst first, then by name. */
export function machinesView(entries: readonly MachineEntry[], now: EpochMs): MachinesView {
  const machines = entries.map((entry) => {
    const { state } = entry
    const worst = problemsAt(state, now)[0]
    return {
      machine: refOf(entry),
      standing: standingOfMachine(state, now),
      os: osOf(state),
      connected: state.agent.connected,
      lastReportAt: state.agent.lastReportAt,
      open: summaryOf(state, now).open,
      worst: worst === undefined ? null : cardOf(entry, worst),
    }
  })
  machines.sort((a, b) => rankOf(a.standing) - rankOf(b.standing) || a.machine.name.localeCompare(b.machine.name))
  return { now, machines }
}

/** @returns the name of the operating system; null: not read. */
export function osOf({ checks }: MachineState): string | null {
  const { os } = checks.system.section
  return os.state === 'value' ? os.value.name : null
}

/** @returns what is wrong or not proven over all machines. Outcomes that wait for history are not among them. */
export function findingsView(entries: readonly MachineEntry[], filter: FindingsFilter, now: EpochMs): FindingsView {
  const found = entries.flatMap((entry) => {
    return problemsAt(entry.state, now)
      .filter((problem) => filter.standing === null || problem.standing === filter.standing)
      .filter((problem) => filter.check === null || subjectOf(ruleOf(problem)) === filter.check)
      .filter(
        (problem) =>
          filter.severity === null || (problem.kind === 'finding' && problem.finding.severity === filter.severity),
      )
      .map((problem) => ({ problem, entry }))
  })
  found.sort((a, b) => compareProblems(a.problem, b.problem))
  const cards = found.slice(0, filter.limit).map(({ problem, entry }) => cardOf(entry, problem))
  return { now, total: found.length, cards }
}

/** @returns the clients with their sites and how many machines each has. */
export function clientsView(
  clients: readonly { readonly entry: ClientEntry; readonly machines: number }[],
): ClientsView {
  return {
    clients: clients.map(({ entry: { client, sites }, machines }) => ({
      id: client.id,
      slug: client.slug,
      name: client.name,
      timeZone: client.timeZone,
      sites: sites.map(({ id, name }) => ({ id, name })),
      machines,
    })),
  }
}
