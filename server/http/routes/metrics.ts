/** `GET /metrics`: the series of the machines that the caller may see; those of the server itself for who sees every client. */
import { Readable } from 'node:stream'
import { canSeeClient } from '../../auth/access.ts'
import { FleetMetrics } from '../../metrics/fleet-metrics.ts'
import { callerOf } from '../guard.ts'
import { READS } from '../route-policy.ts'
import type { RegisterRoutes } from './routes.ts'

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** The route that Prometheus asks. */
export const metricsRoutes: RegisterRoutes = (app, { fleet, directory, clock }, metrics) => {
  const machines = new FleetMetrics({
    states: () => fleet.states(),
    entryOf: (state) => directory.entryOf(state),
    namesVersion: () => directory.version,
  })
  app.get(
    '/metrics',
    { config: { policy: READS }, schema: { summary: 'Series for Prometheus', produces: ['text/plain'] } },
    async (request, reply) => {
      const { grant } = callerOf(request)
      async function* pieces(): AsyncGenerator<string> {
        if (grant.clientIds === null) yield await metrics.expose()
        yield* machines.expose(clock.now(), (clientId) => canSeeClient(grant, clientId))
      }
      return reply
        .type(CONTENT_TYPE)
        .header('cache-control', 'no-store')
        .send(Readable.from(pieces(), { objectMode: true, highWaterMark: 4 }))
    },
  )
}
