/** The report of a visit as it would be if it were sent now. Nothing is stored and nothing changes. */
import { ok } from '../../../shared/result.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import { snapshotJson } from '../../visits/pack-snapshot.ts'
import { draftOrder } from '../../visits/send-visit.ts'
import type { Services } from '../services.ts'
import { type Operation, refuse } from './operation.ts'
import { readVisit } from './visits.ts'

/** @returns the HTML of the next revision. */
export async function previewReport(services: Services, entry: ClientEntry, date: string): Operation<Uint8Array> {
  const { store, clock } = services
  const desk = await readVisit(services, entry, date)
  if (!desk.ok) return desk
  const stored = await store.client(entry.client.id).snapshot(desk.value.file.visit.id)
  if (stored === null)
    return refuse('conflict', 'The report is about the moment that a visit is opened. Open it first.')
  const render = services.renderReport()
  if (render === null) return refuse('refused', 'Reports are written by the running server. Start it, then look again.')
  const snapshot = { at: stored.at, hash: stored.hash, json: await snapshotJson(stored) }
  const rendered = await render({ ...draftOrder(desk.value, clock.now()), snapshot })
  return rendered.ok
    ? ok(rendered.value.html)
    : refuse('conflict', `The report could not be written: ${rendered.error}`)
}
