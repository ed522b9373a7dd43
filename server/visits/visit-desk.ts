/** Everything about one visit on one desk: its records, and its machines as frozen, or as they are now before it was opened. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { err, ok, type Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import { isRunning } from '../findings/accepted.ts'
import type { Finding } from '../findings/finding.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Store } from '../store/store.ts'
import type { ClientEntry } from '../views/machine-entry.ts'
import { actionsUntil, promisedBefore } from './promised.ts'
import { sinceVisit } from './since.ts'
import type { SinceVisit } from './since-visit.ts'
import type { FrozenVisit, SnapshotCache } from './snapshot-cache.ts'
import type { Acceptance, Action, Recommendation, RestoreTest, SentReport, Visit, VisitFile } from './visit.ts'

/** What a desk is laid from. */
export type DeskPorts = {
  readonly store: Pick<Store, 'client'>
  readonly fleet: Fleet
  readonly snapshots: SnapshotCache
  readonly clock: { now(): EpochMs }
}

/** One visit with all that is read about it. */
export type VisitDesk = {
  readonly entry: ClientEntry
  readonly file: VisitFile
  /** Of the client, newest date first. */
  readonly visits: readonly Visit[]
  readonly previous: { readonly visit: Visit; readonly frozen: FrozenVisit } | null
  /** null: not opened yet. */
  readonly frozen: FrozenVisit | null
  /** As frozen with the acceptances of today, or as they are now. */
  readonly machines: readonly MachineState[]
  /** The moment that the machines are of. */
  readonly at: EpochMs
  /** Of the client, as they stand at this visit. */
  readonly actions: readonly Action[]
  readonly recommendations: readonly Recommendation[]
  readonly restoreTests: readonly RestoreTest[]
  readonly acceptances: readonly Acceptance[]
  readonly reports: readonly SentReport[]
  readonly since: SinceVisit
}

/** What open decisions are told from. */
type Asked = Pick<VisitDesk, 'recommendations' | 'visits' | 'at'> & {
  readonly file: Pick<VisitDesk['file'], 'visit'>
}

const MOST_FINDINGS = 100_000

/** @returns the last visit before this one whose report was sent. */
export function previousVisit(visits: readonly Visit[], visit: Visit): Visit | null {
  const before = visits.filter(
    ({ id, revision, openedAt }) =>
      id !== visit.id && revision > 0 && (openedAt ?? 0) < (visit.openedAt ?? Number.POSITIVE_INFINITY),
  )
  return before.reduce<Visit | null>((last, one) => ((one.openedAt ?? 0) > (last?.openedAt ?? -1) ? one : last), null)
}

/** @param date the visit's date or id. */
export async function layDesk(
  ports: DeskPorts,
  entry: ClientEntry,
  date: string,
): Promise<Result<VisitDesk, 'absent'>> {
  const clientId = entry.client.id
  const store = ports.store.client(clientId)
  const visits = await store.visits()
  const visit = visits.find((one) => one.date === date || one.id === date)
  const file = visit === undefined ? null : await store.visitFile(visit.id)
  if (file === null) return err('absent')
  const before = previousVisit(visits, file.visit)
  const past = before === null ? null : await ports.snapshots.of(clientId, before.id)
  const previous = before === null || past === null ? null : { visit: before, frozen: past }
  const frozen = await ports.snapshots.of(clientId, file.visit.id)
  const acceptances = await store.acceptances()
  const at = frozen?.snapshot.at ?? ports.clock.now()
  const machines =
    frozen === null
      ? [...ports.fleet.states(clientId)]
      : frozen.machines.map((state) => withAcceptances(state, acceptances, at, ports.clock.now()))
  // What is read of a store runs on this loop: each part on a turn of its own.
  await nextTurn()
  const findings =
    frozen?.snapshot.findings ?? (await findingsSince(ports, clientId, previous?.frozen.snapshot.at ?? null))
  const recommendations = await store.recommendations()
  const records = { actions: await store.actions(), recommendations, visits, visit: file.visit }
  const actions = actionsUntil(records)
  const restoreTests = await store.restoreTests()
  const reports = await store.sentReports()
  await nextTurn()
  return ok({
    ...{ entry, file, visits, previous, frozen, machines, at, actions, acceptances },
    ...{ recommendations, restoreTests, reports },
    since: sinceVisit({
      previous: previous === null ? null : { at: previous.frozen.snapshot.at, machines: previous.frozen.machines },
      ...{ machines, findings, at, actions: promisedBefore(records), visitId: file.visit.id },
    }),
  })
}

/** @param since null: ever. */
export function findingsSince(
  { store }: Pick<DeskPorts, 'store'>,
  clientId: string,
  since: EpochMs | null,
): Promise<readonly Finding[]> {
  return store.client(clientId).findings({ ...(since === null ? {} : { since }), limit: MOST_FINDINGS })
}

/**
 * What was accepted at the visit holds in its report: a machine as frozen carries what is in force now, as if from the moment of the
 * snapshot, for that is the moment its states are told of. The acceptance itself keeps its own time.
 */
function withAcceptances(
  state: MachineState,
  acceptances: readonly Acceptance[],
  frozenAt: EpochMs,
  now: EpochMs,
): MachineState {
  const own = acceptances.filter((one) => one.machineId === state.id && isRunning(one, now))
  return { ...state, acceptances: own.map((one) => ({ ...one, at: Math.min(one.at, frozenAt) })) }
}

/** @returns recommendations of earlier visits that wait for an answer: none yet, or put off until a date that has come. */
export function openDecisions({ recommendations, visits, file, at }: Asked): readonly Recommendation[] {
  const earlier = new Set(visits.flatMap(({ id, plannedAt }) => (plannedAt < file.visit.plannedAt ? id : [])))
  return recommendations.filter(
    ({ visitId, decision }) =>
      earlier.has(visitId) && (decision === null || (decision.answer === 'defer' && (decision.until ?? 0) <= at)),
  )
}
