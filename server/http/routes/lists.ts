/** `GET /api/v1/clients`, `/machines` and `/findings`: lists over every client that the caller may see. */

import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SeveritySchema, StandingSchema, SubjectSchema } from '../../../shared/api/card.ts'
import { ClientsView, FindingsView, MachinesView } from '../../../shared/api/views.ts'
import { text } from '../../../shared/reading.ts'
import type { Severity, Standing } from '../../../shared/severity.ts'
import type { Services } from '../../control/services.ts'
import { clientsView, findingsView, machinesView } from '../../views/lists.ts'
import type { MachineEntry } from '../../views/machine-entry.ts'
import { callerOf } from '../guard.ts'
import { READS } from '../route-policy.ts'
import { machinesOf, statesByClient, visibleClients, visibleMachines } from '../visible.ts'
import type { RegisterRoutes } from './routes.ts'

const MOST_FINDINGS = 500

const ListQuery = Type.Object({ client: Type.Optional(text(64)) }, { additionalProperties: false })
const FindingsQuery = Type.Object(
  {
    client: Type.Optional(text(64)),
    severity: Type.Optional(SeveritySchema),
    standing: Type.Optional(StandingSchema),
    check: Type.Optional(SubjectSchema),
  },
  { additionalProperties: false },
)
type Filter = { client?: string; severity?: Severity; standing?: Standing; check?: string }

/** Routes of the lists across clients. `client`: short name or id; an unknown one finds nothing. */
export const listRoutes: RegisterRoutes = (app, services) => {
  app.get(
    '/api/v1/clients',
    { config: { policy: READS }, schema: { summary: 'Clients', response: { 200: ClientsView } } },
    async (request) => {
      const states = statesByClient(services)
      const clients = visibleClients(callerOf(request), services)
      return clientsView(clients.map((entry) => ({ entry, machines: states.get(entry.client.id)?.length ?? 0 })))
    },
  )
  app.get<{ Querystring: Filter }>(
    '/api/v1/machines',
    {
      config: { policy: READS },
      schema: { summary: 'Machines, worst first', querystring: ListQuery, response: { 200: MachinesView } },
    },
    async (request) => machinesView(asked(request, request.query.client, services), services.clock.now()),
  )
  app.get<{ Querystring: Filter }>(
    '/api/v1/findings',
    {
      config: { policy: READS },
      schema: {
        summary: 'What is wrong or not proven, worst first',
        querystring: FindingsQuery,
        response: { 200: FindingsView },
      },
    },
    async (request) => {
      const { client, severity = null, standing = null, check = null } = request.query
      const filter = { severity, standing, check, limit: MOST_FINDINGS }
      return findingsView(asked(request, client, services), filter, services.clock.now())
    },
  )
}

function asked(request: FastifyRequest, client: string | undefined, services: Services): readonly MachineEntry[] {
  const caller = callerOf(request)
  if (client === undefined) return visibleMachines(caller, services)
  return visibleClients(caller, services)
    .filter((entry) => entry.client.slug === client || entry.client.id === client)
    .flatMap((entry) => machinesOf(entry, services))
}
