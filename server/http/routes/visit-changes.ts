/** What people change about visits: plan, steps, actions, restore tests, recommendations, decisions, accepted risks. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import {
  AcceptanceRequest,
  ActionEdit,
  ActionRequest,
  DecisionRequest,
  PlaceRequest,
  PlanRequest,
  RecommendationRequest,
  RestoreTestRequest,
  StepRequest,
  VersionRequest,
  VisitEdit,
} from '../../../shared/api/visit-changes.ts'
import { DecisionView, VisitDate } from '../../../shared/api/visits.ts'
import { oneOf, orNull, strict, text } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { VISIT_STATES } from '../../../shared/visits.ts'
import { acceptOpenRisks, answerRecommendation, revokeAcceptance } from '../../control/operations/decisions.ts'
import { placeMachine } from '../../control/operations/machines.ts'
import type { OperationError } from '../../control/operations/operation.ts'
import {
  addAction,
  editAction,
  propose,
  recordRestore,
  withdrawRecommendation,
  writeRecommendation,
} from '../../control/operations/visit-work.ts'
import { editVisit, planVisit, removeVisit, takeStep } from '../../control/operations/visits.ts'
import type { Services } from '../../control/services.ts'
import type { Visit } from '../../visits/visit.ts'
import { sendError } from '../error-reply.ts'
import { callerOf, clientOf } from '../guard.ts'
import { CHANGES_CLIENT, DECIDES_CLIENT } from '../route-policy.ts'
import { machineOf } from '../visible.ts'
import { sendRefusal } from './clients.ts'
import type { RegisterRoutes } from './routes.ts'

const CLIENT = '/api/v1/clients/:client'
const VISIT = `${CLIENT}/visits/:date`
/** What every change of a visit answers: the version for the next one. */
const ChangedView = strict({ date: VisitDate(), state: oneOf(VISIT_STATES), version: Type.Integer() })
type AtVisit = { readonly date: string }

const changes = (summary: string, body: object) => ({
  config: { policy: CHANGES_CLIENT },
  schema: { summary, body, response: { 200: ChangedView } },
})

function sendChanged(reply: FastifyReply, changed: Result<Visit, OperationError>): FastifyReply {
  if (!changed.ok) return sendRefusal(reply, changed.error)
  const { date, state, version } = changed.value
  return reply.send({ date, state, version })
}

/** Changes below a client's visits. */
export const visitChangeRoutes: RegisterRoutes = (app, services) => {
  planRoutes(app, services)
  workRoutes(app, services)
  proposalRoutes(app, services)
  recommendationRoutes(app, services)
  decisionRoutes(app, services)
  riskRoutes(app, services)
  placeRoutes(app, services)
}

function planRoutes(app: FastifyInstance, services: Services): void {
  app.post<{ Body: PlanRequest }>(`${CLIENT}/visits`, changes('Plan a visit', PlanRequest), async (request, reply) =>
    sendChanged(reply, await planVisit(services, callerOf(request), clientOf(request), request.body)),
  )
  app.patch<{ Params: AtVisit; Body: VisitEdit }>(
    VISIT,
    changes('Change the plan or the minutes; null: as it is', VisitEdit),
    async (request, reply) => {
      const { params, body } = request
      return sendChanged(reply, await editVisit(services, callerOf(request), clientOf(request), params.date, body))
    },
  )
  app.delete<{ Params: AtVisit; Body: VersionRequest }>(
    VISIT,
    {
      config: { policy: CHANGES_CLIENT },
      schema: { summary: 'Take a planned visit out of the calendar', body: VersionRequest },
    },
    async (request, reply) => {
      const { params, body } = request
      const removed = await removeVisit(services, callerOf(request), clientOf(request), params.date, body.version)
      return removed.ok ? reply.code(204).send() : sendRefusal(reply, removed.error)
    },
  )
  app.post<{ Params: AtVisit; Body: StepRequest }>(
    `${VISIT}/steps`,
    changes('Take a visit one step on', StepRequest),
    async (request, reply) => {
      const { params, body } = request
      return sendChanged(reply, await takeStep(services, callerOf(request), clientOf(request), params.date, body))
    },
  )
}

function workRoutes(app: FastifyInstance, services: Services): void {
  app.post<{ Params: AtVisit; Body: ActionRequest }>(
    `${VISIT}/actions`,
    changes('Add something to do, or done', ActionRequest),
    async (request, reply) => {
      const { params, body } = request
      return sendChanged(reply, await addAction(services, callerOf(request), clientOf(request), params.date, body))
    },
  )
  app.patch<{ Params: AtVisit & { action: string }; Body: ActionEdit }>(
    `${VISIT}/actions/:action`,
    changes('Tick, drop or open an action again', ActionEdit),
    async (request, reply) => {
      const { date, action } = request.params
      const done = await editAction(services, callerOf(request), clientOf(request), date, action, request.body)
      return sendChanged(reply, done)
    },
  )
  app.post<{ Params: AtVisit; Body: RestoreTestRequest }>(
    `${VISIT}/restore-tests`,
    changes('Record a restore that was tried', RestoreTestRequest),
    async (request, reply) => {
      const { params, body } = request
      return sendChanged(reply, await recordRestore(services, callerOf(request), clientOf(request), params.date, body))
    },
  )
}

function proposalRoutes(app: FastifyInstance, services: Services): void {
  app.post<{ Params: AtVisit; Body: VersionRequest }>(
    `${VISIT}/proposals`,
    changes('Propose recommendations for findings without one', VersionRequest),
    async (request, reply) => {
      const { params, body } = request
      const client = clientOf(request)
      return sendChanged(reply, await propose(services, callerOf(request), client, params.date, body.version))
    },
  )
}

function recommendationRoutes(app: FastifyInstance, services: Services): void {
  type AtRecommendation = AtVisit & { readonly recommendation: string }
  app.post<{ Params: AtVisit; Body: RecommendationRequest }>(
    `${VISIT}/recommendations`,
    changes('Add a recommendation', RecommendationRequest),
    async (request, reply) => {
      const client = clientOf(request)
      const { date } = request.params
      return sendChanged(
        reply,
        await writeRecommendation(services, callerOf(request), client, date, null, request.body),
      )
    },
  )
  app.put<{ Params: AtRecommendation; Body: RecommendationRequest }>(
    `${VISIT}/recommendations/:recommendation`,
    changes('Write a recommendation anew; its answer stays', RecommendationRequest),
    async (request, reply) => {
      const client = clientOf(request)
      const { date, recommendation: id } = request.params
      return sendChanged(reply, await writeRecommendation(services, callerOf(request), client, date, id, request.body))
    },
  )
  app.delete<{ Params: AtRecommendation; Body: VersionRequest }>(
    `${VISIT}/recommendations/:recommendation`,
    changes('Withdraw a recommendation', VersionRequest),
    async (request, reply) => {
      const client = clientOf(request)
      const { date, recommendation: id } = request.params
      const { version } = request.body
      return sendChanged(reply, await withdrawRecommendation(services, callerOf(request), client, date, id, version))
    },
  )
}

const AnsweredView = strict({ id: text(64), decision: orNull(DecisionView) })
const AcceptedView = strict({ ids: Type.Array(text(64)) })

function decisionRoutes(app: FastifyInstance, services: Services): void {
  app.put<{ Params: { recommendation: string }; Body: DecisionRequest }>(
    `${CLIENT}/recommendations/:recommendation/decision`,
    {
      config: { policy: DECIDES_CLIENT },
      schema: { summary: 'Answer a recommendation', body: DecisionRequest, response: { 200: AnsweredView } },
    },
    async (request, reply) => {
      const { recommendation } = request.params
      const client = clientOf(request)
      const answered = await answerRecommendation(services, callerOf(request), client, recommendation, request.body)
      if (!answered.ok) return sendRefusal(reply, answered.error)
      const { id, decision } = answered.value
      return reply.send({ id, decision })
    },
  )
}

function riskRoutes(app: FastifyInstance, services: Services): void {
  app.post<{ Body: AcceptanceRequest }>(
    `${CLIENT}/acceptances`,
    {
      config: { policy: CHANGES_CLIENT },
      schema: { summary: 'Accept the risk of open findings', body: AcceptanceRequest, response: { 200: AcceptedView } },
    },
    async (request, reply) => {
      const accepted = await acceptOpenRisks(services, callerOf(request), clientOf(request), request.body)
      return accepted.ok ? reply.send({ ids: accepted.value.map(({ id }) => id) }) : sendRefusal(reply, accepted.error)
    },
  )
  app.delete<{ Params: { acceptance: string } }>(
    `${CLIENT}/acceptances/:acceptance`,
    { config: { policy: CHANGES_CLIENT }, schema: { summary: 'Take an acceptance back' } },
    async (request, reply) => {
      const { acceptance } = request.params
      const revoked = await revokeAcceptance(services, callerOf(request), clientOf(request), acceptance)
      return revoked.ok ? reply.code(204).send() : sendRefusal(reply, revoked.error)
    },
  )
}

function placeRoutes(app: FastifyInstance, services: Services): void {
  app.put<{ Params: { machine: string }; Body: PlaceRequest }>(
    `${CLIENT}/machines/:machine/place`,
    {
      config: { policy: CHANGES_CLIENT },
      schema: {
        summary: 'Room and user of a machine, for the walk list',
        body: PlaceRequest,
        response: { 200: PlaceRequest },
      },
    },
    async (request, reply) => {
      const entry = machineOf(clientOf(request), request.params.machine, services)
      if (entry === null) return sendError(reply, 'absent')
      const placed = await placeMachine(services, callerOf(request), entry, request.body)
      if (!placed.ok) return sendRefusal(reply, placed.error)
      const { place, person } = placed.value
      return reply.send({ place, person })
    },
  )
}
