/** `GET /healthz`: `ok` or `not ok`, nothing else (security T32). */

import { ANYONE } from '../route-policy.ts'
import type { RegisterRoutes } from './routes.ts'

/** Says ok while the store accepts writes; a blocked event loop does not answer at all. */
export const healthRoutes: RegisterRoutes = (app, services) => {
  app.get(
    '/healthz',
    {
      config: { policy: ANYONE },
      schema: { summary: 'Whether the server works', produces: ['text/plain'] },
    },
    async (_, reply) => {
      const isOk = services.isWritable()
      return reply
        .code(isOk ? 200 : 503)
        .header('cache-control', 'no-store')
        .type('text/plain; charset=utf-8')
        .send(isOk ? 'ok\n' : 'not ok\n')
    },
  )
}
