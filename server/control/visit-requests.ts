/** Requests of the control socket about visits: what each takes, and the operation behind it. */
import { type Static, type TObject, Type } from 'typebox'
import { At as Instant } from '../../shared/api/card.ts'
import { ActionRequest, DecisionRequest, PlanRequest, RestoreTestRequest } from '../../shared/api/visit-changes.ts'
import { STEPS, VisitDate } from '../../shared/api/visits.ts'
import { oneOf, orNull, strict, text } from '../../shared/reading.ts'
import { ok } from '../../shared/result.ts'
import { ADMINISTRATOR } from '../auth/access.ts'
import type { ClientEntry } from '../views/machine-entry.ts'
import { visitLine, visitView } from '../views/visit-view.ts'
import { zonedInstant } from '../visits/zoned-instant.ts'
import { answerRecommendation } from './operations/decisions.ts'
import { findClient, findMachine } from './operations/find.ts'
import { placeMachine } from './operations/machines.ts'
import { type Operation, refuse } from './operations/operation.ts'
import { addAction, editAction, propose, recordRestore } from './operations/visit-work.ts'
import { editVisit, planVisit, readVisit, removeVisit, takeStep } from './operations/visits.ts'
import { request } from './request.ts'
import type { Services } from './services.ts'

const Name = text(128)
const At = { client: Name, date: text(32) }

/** A request about a client that is found by its name. */
function ofClient<S extends TObject, T>(
  takes: S,
  run: (services: Services, entry: ClientEntry, args: Static<S>) => Operation<T>,
) {
  return request(takes, async (services, args) => {
    const { client } = args as { readonly client: string }
    const entry = findClient(services, client)
    return entry.ok ? run(services, entry.value, args) : entry
  })
}

/** Commands change what is there now. */
const NOW = { version: null }
const { version: _plan, ...Action } = ActionRequest.properties
const { until: _until, ...Decided } = DecisionRequest.properties
const { version: _test, machineId: _machine, ...Restore } = RestoreTestRequest.properties

/** Name of a request → what it takes and does. */
export const VISIT_REQUESTS = {
  'visit.list': request(strict({ client: orNull(Name) }), async (services, { client }) => {
    const found = client === null ? null : findClient(services, client)
    if (found !== null && !found.ok) return found
    const entries = found === null ? services.directory.clients() : [found.value]
    const lists = await Promise.all(
      entries.map(async (entry) =>
        (await services.store.client(entry.client.id).visits()).map((visit) => visitLine(entry, visit)),
      ),
    )
    return ok(lists.flat().sort((a, b) => b.plannedAt - a.plannedAt))
  }),
  'visit.show': ofClient(strict(At), async (services, entry, { date }) => {
    const desk = await readVisit(services, entry, date)
    return desk.ok ? ok(visitView(desk.value, services.clock.now())) : desk
  }),
  'visit.plan': ofClient(
    strict({ client: Name, ...PlanRequest.properties }),
    (services, entry, { client: _, ...order }) => planVisit(services, ADMINISTRATOR, entry, order),
  ),
  'visit.step': ofClient(
    strict({ ...At, step: oneOf(STEPS), reason: text(2_000) }),
    (services, entry, { date, step, reason }) =>
      takeStep(services, ADMINISTRATOR, entry, date, { ...NOW, step, reason }),
  ),
  'visit.remove': ofClient(strict(At), (services, entry, { date }) =>
    removeVisit(services, ADMINISTRATOR, entry, date, null),
  ),
  'visit.minutes': ofClient(
    strict({ ...At, minutes: Type.String({ maxLength: 50_000 }) }),
    (services, entry, { date, minutes }) =>
      editVisit(services, ADMINISTRATOR, entry, date, {
        ...{ ...NOW, date: null, time: null, kind: null, author: null, recipient: null, minutes },
      }),
  ),
  'visit.act': ofClient(strict({ ...At, ...Action }), (services, entry, { client: _, date, ...order }) =>
    addAction(services, ADMINISTRATOR, entry, date, { ...NOW, ...order }),
  ),
  'visit.tick': ofClient(
    strict({
      ...At,
      action: text(700),
      state: oneOf(['open', 'done', 'dropped'] as const),
      minutes: orNull(Type.Integer({ minimum: 0 })),
      note: orNull(text(2_000)),
    }),
    (services, entry, { date, action, ...edit }) =>
      editAction(services, ADMINISTRATOR, entry, date, action, { ...NOW, ...edit }),
  ),
  'visit.restore': ofClient(strict({ ...At, machine: text(200), ...Restore }), async (services, entry, args) => {
    const { client: _, date, machine, ...order } = args
    const found = findMachine(services, machine, entry.client.id)
    if (!found.ok) return found
    return recordRestore(services, ADMINISTRATOR, entry, date, { ...NOW, ...order, machineId: found.value.state.id })
  }),
  'visit.recommend': ofClient(strict(At), (services, entry, { date }) =>
    propose(services, ADMINISTRATOR, entry, date, null),
  ),
  'visit.decide': ofClient(
    strict({ client: Name, recommendation: text(64), ...Decided, until: orNull(Type.Union([Instant(), VisitDate()])) }),
    (services, entry, { client: _, recommendation, until: day, ...order }) => {
      // A day ends where the client is.
      const until = typeof day === 'string' ? zonedInstant(day, '23:59', entry.client.timeZone) : day
      if (day !== null && until === null) return Promise.resolve(refuse('invalid', `There is no day ${day}.`))
      return answerRecommendation(services, ADMINISTRATOR, entry, recommendation, { ...order, until })
    },
  ),
  'machine.place': request(
    strict({ machine: text(200), place: text(256), person: text(256) }),
    async (services, { machine, place, person }) => {
      const entry = findMachine(services, machine)
      return entry.ok ? placeMachine(services, ADMINISTRATOR, entry.value, { place, person }) : entry
    },
  ),
} as const
