/** Every request of the control socket: its name, the schema of what it takes, and the operation behind it. One line each. */
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/schema'
import { RoleSchema } from '../../shared/api/card.ts'
import { oneOf, orNull, strict, text } from '../../shared/reading.ts'
import { ok } from '../../shared/result.ts'
import { ACCESS_ROLES, ADMINISTRATOR } from '../auth/access.ts'
import { StoreError } from '../store/store.ts'
import { clientsView, findingsView, machinesView } from '../views/lists.ts'
import type { MachineEntry } from '../views/machine-entry.ts'
import { CHANNEL_REQUESTS } from './channel-requests.ts'
import { addClient, addSite, renameClient } from './operations/clients.ts'
import { newCode } from './operations/codes.ts'
import { explainMachine } from './operations/explain.ts'
import { findClient, findMachine } from './operations/find.ts'
import { changeMachine } from './operations/machines.ts'
import { type Operation, type OperationError, refuse } from './operations/operation.ts'
import { changeOperator, OperatorChange, operatorLooks } from './operations/operator.ts'
import { addPerson, linkPerson } from './operations/people.ts'
import { listPolicies, setPolicy, unsetPolicy } from './operations/policies.ts'
import { newToken, revokeToken } from './operations/tokens.ts'
import { PING_REQUESTS } from './ping-requests.ts'
import { request } from './request.ts'
import type { Services } from './services.ts'
import { VISIT_REQUESTS } from './visit-requests.ts'

const Name = text(128)
const Role = oneOf(ACCESS_ROLES)
const Place = { client: Name, site: orNull(Name), machine: orNull(Name) }
const MOST_FINDINGS = 1_000

/** Name of a request → what it takes and does. */
export const REQUESTS = {
  'user.add': request(
    strict({
      email: text(254),
      name: orNull(Name),
      role: Role,
      language: oneOf(['en', 'fr'] as const),
      clients: Type.Array(Name, { maxItems: 256 }),
    }),
    addPerson,
  ),
  'user.list': request(strict({}), async ({ store }) => ok(await store.hub.people())),
  'user.link': request(strict({ email: text(254) }), (services, { email }) => linkPerson(services, email)),
  'client.add': request(
    strict({
      name: text(256),
      slug: orNull(text(48)),
      language: oneOf(['en', 'fr'] as const),
      timeZone: text(64),
      site: text(256),
    }),
    (services, order) => addClient(services, ADMINISTRATOR, order),
  ),
  'client.list': request(strict({}), async (services) =>
    ok(
      clientsView(
        services.directory
          .clients()
          .map((entry) => ({ entry, machines: machinesIn(services, entry.client.id).length })),
      ).clients,
    ),
  ),
  'client.rename': request(strict({ client: Name, name: text(256) }), async (services, { client, name }) => {
    const entry = findClient(services, client)
    return entry.ok ? renameClient(services, ADMINISTRATOR, entry.value, name) : entry
  }),
  'site.add': request(strict({ client: Name, name: text(256) }), async (services, { client, name }) => {
    const entry = findClient(services, client)
    return entry.ok ? addSite(services, ADMINISTRATOR, entry.value, name) : entry
  }),
  'site.list': request(strict({ client: Name }), async (services, { client }) => {
    const entry = findClient(services, client)
    return entry.ok ? ok(entry.value.sites) : entry
  }),
  'machine.list': request(strict({ client: orNull(Name) }), async (services, { client }) => {
    const entries = machinesOf(services, client)
    return entries.ok ? ok(machinesView(entries.value, services.clock.now()).machines) : entries
  }),
  'machine.rename': request(
    strict({ machine: text(200), name: text(256), role: orNull(Type.Union([RoleSchema, Type.Literal('keep')])) }),
    async (services, { machine, name, role }) => {
      const entry = findMachine(services, machine)
      return entry.ok ? changeMachine(services, ADMINISTRATOR, entry.value, { name, role }) : entry
    },
  ),
  'code.new': request(
    strict({ client: Name, site: orNull(Name), role: orNull(RoleSchema), machineName: orNull(text(64)) }),
    async (services, { client, ...order }) => {
      const entry = findClient(services, client)
      if (!entry.ok) return entry
      const made = await newCode(services, ADMINISTRATOR, entry.value, { ...order, url: null })
      if (!made.ok) return made
      const { text: code, code: row } = made.value
      return ok({ code, client: entry.value.client.name, expiresAt: row.expiresAt, uses: row.usesLeft })
    },
  ),
  'code.list': request(strict({ client: Name }), async (services, { client }) => {
    const entry = findClient(services, client)
    if (!entry.ok) return entry
    const codes = await services.store.hub.codes(entry.value.client.id)
    return ok(codes.map(({ wrappedKey: _, codeId, ...code }) => ({ id: Buffer.from(codeId).toString('hex'), ...code })))
  }),
  'token.new': request(strict({ role: Role, client: orNull(Name), label: text(256) }), newToken),
  'token.list': request(strict({}), async ({ store }) => ok(await store.hub.tokens())),
  'token.revoke': request(strict({ id: text(64) }), (services, { id }) => revokeToken(services, id)),
  'policy.list': request(strict({ client: Name }), async (services, { client }) => {
    const entry = findClient(services, client)
    return entry.ok ? listPolicies(services, entry.value) : entry
  }),
  'policy.set': request(
    strict({ ...Place, key: text(64), value: Type.Union([Type.Number(), Type.Boolean()]), reason: text(500) }),
    async (services, { client, site, machine, ...made }) => {
      const entry = findClient(services, client)
      return entry.ok ? setPolicy(services, ADMINISTRATOR, entry.value, { site, machine }, made) : entry
    },
  ),
  'policy.unset': request(strict({ ...Place, key: text(64) }), async (services, { client, site, machine, key }) => {
    const entry = findClient(services, client)
    return entry.ok ? unsetPolicy(services, ADMINISTRATOR, entry.value, { site, machine }, key) : entry
  }),
  'operator.show': request(strict({}), (services) => operatorLooks(services)),
  'operator.set': request(OperatorChange, (services, change) => changeOperator(services, ADMINISTRATOR, change)),
  ...CHANNEL_REQUESTS,
  ...VISIT_REQUESTS,
  ...PING_REQUESTS,
  findings: request(strict({ client: orNull(Name) }), async (services, { client }) => {
    const entries = machinesOf(services, client)
    const filter = { standing: null, severity: null, check: null, limit: MOST_FINDINGS }
    return entries.ok ? ok(findingsView(entries.value, filter, services.clock.now())) : entries
  }),
  explain: request(strict({ machine: text(200), rule: orNull(text(64)) }), async (services, { machine, rule }) => {
    const entry = findMachine(services, machine)
    return entry.ok ? explainMachine(services, entry.value, rule) : entry
  }),
} as const

/** Names of requests. */
export type RequestName = keyof typeof REQUESTS
/** What a request takes. */
export type RequestArgs<N extends RequestName> = Static<(typeof REQUESTS)[N]['takes']>
/** What a request answers. */
export type RequestValue<N extends RequestName> =
  Awaited<ReturnType<(typeof REQUESTS)[N]['run']>> extends infer R
    ? R extends { ok: true; value: infer T }
      ? T
      : never
    : never

/** An answer of the socket: one line. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: OperationError }

function machinesIn({ fleet, directory }: Services, clientId: string | undefined): readonly MachineEntry[] {
  return [...fleet.states(clientId)].flatMap((state) => directory.entryOf(state) ?? [])
}

function machinesOf(services: Services, client: string | null) {
  if (client === null) return ok(machinesIn(services, undefined))
  const entry = findClient(services, client)
  return entry.ok ? ok(machinesIn(services, entry.value.client.id)) : entry
}

/** Runs one request. A broken store is an answer too; anything else that is thrown is a bug and logged. */
export async function runRequest(services: Services, name: string, args: unknown): Promise<Answer> {
  const known = Object.entries(REQUESTS).find(([one]) => one === name)?.[1]
  if (known === undefined) return refuse('invalid', `This server does not know the request "${name.slice(0, 64)}".`)
  if (!Check(known.takes, args)) return refuse('invalid', `The request ${name} has another shape in this version.`)
  try {
    // The schema was checked: the arguments are those of this very request.
    return await (known.run as (services: Services, args: unknown) => Operation<unknown>)(services, args)
  } catch (error) {
    services.log.error({ err: error, request: name }, 'request failed')
    const why = error instanceof StoreError ? `the store refused: ${error.message}` : 'see the log of the server'
    return refuse('refused', `${name} failed: ${why}`)
  }
}

const Asked = strict({ name: text(64), args: Type.Unknown() })

/** @param line JSON `{"name": …, "args": …}`. */
export async function answerRequest(services: Services, line: string): Promise<Answer> {
  let asked: unknown
  try {
    asked = JSON.parse(line)
  } catch {
    return refuse('invalid', 'A request is one line of JSON.')
  }
  if (!Check(Asked, asked)) return refuse('invalid', 'A request has a name and args.')
  return runRequest(services, asked.name, asked.args)
}
