/** Settings: people and this server for the owner, agents and policies for whoever keeps clients. */
import { Type } from 'typebox'
import {
  AgentsView,
  PeopleView,
  PersonBody,
  PersonEdit,
  PersonLinkView,
  PoliciesView,
  PolicyBody,
  ServerView,
} from '../../../shared/api/settings.ts'
import { strict, text } from '../../../shared/reading.ts'
import { describeServer, listAgents } from '../../control/operations/installation.ts'
import {
  changePerson,
  invitePerson,
  linkPersonById,
  listPeople,
  removePerson,
} from '../../control/operations/people-settings.ts'
import { setPolicy, unsetPolicy } from '../../control/operations/policies.ts'
import type { Services } from '../../control/services.ts'
import { policiesView } from '../../views/policies-view.ts'
import { sendError } from '../error-reply.ts'
import { callerOf, clientOf } from '../guard.ts'
import { CHANGES_CLIENT, KEEPS, OWNS } from '../route-policy.ts'
import { machineOf, machinesOf } from '../visible.ts'
import { sendRefusal } from './clients.ts'
import type { RegisterRoutes } from './routes.ts'

type App = Parameters<RegisterRoutes>[0]
type OfPerson = { Params: { person: string } }
const Made = strict({ id: text(64) })
/** A link lets somebody in: a stolen session must not make hundreds. */
const LINKS = { max: 30, timeWindow: 15 * 60_000 }

/** Routes of the settings pages, channels apart. */
export const settingsRoutes: RegisterRoutes = (app, services) => {
  registerPeople(app, services)
  registerPerson(app, services)
  registerInstallation(app, services)
  registerPolicies(app, services)
  registerPolicyChange(app, services)
}

function registerPeople(app: App, services: Services): void {
  const url = '/api/v1/people'
  app.get(
    url,
    { config: { policy: OWNS }, schema: { summary: 'Who can sign in', response: { 200: PeopleView } } },
    async (request, reply) => {
      const listed = await listPeople(services, callerOf(request))
      return listed.ok ? reply.send(listed.value) : sendRefusal(reply, listed.error)
    },
  )
  app.post<{ Body: PersonBody }>(
    url,
    { config: { policy: OWNS }, schema: { summary: 'Add a person', body: PersonBody, response: { 200: Made } } },
    async (request, reply) => {
      const made = await invitePerson(services, callerOf(request), request.body)
      return made.ok ? reply.send({ id: made.value.id }) : sendRefusal(reply, made.error)
    },
  )
}

function registerPerson(app: App, services: Services): void {
  const url = '/api/v1/people/:person'
  app.put<OfPerson & { Body: PersonEdit }>(
    url,
    { config: { policy: OWNS }, schema: { summary: 'Change a person', body: PersonEdit, response: { 200: Made } } },
    async (request, reply) => {
      const changed = await changePerson(services, callerOf(request), request.params.person, request.body)
      return changed.ok ? reply.send({ id: changed.value.id }) : sendRefusal(reply, changed.error)
    },
  )
  app.delete<OfPerson>(
    url,
    { config: { policy: OWNS }, schema: { summary: 'Remove a person', response: { 204: Type.Null() } } },
    async (request, reply) => {
      const removed = await removePerson(services, callerOf(request), request.params.person)
      return removed.ok ? reply.code(204).send() : sendRefusal(reply, removed.error)
    },
  )
  app.post<OfPerson>(
    `${url}/link`,
    {
      config: { policy: OWNS, rateLimit: LINKS },
      schema: { summary: 'Make a one-time sign-in link', response: { 200: PersonLinkView } },
    },
    async (request, reply) => {
      const made = await linkPersonById(services, callerOf(request), request.params.person)
      if (!made.ok) return sendRefusal(reply, made.error)
      const { url: link, expiresAt } = made.value
      return reply.header('cache-control', 'no-store').send({ url: link, expiresAt })
    },
  )
}

function registerInstallation(app: App, services: Services): void {
  app.get(
    '/api/v1/agents',
    { config: { policy: KEEPS }, schema: { summary: 'Agents and enrollment codes', response: { 200: AgentsView } } },
    async (request, reply) => {
      const listed = await listAgents(services, callerOf(request))
      return listed.ok ? reply.send(listed.value) : sendRefusal(reply, listed.error)
    },
  )
  app.get(
    '/api/v1/server',
    { config: { policy: OWNS }, schema: { summary: 'How this server stands', response: { 200: ServerView } } },
    async (_, reply) => {
      const described = await describeServer(services)
      return described.ok ? reply.send(described.value) : sendRefusal(reply, described.error)
    },
  )
}

const PlaceQuery = Type.Object(
  { site: Type.Optional(text(64)), machine: Type.Optional(text(64)) },
  { additionalProperties: false },
)

const POLICIES = '/api/v1/clients/:client/policies'

function registerPolicies(app: App, services: Services): void {
  app.get<{ Querystring: { site?: string; machine?: string } }>(
    POLICIES,
    {
      config: { policy: CHANGES_CLIENT },
      schema: { summary: 'Limits in force at a place', querystring: PlaceQuery, response: { 200: PoliciesView } },
    },
    async (request, reply) => {
      const entry = clientOf(request)
      const { site: siteId = null, machine: machineId = null } = request.query
      const { store, clock } = services
      const names = new Map((await store.hub.people()).map(({ id, name }) => [id, name]))
      const scopes = await store.client(entry.client.id).policies()
      const by = (who: string) => names.get(who) ?? who
      const view = policiesView(entry, machinesOf(entry, services), scopes, { siteId, machineId }, by, clock.now())
      return view === null ? sendError(reply, 'absent') : reply.send(view)
    },
  )
}

function registerPolicyChange(app: App, services: Services): void {
  app.put<{ Body: PolicyBody }>(
    POLICIES,
    {
      config: { policy: CHANGES_CLIENT },
      schema: {
        summary: 'Set a limit, or take it back',
        body: PolicyBody,
        response: { 200: strict({ key: text(64) }) },
      },
    },
    async (request, reply) => {
      const { key, value, reason, siteId: site, machineId } = request.body
      const [caller, entry] = [callerOf(request), clientOf(request)]
      // Commands may say `client/machine`; here that would reach, and tell of, a machine of somebody else.
      const machine = machineId === null ? null : machineOf(entry, machineId, services)
      if (machineId !== null && machine === null) return sendError(reply, 'absent')
      const place = { site, machine: machine?.state.id ?? null }
      const done =
        value === null
          ? await unsetPolicy(services, caller, entry, place, key)
          : await setPolicy(services, caller, entry, place, { key, value, reason })
      return done.ok ? reply.send({ key }) : sendRefusal(reply, done.error)
    },
  )
}
