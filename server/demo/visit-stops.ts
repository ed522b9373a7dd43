/** The moments of a scenario's visits, at which the visit domain acts while history is lived. Pure. */
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import type { PlannedVisit } from './scenario/visit-plan.ts'
import { instantOf, type World } from './scenario/world.ts'

/** When each step of a visit is made. A visit that lies ahead is planned and prepared only. */
export type VisitTimes = {
  readonly plannedAt: EpochMs
  /** Its page is opened for the first time: `preparing`. */
  readonly preparedAt: EpochMs
  /** Its snapshot is frozen. */
  readonly openedAt: EpochMs
  readonly closedAt: EpochMs
  readonly sentAt: EpochMs
}

const PLANNED_BEFORE_MS = 21 * 24 * HOUR_MS
const PREPARED_BEFORE_MS = 22 * HOUR_MS
const ON_SITE_MS = 4 * HOUR_MS

/** @returns the moments of a visit; for one that lies ahead the last three are not reached. */
export function visitTimes({ at, state }: PlannedVisit, { anchorAt, startAt }: World): VisitTimes {
  const openedAt = instantOf(at, anchorAt) + 5 * MINUTE_MS
  const preparedAt = state === 'preparing' ? anchorAt - 2 * HOUR_MS : openedAt - PREPARED_BEFORE_MS
  return {
    plannedAt: Math.min(preparedAt - HOUR_MS, Math.max(startAt + HOUR_MS, openedAt - PLANNED_BEFORE_MS)),
    preparedAt,
    openedAt,
    closedAt: openedAt + ON_SITE_MS,
    sentAt: openedAt + ON_SITE_MS + 30 * MINUTE_MS,
  }
}

/** All moments of all visits within the history, in order, each once. */
export function visitStops(world: World): readonly EpochMs[] {
  const stops = world.clients.flatMap(({ spec }) =>
    spec.visits.flatMap((visit) => {
      const times = visitTimes(visit, world)
      const ahead = [times.plannedAt, times.preparedAt]
      return visit.state === 'preparing' ? ahead : [...ahead, times.openedAt, times.closedAt, times.sentAt]
    }),
  )
  return [...new Set(stops)].filter((at) => at > world.startAt && at < world.anchorAt).sort((a, b) => a - b)
}
