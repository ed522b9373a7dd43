/** One machine: its page, one sample over time, everything behind a check, its name and role. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CheckSchema, RoleSchema } from '../../../shared/api/card.ts'
import { HistoryView, MachineView, RawCheckView } from '../../../shared/api/views.ts'
import { CHECK_NAMES, type CheckName, type Role } from '../../../shared/checks/names.ts'
import { orNull, strict, text } from '../../../shared/reading.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import { changeMachine } from '../../control/operations/machines.ts'
import type { Services } from '../../control/services.ts'
import { historyView } from '../../views/history-view.ts'
import type { MachineEntry } from '../../views/machine-entry.ts'
import { machineView } from '../../views/machine-view.ts'
import { rawCheckView } from '../../views/raw-check-view.ts'
import { sendError } from '../error-reply.ts'
import { callerOf, clientOf } from '../guard.ts'
import { keyFingerprint } from '../key-fingerprint.ts'
import { CHANGES_CLIENT, READS_CLIENT } from '../route-policy.ts'
import { machineOf } from '../visible.ts'
import { NamedView, sendRefusal } from './clients.ts'
import type { RegisterRoutes } from './routes.ts'

const BASE = '/api/v1/clients/:client/machines/:machine'
const TRANSITIONS_SHOWN = 100
const VERSIONS_SHOWN = 20
/** Raw samples answer up to here; longer stretches come from daily values. */
const RAW_MS = 7 * DAY_MS
const DEFAULT_MS = 2 * DAY_MS

type Params = { readonly client: string; readonly machine: string; readonly check?: string }
type HistoryQuery = { readonly check: CheckName; readonly key: string; readonly from?: string }

const HistoryQuerySchema = Type.Object(
  { check: CheckSchema, key: text(512), from: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })) },
  { additionalProperties: false },
)

/** Routes below a machine. */
export const machineRoutes: RegisterRoutes = (app, services) => {
  const policy = READS_CLIENT
  app.get<{ Params: Params }>(
    BASE,
    { config: { policy }, schema: { summary: 'One machine', response: { 200: MachineView } } },
    async (request, reply) => withMachine(request, reply, services, async (entry) => machinePage(entry, services)),
  )
  app.get<{ Params: Params; Querystring: HistoryQuery }>(
    `${BASE}/history`,
    {
      config: { policy },
      schema: {
        summary: 'One sample over time; `from` in epoch milliseconds, two days ago when absent',
        querystring: HistoryQuerySchema,
        response: { 200: HistoryView },
      },
    },
    async (request, reply) =>
      withMachine(request, reply, services, async (entry) => history(entry, request.query, services)),
  )
  app.get<{ Params: Params }>(
    `${BASE}/checks/:check`,
    { config: { policy }, schema: { summary: 'Everything behind one check', response: { 200: RawCheckView } } },
    async (request, reply) => {
      const check = CHECK_NAMES.find((name) => name === request.params.check)
      if (check === undefined) return sendError(reply, 'absent')
      return withMachine(request, reply, services, async (entry) => {
        const store = services.store.client(entry.client.id)
        const versions = await store.sectionHistory(entry.state.id, check, VERSIONS_SHOWN)
        return rawCheckView(entry, check, versions, services.clock.now())
      })
    },
  )
  machineChanges(app, services)
}

function machineChanges(app: FastifyInstance, services: Services): void {
  app.patch<{ Params: Params; Body: { name: string; role: Role | null } }>(
    BASE,
    {
      config: { policy: CHANGES_CLIENT },
      schema: {
        summary: 'Name a machine and say what it is for; role null: its chassis decides',
        body: strict({ name: text(64), role: orNull(RoleSchema) }),
        response: { 200: NamedView },
      },
    },
    async (request, reply) => {
      const entry = machineOf(clientOf(request), request.params.machine, services)
      if (entry === null) return sendError(reply, 'absent')
      const changed = await changeMachine(services, callerOf(request), entry, request.body)
      if (!changed.ok) return sendRefusal(reply, changed.error)
      return reply.send({ id: entry.state.id, slug: entry.state.slug, name: changed.value.name })
    },
  )
}

/** Answers for a machine of the request's client, or as if there were none. */
async function withMachine(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  answer: (entry: MachineEntry) => Promise<unknown>,
): Promise<unknown> {
  const { params } = request
  const name = typeof params === 'object' && params !== null && 'machine' in params ? String(params.machine) : ''
  const entry = machineOf(clientOf(request), name, services)
  return entry === null ? sendError(reply, 'absent') : reply.send(await answer(entry))
}

async function machinePage(entry: MachineEntry, services: Services): Promise<MachineView> {
  const { id } = entry.state
  const store = services.store.client(entry.client.id)
  const transitions = await store.transitions({ machineId: id, limit: TRANSITIONS_SHOWN })
  const agents = await services.store.hub.agents(entry.client.id)
  const key = agents.findLast(({ machineId, state }) => machineId === id && state !== 'revoked') ?? null
  const extras = {
    transitions,
    traffic: services.fleet.kept(id)?.traffic ?? { lastBytes: null, day: 0, dayBytes: 0, dayRecords: 0 },
    record: services.links.newestRecord(id),
    fingerprint: key === null ? '' : keyFingerprint(key.publicKey),
  }
  return machineView(entry, extras, services.clock.now())
}

async function history(entry: MachineEntry, query: HistoryQuery, services: Services): Promise<HistoryView> {
  const now = services.clock.now()
  const from: EpochMs = Math.min(now, query.from === undefined ? now - DEFAULT_MS : Number(query.from))
  const { check, key } = query
  const store = services.store.client(entry.client.id)
  if (now - from <= RAW_MS) {
    const points = await store.samples(entry.state.id, check, key, from, now)
    return historyView(points, { check, key, from, everyMs: entry.state.agent.checkEveryMs[check] }, now)
  }
  const days = await store.days(entry.state.id, check, key, from)
  const points = days.map(({ day, last }) => ({ at: day, value: last }))
  return historyView(points, { check, key, from, everyMs: DAY_MS }, now)
}
