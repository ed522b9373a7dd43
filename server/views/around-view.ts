/** What stands beside Today: next visits, interruptions of the week, and how each client moved. Pure. */
import type { AroundView } from '../../shared/api/client.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { Finding } from '../findings/finding.ts'
import type { Client } from '../store/store.ts'
import type { Visit } from '../visits/visit.ts'
import { LOOK_BACK_MS } from './client-changes.ts'
import { visitRef } from './client-view.ts'

/** Interruptions are counted over a week. */
export const WEEK_MS = 7 * DAY_MS
const VISITS_SHOWN = 5
const TREND_POINTS = 13

/** One client's records. `visits`: newest date first; `findings`: open at any time since `aroundFrom`; `sent`: alerts of the week. */
export type AroundClient = {
  readonly client: Client
  readonly visits: readonly Visit[]
  readonly findings: readonly Finding[]
  readonly sent: number
}

/** @returns since when a client's movement is told: its last sent visit, or 30 days. */
export function aroundFrom(visits: readonly Visit[], now: EpochMs): EpochMs {
  return lastSent(visits)?.openedAt ?? now - LOOK_BACK_MS
}

const lastSent = (visits: readonly Visit[]): Visit | undefined => visits.find(({ sentAt }) => sentAt !== null)

/** @returns the rail and the columns of the clients' table. */
export function aroundView(all: readonly AroundClient[], now: EpochMs): AroundView {
  const weekAgo = now - WEEK_MS
  const waiting = all.flatMap(({ client, visits }) =>
    visits.flatMap((visit) => {
      const ref = visit.sentAt === null ? visitRef(visit) : null
      return ref === null ? [] : [{ client: { id: client.id, slug: client.slug, name: client.name }, ...ref }]
    }),
  )
  const held = all.flatMap(({ findings }) => findings.filter((finding) => isHeld(finding, weekAgo)))
  return {
    now,
    visits: waiting.sort((a, b) => a.plannedAt - b.plannedAt).slice(0, VISITS_SHOWN),
    interruptions: { from: weekAgo, sent: all.reduce((sum, { sent }) => sum + sent, 0), held: held.length },
    clients: all.map((one) => movementOf(one, now)),
  }
}

/** Found within the week and told to nobody: over before it lasted long enough, or still waiting. */
function isHeld({ openedAt, severity, alert }: Finding, from: EpochMs): boolean {
  if (openedAt < from || severity === 'info') return false
  return alert.state === 'pending' || (alert.state === 'resolved' && !alert.fired)
}

function movementOf({ client, visits, findings }: AroundClient, now: EpochMs): AroundView['clients'][number] {
  const from = aroundFrom(visits, now)
  const step = (now - from) / (TREND_POINTS - 1)
  const openAt = (at: EpochMs) =>
    findings.filter(({ openedAt, resolvedAt }) => openedAt <= at && (resolvedAt === null || resolvedAt > at)).length
  return {
    id: client.id,
    nextVisit: visitRef(visits.filter(({ sentAt }) => sentAt === null).at(-1)),
    basis: lastSent(visits) === undefined ? 'days' : 'visit',
    from,
    opened: findings.filter(({ openedAt, resolvedAt }) => openedAt >= from && resolvedAt === null).length,
    solved: findings.filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt >= from).length,
    trend: Array.from({ length: TREND_POINTS }, (_, at) => openAt(Math.round(from + at * step))),
  }
}
