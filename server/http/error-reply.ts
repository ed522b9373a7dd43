/** Every error of the API, in one shape: a code to search for, and a sentence that says what happened and what to do. */
import type { FastifyReply } from 'fastify'

/** Closed list of error codes with their status and sentence. */
export const API_ERRORS = {
  'signed-out': [401, 'Nobody is signed in. Open a sign-in link, or send a valid token.'],
  'link-spent': [
    401,
    'This sign-in link is not valid: it was used, is older than 15 minutes, or is not complete. Make a new one on the server.',
  ],
  forbidden: [403, 'Your role does not allow this.'],
  'foreign-origin': [403, 'This request did not come from a page of this server.'],
  absent: [404, 'There is no such page, or it is not yours.'],
  invalid: [400, 'The request is not valid.'],
  'media-type': [415, 'Send JSON: content-type application/json.'],
  'too-large': [413, 'The request is too large.'],
  'too-many': [429, 'Too many attempts from this address. Wait a few minutes.'],
  conflict: [409, 'This is not possible as things stand.'],
  busy: [503, 'The server cannot write at the moment: its disk may be full. It goes on by itself.'],
  internal: [500, 'The server failed on this request. Its log says more.'],
  'no-dashboard': [503, 'The dashboard is not built. Start the server with npm start.'],
} as const satisfies { readonly [code: string]: readonly [status: number, sentence: string] }

/** Code of an API error. */
export type ApiErrorCode = keyof typeof API_ERRORS

/** Answers with an error. @param message instead of the code's own sentence. */
export function sendError(reply: FastifyReply, code: ApiErrorCode, message?: string): FastifyReply {
  const [status, sentence] = API_ERRORS[code]
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send({ error: { code, message: (message ?? sentence).slice(0, 500) } })
}
