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

const isOpenAt = ({ openedAt, resolvedAt }: Finding, at: EpochMs) =>
  openedAt <= at && (resolvedAt === null || resolvedAt > at)

function movementOf({ client, visits, findings }: AroundClient, now: EpochMs): AroundView['clients'][number] {
  const from = aroundFrom(visits, now)
  const step = (now - from) / (TREND_POINTS - 1)
  const openAt = (at: EpochMs) => findings.filter((finding) => isOpenAt(finding, at)).length
  const basis = lastSent(visits) === undefined ? 'days' : 'visit'
  return {
    id: client.id,
    nextVisit: visitRef(visits.filter(({ sentAt }) => sentAt === null).at(-1)),
    basis,
    from,
    ...countMoved(findings, basis, from),
    trend: Array.from({ length: TREND_POINTS }, (_, at) => openAt(Math.round(from + at * step))),
  }
}

/** A rule's item on a machine: what comes back is the same thing, and was not solved. The first two hold no line end. */
const placeOf = ({ machineId, rule, item }: Finding) => `${machineId}\n${rule}\n${item}`

/** New and solved as the client's own page counts them (client-changes.ts), from the records alone. */
function countMoved(
  findings: readonly Finding[],
  basis: 'days' | 'visit',
  from: EpochMs,
): { readonly opened: number; readonly solved: number } {
  const open = findings.filter(({ resolvedAt }) => resolvedAt === null)
  const places = new Set(open.map(placeOf))
  const before = new Set(findings.filter((finding) => isOpenAt(finding, from)).map(placeOf))
  const ended = findings.filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt >= from)
  const isNew = (finding: Finding) => (basis === 'visit' ? !before.has(placeOf(finding)) : finding.openedAt >= from)
  const over = basis === 'visit' ? before : new Set(ended.map(placeOf))
  return { opened: open.filter(isNew).length, solved: [...over].filter((place) => !places.has(place)).length }
}
