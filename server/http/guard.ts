/** The guard: one hook that throws for a route without a policy, one that asks every request's policy before anything else runs. */

import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, canSeeClient, grantOfPerson, grantOfToken } from '../auth/access.ts'
import { isOwnOrigin, isSecure } from '../auth/own-origin.ts'
import type { LiveSession } from '../auth/sessions.ts'
import { findToken } from '../auth/tokens.ts'
import type { Services } from '../control/services.ts'
import type { ClientEntry } from '../views/machine-entry.ts'
import { isCanonicalPath } from './canonical-path.ts'
import { readCookie } from './cookie.ts'
import { describeRoute } from './describe-route.ts'
import { sendError } from './error-reply.ts'
import { ANYONE, admit, judgeRoute, READS, type RoutePolicy } from './route-policy.ts'

/** What the guard found out about a request; routes read it through `callerOf`, `sessionOf` and `clientOf`. */
type Findings = {
  readonly caller: Caller | null
  readonly session: LiveSession | null
  readonly client: ClientEntry | null
}

const found = new WeakMap<FastifyRequest, Findings>()
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Puts both hooks on the root of the app, before any route. */
export function guardRoutes(app: FastifyInstance, services: Services): void {
  app.addHook('onRoute', (route) => {
    const { method, url, config, schema } = route
    for (const one of [method].flat()) {
      const wrong = judgeRoute(one, url, config?.policy)
      if (wrong !== null) throw new Error(wrong)
    }
    if (config?.policy !== undefined) route.schema = describeRoute(url, config.policy, schema ?? {})
  })
  app.addHook('onRequest', (request, reply) => guard(request, reply, services))
}

async function guard(request: FastifyRequest, reply: FastifyReply, services: Services): Promise<unknown> {
  const { config } = services
  if (!isCanonicalPath(request.raw.url ?? '')) return turnAway(request, reply)
  const policy = policyOf(request)
  // Nothing that a browser adds by itself counts there, so no foreign page gains anything.
  if (policy.who === 'address') return undefined
  const isUnsafe = !SAFE_METHODS.has(request.method)
  if (isUnsafe && !isOwnOrigin(config, request.headers.host, request.headers.origin)) {
    return sendError(reply, 'foreign-origin')
  }
  if (policy.who === 'anyone') return undefined
  // What only some may read is kept by no cache.
  reply.header('cache-control', 'no-store')
  const { caller, session } = await identify(request.raw, services)
  const admission = admit(policy, caller)
  if (admission === 'sign-in') return sendError(reply, 'signed-out')
  if (admission === 'forbidden') return sendError(reply, 'forbidden')
  const client = policy.ofClient && caller !== null ? visibleClient(request, caller, services) : null
  if (policy.ofClient && client === null) return sendError(reply, 'absent')
  found.set(request, { caller, session, client })
  return undefined
}

/** No handler but the one for what is not found sees another spelling; that one has a page for people, who only GET. */
function turnAway(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (request.method !== 'GET') return sendError(reply, 'absent')
  if (request.is404) return undefined
  reply.callNotFound()
  return reply
}

/** An unknown address of the API asks for credentials like a known one: strangers cannot tell them apart. */
function policyOf(request: FastifyRequest): RoutePolicy {
  const { policy } = request.routeOptions.config
  if (policy !== undefined && !request.is404) return policy
  return /^\/(?:api|metrics)(?:[/?]|$)/.test(request.raw.url ?? '') ? READS : ANYONE
}

function visibleClient(request: FastifyRequest, caller: Caller, { directory }: Services): ClientEntry | null {
  const { params } = request
  const name = typeof params === 'object' && params !== null && 'client' in params ? params.client : null
  const entry = typeof name === 'string' ? directory.client(name) : null
  return entry !== null && canSeeClient(caller.grant, entry.client.id) ? entry : null
}

/** Who sent a request: a session by its cookie, else a token by its header. Both missing or invalid: nobody. */
export async function identify(
  message: IncomingMessage,
  { config, sessions, store, clock }: Services,
): Promise<Pick<Findings, 'caller' | 'session'>> {
  const { cookie, authorization, host } = message.headers
  const now = clock.now()
  if (authorization !== undefined) {
    const token = await findToken(store.hub, authorization, now)
    if (token === null) return { caller: null, session: null }
    return { caller: { kind: 'token', tokenId: token.id, grant: grantOfToken(token) }, session: null }
  }
  const secret = readCookie(cookie, isSecure(config, host))
  const session = secret === null ? null : await sessions.find(secret, now)
  if (session === null) return { caller: null, session: null }
  const { person } = session
  return { caller: { kind: 'session', personId: person.id, grant: grantOfPerson(person) }, session }
}

/** @returns who calls. @throws when the route's policy lets anyone in: such a route must not ask. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = found.get(request)?.caller
  if (caller === null || caller === undefined) throw new Error('a public route asked who calls')
  return caller
}

/** @returns the session of a route that only sessions may call. */
export function sessionOf(request: FastifyRequest): LiveSession {
  const session = found.get(request)?.session
  if (session === null || session === undefined) throw new Error('a route without a session asked for it')
  return session
}

/** @returns the client of a route whose address names one; the caller may see it. */
export function clientOf(request: FastifyRequest): ClientEntry {
  const client = found.get(request)?.client
  if (client === null || client === undefined) throw new Error('a route without a client asked for it')
  return client
}
