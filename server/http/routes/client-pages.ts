/** Pages of a client and what stands beside Today; making a client. */
import { AroundView, ClientBody, ClientFindingsView, ClientView, FindingView } from '../../../shared/api/client.ts'
import {
  openClient,
  readAround,
  readClientFindings,
  readClientPage,
  readFinding,
} from '../../control/operations/client-pages.ts'
import type { Services } from '../../control/services.ts'
import { sendError } from '../error-reply.ts'
import { callerOf, clientOf } from '../guard.ts'
import { KEEPS, READS, READS_CLIENT } from '../route-policy.ts'
import { NamedView, sendRefusal } from './clients.ts'
import type { RegisterRoutes } from './routes.ts'

const CLIENT = '/api/v1/clients/:client'
const NUMBER = /^[1-9]\d{0,9}$/

/** Routes of the pages of clients. */
export const clientPageRoutes: RegisterRoutes = (app, services) => {
  app.get(
    CLIENT,
    { config: { policy: READS_CLIENT }, schema: { summary: 'One client', response: { 200: ClientView } } },
    async (request, reply) => {
      const page = await readClientPage(services, callerOf(request), clientOf(request))
      return page.ok ? reply.send(page.value) : sendRefusal(reply, page.error)
    },
  )
  app.get(
    `${CLIENT}/findings`,
    {
      config: { policy: READS_CLIENT },
      schema: { summary: 'Findings of a client: open, accepted, solved', response: { 200: ClientFindingsView } },
    },
    async (request, reply) => {
      const page = await readClientFindings(services, clientOf(request))
      return page.ok ? reply.send(page.value) : sendRefusal(reply, page.error)
    },
  )
  app.get<{ Params: { number: string } }>(
    `${CLIENT}/findings/:number`,
    {
      config: { policy: READS_CLIENT },
      schema: { summary: 'One finding, explained', response: { 200: FindingView } },
    },
    async (request, reply) => {
      const { number } = request.params
      if (!NUMBER.test(number)) return sendError(reply, 'absent')
      const page = await readFinding(services, callerOf(request), clientOf(request), Number(number))
      return page.ok ? reply.send(page.value) : sendRefusal(reply, page.error)
    },
  )
  registerAround(app, services)
}

function registerAround(app: Parameters<RegisterRoutes>[0], services: Services): void {
  app.get(
    '/api/v1/around',
    { config: { policy: READS }, schema: { summary: 'What stands beside Today', response: { 200: AroundView } } },
    async (request, reply) => {
      const view = await readAround(services, callerOf(request))
      return view.ok ? reply.send(view.value) : sendRefusal(reply, view.error)
    },
  )
  app.post<{ Body: ClientBody }>(
    '/api/v1/clients',
    { config: { policy: KEEPS }, schema: { summary: 'Make a client', body: ClientBody, response: { 200: NamedView } } },
    async (request, reply) => {
      const made = await openClient(services, callerOf(request), request.body)
      if (!made.ok) return sendRefusal(reply, made.error)
      const { id, slug, name } = made.value
      return reply.send({ id, slug, name })
    },
  )
}
