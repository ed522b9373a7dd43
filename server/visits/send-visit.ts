/**
 * Sending: the report is rendered once, its files are durable on the shelf, and only then the store says that it was sent. A crash in
 * between leaves a visit that was not sent, and files that the next attempt sets aside.
 */
import { createHash } from 'node:crypto'
import { err, type Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import { isRunning } from '../findings/accepted.ts'
import type { StoredSnapshot } from '../store/store.ts'
import { type LifeError, stepVisit } from './life.ts'
import { snapshotJson } from './pack-snapshot.ts'
import { laterThan } from './promised.ts'
import type { RenderedReport, RenderReport, ReportOrder } from './report-port.ts'
import { REPORT_FILES, type ReportShelf } from './report-shelf.ts'
import type { Recommendation, VisitChange } from './visit.ts'
import { openDecisions, type VisitDesk } from './visit-desk.ts'

/** `render`: the report could not be written; the message says why. */
export type SendError = LifeError | { readonly code: 'render'; readonly message: string }

/** What sending needs. `snapshot`: the visit's own, as stored. */
export type SendPorts = {
  readonly render: RenderReport
  readonly shelf: ReportShelf
  readonly snapshot: StoredSnapshot
}

/** @returns the change to save, when all files lie on the shelf. */
export async function sendVisit(
  { render, shelf, snapshot }: SendPorts,
  desk: VisitDesk,
  at: EpochMs,
): Promise<Result<VisitChange, SendError>> {
  const { visit } = desk.file
  const sent = stepVisit(visit, { step: 'send', at })
  if (!sent.ok) return sent
  const order = await orderOf(desk, snapshot, at)
  const rendered = await render(order)
  if (!rendered.ok) return err({ code: 'render', message: rendered.error })
  await shelf.put(order.clientId, order.name, rendered.value)
  const { client, revision, name } = order
  const report = {
    visitId: visit.id,
    revision,
    sentAt: at,
    language: client.language,
    name,
    ...hashesOf(rendered.value),
  }
  return { ok: true, value: { visit: sent.value, version: visit.version, report } }
}

function hashesOf({ pdf, html, manifest }: RenderedReport) {
  return { pdfHash: sha256(pdf), htmlHash: sha256(html), manifestHash: sha256(manifest) }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

async function orderOf(desk: VisitDesk, stored: StoredSnapshot, at: EpochMs): Promise<ReportOrder> {
  return { ...draftOrder(desk, at), snapshot: { at: stored.at, hash: stored.hash, json: await snapshotJson(stored) } }
}

/** @returns the order of the next revision without the snapshot's bytes: what a preview is drawn from. */
export function draftOrder(desk: VisitDesk, at: EpochMs): Omit<ReportOrder, 'snapshot'> {
  const { entry, file, frozen, previous, actions, visits } = desk
  const { visit } = file
  const revision = visit.revision + 1
  const recommendations = [...file.recommendations, ...askedAgain(desk), ...answeredSince(desk)]
  const told = new Set(recommendations.map(({ id }) => id))
  // Actions that such an answer led to carry its id (decide.ts): the report must know that there are some, done or not.
  const isTold = (id: string) => recommendations.some((one) => id.startsWith(`${one.id}.`))
  const later = laterThan(visit, visits)
  const planned = visits.filter(
    ({ state, plannedAt }) => (state === 'planned' || state === 'preparing') && plannedAt > at,
  )
  return {
    clientId: entry.client.id,
    client: { name: entry.client.name, timeZone: entry.client.timeZone, language: entry.client.language },
    sites: frozen?.snapshot.sites ?? entry.sites,
    ...{ visit, revision, createdAt: at, machines: desk.machines, frozenAt: desk.at },
    snapshotHash: Buffer.from(frozen?.hash ?? []).toString('hex'),
    attestations: frozen?.attestations ?? [],
    previous: previous === null ? null : { frozenAt: previous.frozen.snapshot.at, machines: previous.frozen.machines },
    since: desk.since,
    actions: actions.filter(({ id, state, doneIn }) => state === 'open' || doneIn === visit.id || isTold(id)),
    recommendations,
    deferred: desk.recommendations.filter(
      ({ id, decision }) => !told.has(id) && decision?.answer === 'defer' && (decision.until ?? 0) > desk.at,
    ),
    restoreTests: desk.restoreTests.filter(({ visitId }) => !later.has(visitId)),
    // Of machines in scope: one that is retired has no state that could be accepted, and no name.
    acceptances: desk.acceptances.filter(
      (one) => isRunning(one, at) && desk.machines.some(({ id }) => id === one.machineId),
    ),
    nextVisitAt: planned.length === 0 ? null : Math.min(...planned.map(({ plannedAt }) => plannedAt)),
    name: `${visit.date}-r${revision}`,
    previousManifest: lastManifest(desk),
  }
}

/** What earlier visits left open. An answer that put it off until a date that has come is none any more: it is asked again. */
function askedAgain(desk: VisitDesk): readonly Recommendation[] {
  return openDecisions(desk).map((one) => ({ ...one, decision: null }))
}

/** What earlier visits asked and was answered since the last report said it was open: who said what, and when. */
function answeredSince(desk: VisitDesk): readonly Recommendation[] {
  const { recommendations, visits, reports, previous, file } = desk
  const { plannedAt, openedAt } = file.visit
  const sent = reports.filter(({ visitId }) => visitId === previous?.visit.id).map(({ sentAt }) => sentAt)
  const from = Math.min(...sent, openedAt ?? Number.POSITIVE_INFINITY)
  const earlier = new Set(visits.flatMap((one) => (one.plannedAt < plannedAt ? one.id : [])))
  const open = new Set(openDecisions(desk).map(({ id }) => id))
  return recommendations.filter(
    ({ id, visitId, decision }) => earlier.has(visitId) && !open.has(id) && decision !== null && decision.at >= from,
  )
}

function lastManifest({ reports }: VisitDesk): ReportOrder['previousManifest'] {
  const last = reports.at(-1)
  return last === undefined ? null : { name: `${last.name}.${REPORT_FILES.manifest}`, hash: last.manifestHash }
}
