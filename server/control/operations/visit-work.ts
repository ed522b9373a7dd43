/** Work at a visit: actions, restore tests, recommendations. Every change is a line of the audit log. */
import type {
  ActionEdit,
  ActionRequest,
  RecommendationRequest,
  RestoreTestRequest,
} from '../../../shared/api/visit-changes.ts'
import { ok } from '../../../shared/result.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import type { Caller } from '../../auth/access.ts'
import { isRuleId } from '../../commands/rule-id.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import { proposeRecommendations } from '../../visits/propose.ts'
import type { Action, Recommendation, RestoreTest, RiskRef, Visit } from '../../visits/visit.ts'
import type { Services } from '../services.ts'
import { newId, type Operation, refuse } from './operation.ts'
import { readVisit, saveChange, visitFor } from './visits.ts'

/** `version` null: whatever it is now (commands). */
type Order<T> = Omit<T, 'version'> & { readonly version: number | null }

const typed = (text: string) => text.trim().toWellFormed()

/** @returns whether a machine belongs to the client, now or in a snapshot of its visits. */
function isMachineOf({ fleet }: Services, { client }: ClientEntry, machineId: string): boolean {
  return fleet.state(machineId)?.clientId === client.id
}

/** Adds something to do, or something done. */
export async function addAction(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  order: Order<ActionRequest>,
): Operation<Visit> {
  const visit = await visitFor(services, entry, date, 'tick', order.version)
  if (!visit.ok) return visit
  const text = typed(order.text)
  if (text === '') return refuse('invalid', 'Say what is to be done.')
  const { machineId, mends } = order
  if (machineId !== null && !isMachineOf(services, entry, machineId))
    return refuse('absent', 'There is no such machine.')
  if (mends !== null && !isRuleId(mends.rule)) return refuse('invalid', `"${mends.rule}" is no rule.`)
  const now = services.clock.now()
  const action: Action = {
    ...{ id: newId(), madeIn: visit.value.id, text, who: typed(order.who) || visit.value.author, dueAt: order.dueAt },
    machineId,
    mends: mends !== null && isRuleId(mends.rule) ? { rule: mends.rule, item: mends.item } : null,
    needsHands: order.needsHands,
    ...{ minutes: order.minutes, note: typed(order.note) },
    ...(order.done
      ? { state: 'done', doneIn: visit.value.id, doneAt: now }
      : { state: 'open', doneIn: null, doneAt: null }),
  }
  const change = { visit: visit.value, version: visit.value.version, actions: [action] }
  return saveChange(services, caller, entry, change, order.done ? 'action done' : 'action added', text)
}

/** Ticks, drops or opens an action again. */
export async function editAction(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  actionId: string,
  edit: Order<ActionEdit>,
): Operation<Visit> {
  const visit = await visitFor(services, entry, date, 'tick', edit.version)
  if (!visit.ok) return visit
  const known = (await services.store.client(entry.client.id).actions()).find(({ id }) => id === actionId)
  if (known === undefined) return refuse('absent', 'There is no such action.')
  const state = edit.state ?? known.state
  const isNew = state !== known.state
  const ended = state === 'open' ? null : { at: services.clock.now(), visit: visit.value.id }
  const action: Action = {
    ...known,
    state,
    doneAt: isNew ? (ended?.at ?? null) : known.doneAt,
    doneIn: isNew ? (ended?.visit ?? null) : known.doneIn,
    minutes: edit.minutes ?? known.minutes,
    note: edit.note === null ? known.note : typed(edit.note),
  }
  const change = { visit: visit.value, version: visit.value.version, actions: [action] }
  return saveChange(services, caller, entry, change, `action ${state}`, action.text)
}

/** Records a restore that was tried. */
export async function recordRestore(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  order: Order<RestoreTestRequest>,
): Operation<Visit> {
  const visit = await visitFor(services, entry, date, 'test-restore', order.version)
  if (!visit.ok) return visit
  if (!isMachineOf(services, entry, order.machineId)) return refuse('absent', 'There is no such machine.')
  const what = typed(order.what)
  if (what === '') return refuse('invalid', 'Say what was restored.')
  const test: RestoreTest = {
    ...{ id: newId(), visitId: visit.value.id, machineId: order.machineId, job: order.job, what },
    at: Math.min(order.at ?? services.clock.now(), services.clock.now()),
    ...{ fromCopy: typed(order.fromCopy), durationMs: order.durationMs, isUsable: order.isUsable },
    ...{ watchedBy: typed(order.watchedBy), note: typed(order.note) },
  }
  const change = { visit: visit.value, version: visit.value.version, restoreTests: [test] }
  return saveChange(services, caller, entry, change, 'restore test recorded', what)
}

/** Adds a recommendation, or writes one of the visit anew; its answer stays. @param id null: a new one. */
export async function writeRecommendation(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  id: string | null,
  order: Order<RecommendationRequest>,
): Operation<Visit> {
  const visit = await visitFor(services, entry, date, 'recommend', order.version)
  if (!visit.ok) return visit
  const file = await services.store.client(entry.client.id).visitFile(visit.value.id)
  const known = file?.recommendations.find((one) => one.id === id) ?? null
  if (id !== null && known === null) return refuse('absent', 'There is no such recommendation.')
  const { version: _, ...body } = order
  if (typed(body.what) === '') return refuse('invalid', 'Say what is recommended.')
  if (body.costLow !== null && body.costHigh !== null && body.costLow > body.costHigh) {
    return refuse('invalid', 'The lower end of the cost is above the upper end.')
  }
  const about: RiskRef[] = []
  for (const { machineId, rule, item } of body.about) {
    if (!isRuleId(rule)) return refuse('invalid', `"${rule}" is no rule.`)
    if (!isMachineOf(services, entry, machineId)) return refuse('absent', 'There is no such machine.')
    about.push({ machineId, rule, item })
  }
  const recommendation: Recommendation = {
    ...{ ...body, about, what: typed(body.what), why: typed(body.why), otherwise: typed(body.otherwise) },
    ...{ id: id ?? newId(), visitId: visit.value.id, owner: typed(body.owner), decision: known?.decision ?? null },
  }
  const change = { visit: visit.value, version: visit.value.version, recommendations: [recommendation] }
  const what = id === null ? 'recommendation added' : 'recommendation changed'
  return saveChange(services, caller, entry, change, what, recommendation.what)
}

/** Takes a recommendation out of the visit. */
export async function withdrawRecommendation(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  id: string,
  version: number | null,
): Operation<Visit> {
  const visit = await visitFor(services, entry, date, 'recommend', version)
  if (!visit.ok) return visit
  const file = await services.store.client(entry.client.id).visitFile(visit.value.id)
  const known = file?.recommendations.find((one) => one.id === id)
  if (known === undefined) return refuse('absent', 'There is no such recommendation.')
  if (known.decision !== null) return refuse('conflict', 'It has an answer. Take the answer back first.')
  const change = { visit: visit.value, version: visit.value.version, withdrawn: [id] }
  return saveChange(services, caller, entry, change, 'recommendation withdrawn', known.what)
}

/** Proposes recommendations for findings that have none yet. */
export async function propose(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  date: string,
  version: number | null,
): Operation<Visit> {
  const visit = await visitFor(services, entry, date, 'recommend', version)
  if (!visit.ok) return visit
  const desk = await readVisit(services, entry, visit.value.id)
  if (!desk.ok) return desk
  const { machines, at, recommendations: known } = desk.value
  const { language, timeZone } = entry.client
  const recommendations = proposeRecommendations({
    ...{ visitId: visit.value.id, machines, known, owner: visit.value.author, now: at, newId },
    f: createFormatter({ language, timeZone, now: at }),
  })
  if (recommendations.length === 0) return ok(visit.value)
  const change = { visit: visit.value, version: visit.value.version, recommendations }
  return saveChange(services, caller, entry, change, 'recommendations proposed', String(recommendations.length))
}
