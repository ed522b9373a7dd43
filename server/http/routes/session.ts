/** Signing in by a one-time link, who is signed in, signing out. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SessionView } from '../../../shared/api/views.ts'
import { strict, text } from '../../../shared/reading.ts'
import { isSecure } from '../../auth/own-origin.ts'
import { spendSigninLink } from '../../auth/signin-links.ts'
import type { Services } from '../../control/services.ts'
import type { Person } from '../../store/store.ts'
import { cookieName, cookieOptions, readCookie } from '../cookie.ts'
import { sendError } from '../error-reply.ts'
import { sessionOf } from '../guard.ts'
import { ANYONE, SELF } from '../route-policy.ts'
import type { RegisterRoutes } from './routes.ts'

/** A link has 256 random bits: the limit spares the server, not the link. */
const ATTEMPTS = { max: 60, timeWindow: 15 * 60_000 }

/** Routes of `/api/v1/session`. */
export const sessionRoutes: RegisterRoutes = (app, services) => {
  const url = '/api/v1/session'
  app.get(
    url,
    { config: { policy: SELF }, schema: { summary: 'Who is signed in', response: { 200: SessionView } } },
    async (request) => sessionView(sessionOf(request).person, services),
  )
  app.post<{ Body: { token: string } }>(
    `${url}/link`,
    {
      config: { policy: ANYONE, rateLimit: ATTEMPTS },
      schema: {
        summary: 'Sign in with a one-time link',
        body: strict({ token: text(128) }),
        response: { 200: SessionView },
      },
    },
    async (request, reply) => signIn(request, reply, services),
  )
  app.delete(
    url,
    { config: { policy: SELF }, schema: { summary: 'Sign out', response: { 204: Type.Null() } } },
    async (request, reply) => {
      const secure = isSecure(services.config, request.headers.host)
      await services.sessions.end(readCookie(request.headers.cookie, secure) ?? '')
      const { person } = sessionOf(request)
      await audit(services, person.id, 'signed out')
      return reply.setCookie(cookieName(secure), '', cookieOptions(secure, null)).code(204).send()
    },
  )
}

async function signIn(
  request: FastifyRequest<{ Body: { token: string } }>,
  reply: FastifyReply,
  services: Services,
): Promise<unknown> {
  const now = services.clock.now()
  const person = await spendSigninLink(services.store.hub, request.body.token, now)
  if (person === null) return sendError(reply, 'link-spent')
  const { secret, expiresAt } = await services.sessions.start(person, now)
  await audit(services, person.id, 'signed in')
  const secure = isSecure(services.config, request.headers.host)
  reply.setCookie(cookieName(secure), secret, cookieOptions(secure, expiresAt)).header('cache-control', 'no-store')
  return reply.send(sessionView(person, services))
}

function audit({ store, clock }: Services, who: string, what: string): Promise<void> {
  return store.hub.audit({ at: clock.now(), who, what, clientId: null, detail: '' })
}

function sessionView(person: Person, services: Services): SessionView {
  const { config, version, startedAt, clock } = services
  const { id, name, email, role, language } = person
  return {
    person: { id, name, email, role, language },
    server: {
      version,
      startedAt,
      publicUrl: config.publicUrl,
      listen: services.origin(),
      dataFolder: role === 'owner' ? config.dataFolder : '',
    },
    now: clock.now(),
  }
}
