/** Planning visits and taking them through their life. Every step is a line of the audit log. */
import type { PlanRequest, StepRequest, VisitEdit } from '../../../shared/api/visit-changes.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Caller } from '../../auth/access.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import { type LifeError, mayDo, stepVisit, type VisitDeed } from '../../visits/life.ts'
import { openVisit } from '../../visits/open-visit.ts'
import { sendVisit } from '../../visits/send-visit.ts'
import type { Visit, VisitChange } from '../../visits/visit.ts'
import { layDesk, type VisitDesk } from '../../visits/visit-desk.ts'
import { zonedInstant, zonedTime } from '../../visits/zoned-instant.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, nameOf, newId, type Operation, type OperationError, refuse } from './operation.ts'

const LIFE_MESSAGES: { readonly [C in LifeError['code']]: string } = {
  state: 'The visit is not at that step. Look at its state first.',
  reason: 'A correction of a sent report needs a reason.',
  time: 'The clock of the server stands before the last step of this visit. Set the clock right first.',
}

/** @param date of the visit, or its id. */
export async function findVisit(services: Services, { client }: ClientEntry, date: string): Operation<Visit> {
  const visits = await services.store.client(client.id).visits()
  const visit = visits.find((one) => one.date === date || one.id === date)
  return visit === undefined ? refuse('absent', `${client.name} has no visit on ${date.slice(0, 32)}.`) : ok(visit)
}

/** @returns the visit with all that is read about it. */
export async function readVisit(services: Services, entry: ClientEntry, date: string): Operation<VisitDesk> {
  const desk = await layDesk(services, entry, date)
  return desk.ok ? desk : refuse('absent', `${entry.client.name} has no visit on ${date.slice(0, 32)}.`)
}

/** @param version that the caller saw; null: whatever it is now. @returns the visit, when it may be changed like that. */
export async function visitFor(
  services: Services,
  entry: ClientEntry,
  date: string,
  deed: VisitDeed,
  version: number | null,
): Operation<Visit> {
  const found = await findVisit(services, entry, date)
  if (!found.ok) return found
  if (version !== null && version !== found.value.version) return STALE
  if (!mayDo(found.value.state, deed)) return refuse('conflict', LIFE_MESSAGES.state)
  return found
}

const STALE: Result<never, OperationError> = err({
  code: 'conflict',
  message: 'Somebody changed this visit meanwhile. Look at it again, then repeat the change.',
})

/** Saves a change and writes it down. */
export async function saveChange(
  services: Services,
  caller: Caller,
  { client }: ClientEntry,
  change: VisitChange,
  what: string,
  detail = '',
): Operation<Visit> {
  const saved = await services.store.client(client.id).saveVisit(change)
  if (saved.state === 'date-taken')
    return refuse('conflict', `${client.name} has a visit on ${change.visit.date} already.`)
  if (saved.state !== 'saved') return STALE
  await audit(services, caller, what, client.id, `${saved.visit.date} ${detail}`.trim())
  if (change.acceptances !== undefined) await services.fleet.reloadAcceptances(services.store, client.id)
  return ok(saved.visit)
}

/** @returns the name of the person who asks; null: a command or a token. */
export async function personName({ store }: Services, caller: Caller): Promise<string | null> {
  if (caller.kind !== 'session') return null
  return (await store.hub.people()).find(({ id }) => id === caller.personId)?.name ?? null
}

/** Puts a visit into the calendar. */
export async function planVisit(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  order: PlanRequest,
): Operation<Visit> {
  const { client } = entry
  const plannedAt = zonedInstant(order.date, order.time, client.timeZone)
  if (plannedAt === null) return refuse('invalid', `${order.date} ${order.time} is no date. Use 2026-11-24 and 09:00.`)
  const author = cleanName(order.author ?? (await personName(services, caller)) ?? '')
  if (author === null) return refuse('invalid', 'Say who makes the visit, in at most 128 characters.')
  const visit: Visit = {
    ...{ id: newId(), date: order.date, kind: order.kind, state: 'planned', plannedAt, author },
    authorId: order.author === null && caller.kind === 'session' ? caller.personId : null,
    recipient: cleanName(order.recipient, 256) ?? '',
    createdAt: services.clock.now(),
    ...{ openedAt: null, closedAt: null, sentAt: null, minutes: '', revision: 0, corrections: [], version: 0 },
  }
  const added = await services.store.client(client.id).addVisit(visit)
  if (added === 'exists') return refuse('conflict', `${client.name} has a visit on ${order.date} already.`)
  await audit(services, caller, 'visit planned', client.id, `${visit.date} ${visit.kind}`)
  return ok(visit)
}

/** Changes the plan or the minutes; null in `edit`: as it is. */
export async function editVisit(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  edit: Omit<VisitEdit, 'version'> & { readonly version: number | null },
): Operation<Visit> {
  const isPlan = edit.date !== null || edit.time !== null || edit.kind !== null
  const deed = isPlan ? 'plan' : edit.minutes !== null ? 'write-minutes' : 'decide'
  const found = await findVisit(services, entry, date)
  if (!found.ok) return found
  const isEarly = found.value.state === 'planned' && deed === 'decide'
  const visit = await visitFor(services, entry, date, isEarly ? 'plan' : deed, edit.version)
  if (!visit.ok) return visit
  const { timeZone } = entry.client
  const day = edit.date ?? visit.value.date
  const plannedAt = isPlan
    ? zonedInstant(day, edit.time ?? zonedTime(visit.value.plannedAt, timeZone), timeZone)
    : visit.value.plannedAt
  if (plannedAt === null) return refuse('invalid', `${day} ${edit.time ?? ''} is no date. Use 2026-11-24 and 09:00.`)
  const author = edit.author === null ? visit.value.author : cleanName(edit.author)
  if (author === null) return refuse('invalid', 'Say who makes the visit, in at most 128 characters.')
  const changed = {
    ...{ ...visit.value, date: day, plannedAt, author, kind: edit.kind ?? visit.value.kind },
    recipient: edit.recipient === null ? visit.value.recipient : (cleanName(edit.recipient, 256) ?? ''),
    minutes: (edit.minutes ?? visit.value.minutes).toWellFormed(),
  }
  const what = deed === 'write-minutes' ? 'visit minutes written' : 'visit changed'
  return saveChange(services, caller, entry, { visit: changed, version: visit.value.version }, what)
}

/** Takes a visit that only stands in the calendar out of it. */
export async function removeVisit(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  version: number | null,
): Operation<{ readonly date: string }> {
  const visit = await visitFor(services, entry, date, 'remove', version)
  if (!visit.ok) return visit
  const removed = await services.store.client(entry.client.id).removeVisit(visit.value.id, visit.value.version)
  if (removed === 'stale') return STALE
  if (removed === 'absent') return refuse('conflict', 'Something was recorded for this visit: move it to another date.')
  await audit(services, caller, 'visit removed', entry.client.id, visit.value.date)
  return ok({ date: visit.value.date })
}

/** Takes a visit one step on. */
export async function takeStep(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  order: Omit<StepRequest, 'version'> & { readonly version: number | null },
): Operation<Visit> {
  const { step } = order
  const visit = await visitFor(services, entry, date, step, order.version)
  if (!visit.ok) return visit
  if (step === 'send') return send(services, caller, entry, visit.value)
  const at: EpochMs = services.clock.now()
  const by = (await personName(services, caller)) ?? nameOf(caller)
  const stepped =
    step === 'open'
      ? await openVisit(services, entry, visit.value, newId)
      : withChange(
          stepVisit(visit.value, step === 'correct' ? { step, at, by, reason: order.reason } : { step, at }),
          visit.value,
        )
  if (!stepped.ok) return refuse('conflict', LIFE_MESSAGES[stepped.error.code])
  return saveChange(services, caller, entry, stepped.value, `visit: ${step}`, order.reason)
}

function withChange(stepped: Result<Visit, LifeError>, { version }: Visit): Result<VisitChange, LifeError> {
  return stepped.ok ? ok({ visit: stepped.value, version }) : stepped
}

/** Visits whose report is being written by this process: two at once would set each other's files aside. */
const sending = new Set<string>()

async function send(services: Services, caller: Caller, entry: ClientEntry, visit: Visit): Operation<Visit> {
  const { store, reports: shelf, clock, log } = services
  const render = services.renderReport()
  if (render === null) return refuse('refused', 'Reports are written by the running server. Start it, then send again.')
  if (sending.has(visit.id)) return refuse('conflict', 'This report is being written at this moment.')
  sending.add(visit.id)
  try {
    const desk = await readVisit(services, entry, visit.id)
    const snapshot = await store.client(entry.client.id).snapshot(visit.id)
    if (!desk.ok || snapshot === null) return refuse('absent', 'The snapshot of this visit is not there.')
    const sent = await sendVisit({ render, shelf, snapshot }, desk.value, clock.now())
    if (sent.ok) return await saveChange(services, caller, entry, sent.value, 'visit: send', sent.value.report?.name)
    if (sent.error.code !== 'render') return refuse('conflict', LIFE_MESSAGES[sent.error.code])
    log.error(
      { clientId: entry.client.id, visitId: visit.id, detail: sent.error.message },
      'report could not be written',
    )
    return refuse('conflict', `The report could not be written: ${sent.error.message}`)
  } finally {
    sending.delete(visit.id)
  }
}
