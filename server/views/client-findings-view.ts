/** The answer of `GET /api/v1/clients/:client/findings`: open, accepted, and what was solved lately. Pure. */
import type { ClientFindingsView } from '../../shared/api/client.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { Finding } from '../findings/finding.ts'
import { cardOf } from './cards.ts'
import { groupCards } from './finding-groups.ts'
import type { ClientEntry, MachineEntry } from './machine-entry.ts'
import { problemsAt } from './machine-summary.ts'
import { compareProblems } from './problems.ts'

/** How far back solved ones are listed. */
export const SOLVED_SHOWN_MS = 90 * DAY_MS
const SOLVED_SHOWN = 200

/** @param findings those that were open at any time since `SOLVED_SHOWN_MS` ago. */
export function clientFindingsView(
  { client }: ClientEntry,
  machines: readonly MachineEntry[],
  findings: readonly Finding[],
  now: EpochMs,
): ClientFindingsView {
  const cards = machines
    .flatMap((one) => problemsAt(one.state, now).map((problem) => ({ problem, one })))
    .sort((a, b) => compareProblems(a.problem, b.problem))
    .map(({ problem, one }) => cardOf(one, problem))
  const names = new Map(machines.map(({ state }) => [state.id, { slug: state.slug, name: state.name }]))
  const solved = findings.flatMap((finding) => {
    const { number, machineId, rule, item, values, severity, openedAt, resolvedAt } = finding
    if (resolvedAt === null || resolvedAt < now - SOLVED_SHOWN_MS) return []
    const machine = names.get(machineId) ?? { slug: null, name: machineId }
    return [{ number, machine, rule, item, values: { ...values }, severity, openedAt, resolvedAt }]
  })
  return {
    now,
    timeZone: client.timeZone,
    client: { id: client.id, slug: client.slug, name: client.name },
    open: groupCards(cards.filter(({ standing }) => standing !== 'accepted')),
    accepted: cards.filter(({ standing }) => standing === 'accepted'),
    solved: solved.sort((a, b) => b.resolvedAt - a.resolvedAt).slice(0, SOLVED_SHOWN),
  }
}
