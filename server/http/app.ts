/** The HTTP application: guard, headers, limits, errors, then the routes. It decides nothing: it parses, asks, replies. */

import fs from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Services } from '../control/services.ts'
import type { ServerMetrics } from '../metrics/server-metrics.ts'
import { StoreError } from '../store/store.ts'
import { sendError } from './error-reply.ts'
import { guardRoutes } from './guard.ts'
import { maskAddress } from './mask-address.ts'
import { servePages } from './pages.ts'
import { routes } from './routes/routes.ts'

/** What the application is made of. */
export type AppOptions = {
  readonly services: Services
  readonly metrics: ServerMetrics
  /** `dashboard/dist`. */
  readonly dashboardFolder: string
}

const BODY_LIMIT_BYTES = 64 * 1024
const REQUEST_TIMEOUT_MS = 15_000
const CONNECTION_TIMEOUT_MS = 75_000
const MAX_HEADER_BYTES = 8 * 1024
const COOKIE_NOTE = 'On plain http, which only a loopback address has, the name is "rounds".'
/** Schemas are ours: to check them too would compile the schema of schemas at each start, the longest step of it (Node 26.10). */
const AJV_OPTIONS = {
  removeAdditional: false,
  coerceTypes: false,
  useDefaults: false,
  allErrors: false,
  validateSchema: false,
} as const
const BARE_HEADERS = { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' }

/** Builds the application with every route; it does not listen yet. @throws when a route declares no policy. */
export async function createApp({ services, metrics, dashboardFolder }: AppOptions): Promise<FastifyInstance> {
  const app = bareApp(services)
  // Before the guard: what it refuses carries the headers too.
  await app.register(helmet, headersOf(services))
  guardRoutes(app, services)
  metrics.watchRequests(app)
  await app.register(cookie)
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: () => Object.assign(new Error('too many'), { statusCode: 429 }),
  })
  await app.register(swagger, { openapi: openApiOf(services) })
  acceptJsonOnly(app)
  app.setErrorHandler((error: FastifyError, request, reply) => replyToError(error, request, reply))
  for (const register of routes) register(app, services, metrics)
  await servePages(app, dashboardFolder)
  await app.ready()
  return app
}

function bareApp({ config, log }: Services): FastifyInstance {
  const { tls } = config
  return Fastify<Server, IncomingMessage, ServerResponse>({
    // Nothing logs a request today; whatever does so one day shows no secret of an address.
    loggerInstance: log.child({}, { serializers: { req: sayRequest } }),
    logController: new LogController({ disableRequestLogging: true }),
    // An address that does not decode: no hook runs, so what matters of the headers stands here.
    frameworkErrors: (_, __, reply) => void sendError(reply.headers(BARE_HEADERS), 'absent'),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: CONNECTION_TIMEOUT_MS,
    forceCloseConnections: true,
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    ajv: { customOptions: AJV_OPTIONS },
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: 128,
    },
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    ...(tls === null
      ? {}
      : {
          https: {
            cert: fs.readFileSync(tls.certFile),
            key: fs.readFileSync(tls.keyFile),
            minVersion: 'TLSv1.2',
            maxHeaderSize: MAX_HEADER_BYTES,
          },
        }),
  }).setSerializerCompiler(() => (value) => JSON.stringify(value))
}

function sayRequest({ method, url }: { readonly method: string; readonly url: string }) {
  return { method, path: maskAddress(url) }
}

/** Content security policy of R25: our own files and nothing else; no inline code or style, no frames. */
function headersOf({ config }: Services) {
  const isHttps = config.tls !== null || (config.publicUrl?.startsWith('https:') ?? false)
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' as const },
    frameguard: { action: 'deny' as const },
    hsts: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  }
}

function openApiOf({ version }: Services) {
  return {
    openapi: '3.1.0',
    info: { title: 'Rounds', description: 'What Rounds knows, as JSON. Times are epoch milliseconds, UTC.', version },
    components: {
      securitySchemes: {
        session: { type: 'apiKey' as const, in: 'cookie' as const, name: '__Host-rounds', description: COOKIE_NOTE },
        token: { type: 'http' as const, scheme: 'bearer' },
      },
    },
  }
}

/** Only JSON, parsed once and strictly: `__proto__` and `constructor.prototype` are errors (security R23b). */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
}

function replyToError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof StoreError) {
    request.log.error({ code: error.code }, 'store refused')
    return sendError(reply, error.code === 'busy' || error.code === 'full' ? 'busy' : 'internal')
  }
  if (error.validation !== undefined) {
    const where = [error.validationContext, error.validation[0]?.instancePath].filter(Boolean).join('')
    return sendError(
      reply,
      'invalid',
      `The request is not valid: ${where} ${error.validation[0]?.message ?? ''}`.trim(),
    )
  }
  const status = error.statusCode ?? 500
  if (status === 413) return sendError(reply, 'too-large')
  if (status === 415) return sendError(reply, 'media-type')
  if (status === 429) return sendError(reply, 'too-many')
  if (status >= 400 && status < 500) return sendError(reply, 'invalid')
  request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'request failed')
  return sendError(reply, 'internal')
}
