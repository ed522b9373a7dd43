/** What a route's policy means in the OpenAPI description: who may call it, and how its errors look. Pure. */
import type { FastifySchema } from 'fastify'
import { ErrorView } from '../../shared/api/views.ts'
import type { RoutePolicy } from './route-policy.ts'

/** @returns the route's schema with one `security` entry for each way in (none: public), and the shape of every error of the API. */
export function describeRoute(url: string, policy: RoutePolicy, schema: FastifySchema): FastifySchema {
  const security = policy.who !== 'caller' ? [] : policy.by.map((scheme) => ({ [scheme]: [] }))
  if (!url.startsWith('/api/')) return { ...schema, security }
  const own = typeof schema.response === 'object' ? schema.response : {}
  return { ...schema, security, response: { ...own, default: { ...ErrorView, description: 'What went wrong' } } }
}
