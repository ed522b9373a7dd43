/** Changing a client: its name, and enrollment codes for its machines. */
import type { FastifyReply } from 'fastify'
import { CodeRequest, CodeView } from '../../../shared/api/views.ts'
import type { Role } from '../../../shared/checks/names.ts'
import { strict, text } from '../../../shared/reading.ts'
import { renameClient } from '../../control/operations/clients.ts'
import { newCode } from '../../control/operations/codes.ts'
import type { OperationError } from '../../control/operations/operation.ts'
import { sendError } from '../error-reply.ts'
import { callerOf, clientOf } from '../guard.ts'
import { CHANGES_CLIENT } from '../route-policy.ts'
import type { RegisterRoutes } from './routes.ts'

/** The answer to a change of a name. */
export const NamedView = strict({ id: text(64), slug: text(64), name: text(128) })

type CodeBody = { readonly siteId: string | null; readonly role: Role | null; readonly machineName: string | null }

/** Routes below `/api/v1/clients/:client`, machines apart. */
export const clientRoutes: RegisterRoutes = (app, services) => {
  app.patch<{ Body: { name: string } }>(
    '/api/v1/clients/:client',
    {
      config: { policy: CHANGES_CLIENT },
      schema: { summary: 'Name a client', body: strict({ name: text(128) }), response: { 200: NamedView } },
    },
    async (request, reply) => {
      const renamed = await renameClient(services, callerOf(request), clientOf(request), request.body.name)
      if (!renamed.ok) return sendRefusal(reply, renamed.error)
      const { id, slug, name } = renamed.value
      return reply.send({ id, slug, name })
    },
  )
  app.post<{ Body: CodeBody }>(
    '/api/v1/clients/:client/codes',
    {
      config: { policy: CHANGES_CLIENT },
      schema: { summary: 'Make an enrollment code', body: CodeRequest, response: { 200: CodeView } },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { siteId: site, role, machineName } = request.body
      const made = await newCode(services, callerOf(request), client, { site, role, machineName, url: null })
      if (!made.ok) return sendRefusal(reply, made.error)
      const { text: code, code: row } = made.value
      return reply.send({ code, expiresAt: row.expiresAt, uses: row.usesLeft, client: client.client.name })
    },
  )
}

/** Answers with the refusal of an operation. */
export function sendRefusal(reply: FastifyReply, { code, message }: OperationError): FastifyReply {
  if (code === 'absent') return sendError(reply, 'absent')
  if (code === 'refused') return sendError(reply, 'forbidden', message)
  return sendError(reply, code, message)
}
