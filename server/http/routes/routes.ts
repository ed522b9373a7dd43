/** Registry of routes: one line per noun. */
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../control/services.ts'
import type { ServerMetrics } from '../../metrics/server-metrics.ts'
import { channelRoutes } from './channels.ts'
import { clientPageRoutes } from './client-pages.ts'
import { clientRoutes } from './clients.ts'
import { healthRoutes } from './health.ts'
import { listRoutes } from './lists.ts'
import { machineRoutes } from './machines.ts'
import { metricsRoutes } from './metrics.ts'
import { openApiRoutes } from './openapi.ts'
import { pingRoutes } from './pings.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { todayRoutes } from './today.ts'
import { visitChangeRoutes } from './visit-changes.ts'
import { visitRoutes } from './visits.ts'

/** Adds the routes of one noun. */
export type RegisterRoutes = (app: FastifyInstance, services: Services, metrics: ServerMetrics) => void

/** All routes of the server but the pages. */
export const routes: readonly RegisterRoutes[] = [
  healthRoutes,
  sessionRoutes,
  todayRoutes,
  listRoutes,
  clientRoutes,
  clientPageRoutes,
  machineRoutes,
  channelRoutes,
  visitRoutes,
  visitChangeRoutes,
  settingsRoutes,
  pingRoutes,
  metricsRoutes,
  openApiRoutes,
]
