/** A whole server on a temporary folder with two clients, one machine each, people of every role and tokens; asked without a network. */
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { type Logger, pino } from 'pino'
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { hashSecret } from '../../../server/auth/secrets.ts'
import { makeToken } from '../../../server/auth/tokens.ts'
import { type Clock, systemClock } from '../../../server/clock.ts'
import { parseConfig } from '../../../server/config.ts'
import { addClient } from '../../../server/control/operations/clients.ts'
import { addPerson } from '../../../server/control/operations/people.ts'
import { createServer, type RunningServer } from '../../../server/main.ts'
import type { Person, PersonRole } from '../../../server/store/store.ts'
import type { RenderReport } from '../../../server/visits/report-port.ts'
import type { Sections } from '../../../shared/checks/index.ts'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { canonicalize } from '../../../shared/protocol/canonical.ts'
import { tempFolder } from '../../support/tmp.ts'
import { HEALTHY, SAMPLES } from '../assess/sections.ts'

/** Who asks: nobody, one of the people, one of the tokens. */
export const CALLERS = [
  'nobody',
  'viewer-a',
  'viewer-b',
  'admin-a',
  'operator',
  'owner',
  'token-all',
  'token-a',
] as const
export type CallerName = (typeof CALLERS)[number]

export type House = {
  readonly server: RunningServer
  readonly folder: string
  readonly clients: { readonly a: string; readonly b: string }
  /** Cookie or authorization header of a caller. */
  readonly credentials: { readonly [C in CallerName]: { readonly [header: string]: string } }
  ask(caller: CallerName, request: InjectOptions): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

export const HOST = 'localhost:8420'
const ORIGIN = `http://${HOST}`
const UNSAFE = new Set(['POST', 'PATCH', 'PUT', 'DELETE'])

/** `name` of the first client's machine; `environment`: more of the configuration; `dashboardFolder`: pages as if built. */
export type HouseOptions = {
  readonly clock?: Clock
  readonly name?: string
  readonly environment?: { readonly [name: string]: string }
  readonly log?: Logger
  readonly dashboardFolder?: string
  readonly renderReport?: RenderReport
}

function givenOf({ dashboardFolder, renderReport }: HouseOptions) {
  return {
    ...(dashboardFolder === undefined ? {} : { dashboardFolder }),
    ...(renderReport === undefined ? {} : { renderReport }),
  }
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const folder = tempFolder('house')
  const config = parseConfig({ ROUNDS_DATA: folder, ROUNDS_PORT: '0', ...options.environment }, null, folder)
  if (!config.ok) throw new Error(config.error.message)
  const { clock = systemClock(), log = pino({ level: 'silent' }) } = options
  const made = await createServer(config.value, { clock, log, random: () => 0.5, ...givenOf(options) })
  if (!made.ok) throw new Error(made.error)
  const server = made.value
  const a = await aClient(server, 'Alpha', options.name ?? 'SRV-A')
  const b = await aClient(server, 'Beta', 'SRV-B')
  const credentials = {
    nobody: {},
    'viewer-a': await aPerson(server, 'viewer', ['alpha']),
    'viewer-b': await aPerson(server, 'viewer', ['beta']),
    'admin-a': await aPerson(server, 'client-admin', ['alpha']),
    operator: await aPerson(server, 'operator', ['alpha']),
    owner: await aPerson(server, 'owner', []),
    'token-all': await aToken(server, null),
    'token-a': await aToken(server, a),
  }
  return {
    server,
    folder,
    clients: { a, b },
    credentials,
    ask: (caller, { method = 'GET', headers, ...rest }) =>
      server.app.inject({
        method,
        ...rest,
        headers: {
          host: HOST,
          ...(UNSAFE.has(method) ? { origin: ORIGIN } : {}),
          ...credentials[caller],
          ...headers,
        },
      }),
    close: () => server.close(),
  }
}

async function aClient({ services, assessor }: RunningServer, name: string, machineName: string): Promise<string> {
  const order = { name, slug: null, language: 'en', timeZone: 'UTC', site: 'Office' } as const
  const client = await addClient(services, ADMINISTRATOR, order)
  if (!client.ok) throw new Error(client.error.message)
  const { id } = client.value
  const store = services.store.client(id)
  const [site] = await store.sites()
  const machineId = `machine-${name.toLowerCase()}`
  const now = services.clock.now()
  await store.addMachine({
    id: machineId,
    siteId: site?.id ?? '',
    slug: 'srv',
    name: machineName,
    role: 'server',
    enrolledAt: now - 1_000,
  })
  await store.saveRecords([aRecord(machineId, now)])
  await services.fleet.fillClient(services.store, id)
  assessor.start()
  await assessor.settled()
  await assessor.stop()
  return id
}

/** A first report of a healthy server. */
export function aRecord(machineId: string, at: number, sections: Sections = HEALTHY) {
  return {
    machineId,
    stream: new Uint8Array(16).fill(7),
    q: 1,
    at,
    receivedAt: at,
    bytes: 1_000,
    sections: CHECK_NAMES.map((check) => {
      const body = canonicalize(sections[check])
      if (!body.ok) throw new Error(body.error.code)
      return { check, hash: hashSecret(body.value), body: body.value }
    }),
    collectedAt: Object.fromEntries(CHECK_NAMES.map((check) => [check, at])),
    samples: CHECK_NAMES.flatMap((check) =>
      sections[check].samples.map((key) => ({ check, key, value: SAMPLES[check][key] ?? null })),
    ),
    gap: null,
  }
}

let people = 0

async function aPerson({ services }: RunningServer, role: PersonRole, clients: readonly string[]) {
  people += 1
  const order = { email: `p${people}@example.org`, name: null, role, language: 'en', clients } as const
  const added = await addPerson(services, order)
  if (!added.ok) throw new Error(added.error.message)
  return { cookie: `rounds=${await aSession(services, added.value)}` }
}

/** A session of a person, as a cookie's value. */
export async function aSession(services: RunningServer['services'], person: Person): Promise<string> {
  return (await services.sessions.start(person, services.clock.now())).secret
}

async function aToken({ services }: RunningServer, clientId: string | null) {
  const order = { role: 'viewer', clientId, label: 'test', expiresAt: null } as const
  const made = await makeToken(services.store.hub, ADMINISTRATOR.grant, order, services.clock.now())
  if (!made.ok) throw new Error(made.error)
  return { authorization: `Bearer ${made.value.text}` }
}
