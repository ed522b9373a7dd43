/** `GET /api/v1/openapi.json`: every route of the API, described by the schemas that check it. */
import { READS } from '../route-policy.ts'
import type { RegisterRoutes } from './routes.ts'

/** The route of the description itself. */
export const openApiRoutes: RegisterRoutes = (app) => {
  app.get('/api/v1/openapi.json', { config: { policy: READS }, schema: { summary: 'This description' } }, async () =>
    app.swagger(),
  )
}
