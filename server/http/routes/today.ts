/** `GET /api/v1/today`: what needs somebody now, over every client that the caller may see. From memory; no SQL. */
import { TodayView } from '../../../shared/api/views.ts'
import { todayView } from '../../views/today.ts'
import { callerOf } from '../guard.ts'
import { READS } from '../route-policy.ts'
import { statesByClient, visibleClients } from '../visible.ts'
import type { RegisterRoutes } from './routes.ts'

/** The route of the first page. */
export const todayRoutes: RegisterRoutes = (app, services) => {
  app.get(
    '/api/v1/today',
    { config: { policy: READS }, schema: { summary: 'What needs somebody now', response: { 200: TodayView } } },
    async (request) => {
      const states = statesByClient(services)
      const clients = visibleClients(callerOf(request), services).map((entry) => ({
        entry,
        machines: states.get(entry.client.id) ?? [],
      }))
      const timeZone = clients[0]?.entry.client.timeZone ?? 'UTC'
      const now = services.clock.now()
      return todayView({ clients, timeZone, serverStartedAt: services.startedAt, now })
    },
  )
}
