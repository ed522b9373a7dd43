/**
 * What changed at a client: since the last sent visit as the visit report tells it, or, where none was sent, over the last 30 days from
 * the records of findings. Pure.
 */
import type { ChangesView } from '../../shared/api/client.ts'
import type { ChangeView } from '../../shared/api/visits.ts'
import { type Severity, standingOf, worst } from '../../shared/severity.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import { acceptanceOf } from '../findings/accepted.ts'
import type { Finding, Transition } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { sinceVisit } from '../visits/since.ts'
import { rankOf } from './standing-order.ts'

/** Without a sent visit the page looks back this far. */
export const LOOK_BACK_MS = 30 * DAY_MS
const CHANGES_SHOWN = 100

/** What is compared: `findings` open at any time since `from`, `transitions` since then (they matter without a visit only). */
export type ChangesInput = {
  readonly previous: { readonly at: EpochMs; readonly machines: readonly MachineState[] } | null
  readonly machines: readonly MachineState[]
  readonly findings: readonly Finding[]
  readonly transitions: readonly Transition[]
  readonly now: EpochMs
}

/** @returns new, worse and solved findings, worst first. */
export function clientChanges(input: ChangesInput): ChangesView {
  const { previous, now } = input
  const view = viewer(input)
  const raw = previous === null ? recentChanges(input) : changesSince(input, previous)
  const sorted = (rows: readonly ChangeView[]) =>
    [...rows]
      .sort((a, b) => rankOf(a.standing) - rankOf(b.standing) || b.at - a.at || (a.rule < b.rule ? -1 : 1))
      .slice(0, CHANGES_SHOWN)
  return {
    basis: previous === null ? 'days' : 'visit',
    from: previous?.at ?? now - LOOK_BACK_MS,
    opened: sorted(raw.opened.map((finding) => view(finding, null, finding.openedAt))),
    worse: sorted(raw.worse.map(({ finding, before }) => view(finding, before, finding.changedAt))),
    solved: sorted(raw.solved.map((finding) => view(finding, finding.severity, finding.resolvedAt ?? now))),
  }
}

type Raw = {
  readonly opened: readonly Finding[]
  readonly worse: readonly { readonly finding: Finding; readonly before: Severity | null }[]
  readonly solved: readonly Finding[]
}

function changesSince({ machines, findings, now }: ChangesInput, previous: NonNullable<ChangesInput['previous']>): Raw {
  const since = sinceVisit({ previous, machines, findings, actions: [], visitId: '', at: now })
  return {
    opened: since.opened.map(({ finding }) => finding),
    worse: since.worse,
    solved: since.solved.map(({ finding }) => finding),
  }
}

const placeOf = ({ machineId, rule, item }: Finding) => JSON.stringify([machineId, rule, item])

function recentChanges({ machines, findings, transitions, now }: ChangesInput): Raw {
  const from = now - LOOK_BACK_MS
  const open = machines.flatMap((state) => state.findings.filter(({ resolvedAt }) => resolvedAt === null))
  const places = new Set(open.map(placeOf))
  const there = new Set(machines.map(({ id }) => id))
  const ended = new Map<string, Finding>()
  for (const finding of findings) {
    const { resolvedAt, machineId } = finding
    if (resolvedAt === null || resolvedAt < from || !there.has(machineId) || places.has(placeOf(finding))) continue
    const known = ended.get(placeOf(finding))
    if (resolvedAt >= (known?.resolvedAt ?? 0)) ended.set(placeOf(finding), finding)
  }
  const before = severitiesAt(transitions, from)
  return {
    opened: open.filter(({ openedAt }) => openedAt >= from),
    worse: open.flatMap((finding) => {
      const was = finding.openedAt < from ? before.get(finding.id) : undefined
      if (was === undefined || was === finding.severity || worst(was, finding.severity) === was) return []
      return [{ finding, before: was }]
    }),
    solved: [...ended.values()],
  }
}

/** Severity that each finding had before the first change of it since `from`. */
function severitiesAt(transitions: readonly Transition[], from: EpochMs): ReadonlyMap<string, Severity> {
  const first = new Map<string, Transition>()
  for (const one of transitions) {
    if (one.at < from || (one.kind !== 'worsened' && one.kind !== 'improved')) continue
    if (one.at <= (first.get(one.findingId)?.at ?? Number.POSITIVE_INFINITY)) first.set(one.findingId, one)
  }
  return new Map([...first].flatMap(([id, { from: was }]) => (was === null ? [] : [[id, was] as const])))
}

function viewer({ machines, now }: ChangesInput) {
  const states = new Map(machines.map((state) => [state.id, state]))
  return (finding: Finding, before: Severity | null, at: EpochMs): ChangeView => {
    const { machineId, rule, item, severity, values, resolvedAt } = finding
    const state = states.get(machineId) ?? null
    const passes = state?.outcomes.some((one) => one.state === 'pass' && one.rule === rule && one.item === item)
    const isAccepted = state !== null && acceptanceOf(state.acceptances, finding, now) !== null
    return {
      machine: { id: machineId, slug: state?.slug ?? null, name: state?.name ?? machineId },
      rule,
      item,
      standing: resolvedAt !== null ? 'good' : isAccepted ? 'accepted' : standingOf('fail', severity),
      severity: resolvedAt === null ? severity : null,
      before,
      values: { ...values },
      at,
      provenAt: resolvedAt !== null && passes === true ? (state?.assessedAt ?? null) : null,
    }
  }
}
