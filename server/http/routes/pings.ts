/**
 * `/ping/<secret>`: where backup jobs elsewhere report. The secret of the address is the only credential, and good for nothing else.
 * An address of nobody answers like one of somebody; the answer is sent when the call is durable.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { strict, text } from '../../../shared/reading.ts'
import { hashSecret, isSecret } from '../../auth/secrets.ts'
import type { Services } from '../../control/services.ts'
import { parseSignal } from '../../facts/ping.ts'
import { sendError } from '../error-reply.ts'
import { BY_ADDRESS } from '../route-policy.ts'
import type { RegisterRoutes } from './routes.ts'

const BODY_LIMIT_BYTES = 10 * 1024
/** What is left of somebody's calls is nobody's business, and would differ from answer to answer. */
const NO_COUNT = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
/** Calls from one network address: an office full of jobs fits, a loop that went wild does not keep the disk busy. */
const CALLS = { max: 120, timeWindow: 60_000, addHeaders: NO_COUNT, addHeadersOnExceeding: NO_COUNT }
const MOST_NOTE = 120
const WRONG_SIGNAL = 'Behind the secret stands nothing, start, fail, or an exit status from 0 to 255.'

type Call = { readonly Params: { readonly secret: string; readonly signal?: string } }

/** Both forms of the address. */
export const pingRoutes: RegisterRoutes = (app, services) => {
  // A room of its own: whatever body comes is taken as bytes and never parsed.
  app.register(async (room) => {
    room.removeAllContentTypeParsers()
    room.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    const secret = text(128)
    for (const [url, params, summary] of [
      ['/ping/:secret', strict({ secret }), 'A job reports that it went well'],
      ['/ping/:secret/:signal', strict({ secret, signal: text(16) }), 'A job reports start, fail or its exit status'],
    ] as const) {
      room.route<Call>({
        method: ['GET', 'POST'],
        url,
        bodyLimit: BODY_LIMIT_BYTES,
        config: { policy: BY_ADDRESS, rateLimit: CALLS },
        schema: { summary, params, produces: ['text/plain'] },
        handler: (request, reply) => take(services, request, reply),
      })
    }
  })
}

async function take(services: Services, request: FastifyRequest<Call>, reply: FastifyReply): Promise<unknown> {
  const { secret, signal: word = null } = request.params
  const signal = parseSignal(word)
  if (signal === null) return sendError(reply, 'invalid', WRONG_SIGNAL)
  // Before anybody is looked for: a store that cannot write answers all addresses alike.
  if (!services.isWritable()) return sendError(reply, 'busy')
  const { fleet, store, clock } = services
  const hash = hashSecret(secret)
  const clientId = isSecret(secret) ? fleet.pings.clientOf(hash) : null
  if (clientId !== null) {
    const ping = await store.client(clientId).savePingSignal(hash, signal, noteOf(request.body), clock.now())
    if (ping !== null) fleet.applyPing(clientId, ping)
  }
  return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('ok\n')
}

/** First line of a message that says anything, short and without control characters; the rest is not kept. Hostile all the same. */
function noteOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) return ''
  for (const line of body.toString('utf8').split(/[\r\n]+/, 20)) {
    const clean = line.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
    if (clean !== '') return clean.slice(0, MOST_NOTE).toWellFormed()
  }
  return ''
}
