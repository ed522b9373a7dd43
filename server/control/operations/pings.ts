/** Dead-man's switches: made, listed, renewed and removed by commands on the server's own host. The address is shown once. */
import { ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import { ADMINISTRATOR } from '../../auth/access.ts'
import { hashSecret, newSecret } from '../../auth/secrets.ts'
import type { Ping } from '../../facts/ping.ts'
import type { MachineEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, newId, type Operation, type OperationError, refuse } from './operation.ts'

/** A ping to be made. */
export type PingOrder = { readonly name: string; readonly everyMs: number; readonly graceMs: number }

/** `address` stands nowhere else: only its hash is kept. `machine` as `client/machine`. */
export type PingMade = { readonly address: string; readonly machine: string; readonly name: string } & Periods
type Periods = { readonly everyMs: number; readonly graceMs: number }

/** A ping as it stands. `state`: `waiting` never heard, `late` past its period and its grace. `nextBy`: when it will be late. */
export type PingLine = Ping & {
  readonly machine: string
  readonly state: 'good' | 'failed' | 'late' | 'waiting'
  readonly nextBy: EpochMs
}

const MOST_PINGS = 32
const MOST_NAME = 64

const slugOf = ({ client, state }: MachineEntry) => `${client.slug}/${state.slug}`
const addressOf = (services: Services, secret: string) => `${services.origin()}/ping/${secret}`

function wrongPeriods({ everyMs, graceMs }: Periods): string | null {
  if (everyMs < 5 * MINUTE_MS || everyMs > 400 * DAY_MS) return 'The period is between 5 minutes and 400 days.'
  return graceMs < MINUTE_MS || graceMs > 60 * DAY_MS ? 'The grace is between 1 minute and 60 days.' : null
}

/** Makes a ping of a machine. */
export async function newPing(services: Services, entry: MachineEntry, order: PingOrder): Operation<PingMade> {
  const { client, state } = entry
  const name = cleanName(order.name, MOST_NAME)
  if (name === null) return refuse('invalid', `A ping needs a name of at most ${MOST_NAME} characters.`)
  const wrong = wrongPeriods(order)
  if (wrong !== null) return refuse('invalid', wrong)
  const known = services.fleet.pings.ofMachine(client.id, state.id)
  if (known.length >= MOST_PINGS)
    return refuse('conflict', `${state.name} has ${MOST_PINGS} pings; more are not taken.`)
  const { everyMs, graceMs } = order
  const secret = newSecret()
  const ping: Ping = {
    ...{ id: newId(), machineId: state.id, name, everyMs, graceMs, createdAt: services.clock.now() },
    ...{ startedAt: null, succeededAt: null, failedAt: null, exitStatus: null },
    ...{ failedInRow: 0, durationMs: null, note: '' },
  }
  const added = await services.store.client(client.id).addPing({ ping, secretHash: hashSecret(secret) })
  if (added === 'absent') return refuse('absent', 'There is no such machine.')
  if (added === 'exists') return refuse('conflict', `${state.name} has a ping of that name already. See: ping list`)
  await audit(services, ADMINISTRATOR, 'ping made', client.id, `${state.name}: ${name}`)
  await services.fleet.reloadPings(services.store, client.id)
  return ok({ address: addressOf(services, secret), machine: slugOf(entry), name, everyMs, graceMs })
}

/** @returns the pings of these machines as they stand. */
export function listPings(services: Services, entries: readonly MachineEntry[]): readonly PingLine[] {
  const now = services.clock.now()
  return entries.flatMap((entry) =>
    services.fleet.pings.ofMachine(entry.client.id, entry.state.id).map((ping) => lineOf(ping, slugOf(entry), now)),
  )
}

function lineOf(ping: Ping, machine: string, now: EpochMs): PingLine {
  const nextBy = (ping.succeededAt ?? ping.createdAt) + ping.everyMs + ping.graceMs
  const told = ping.failedInRow > 0 ? 'failed' : ping.succeededAt === null ? 'waiting' : 'good'
  return { ...ping, machine, state: now > nextBy ? 'late' : told, nextBy }
}

function findPing(services: Services, { client, state }: MachineEntry, name: string): Result<Ping, OperationError> {
  const ping = services.fleet.pings.ofMachine(client.id, state.id).find((one) => one.name === name)
  return ping === undefined ? refuse('absent', `${state.name} has no ping of that name. See: ping list`) : ok(ping)
}

/** Ends a ping at once: its address is nobody's, and its job and findings go. */
export async function removePing(
  services: Services,
  entry: MachineEntry,
  name: string,
): Operation<{ readonly machine: string; readonly name: string }> {
  const found = findPing(services, entry, name)
  if (!found.ok) return found
  await services.store.client(entry.client.id).removePing(found.value.id)
  await audit(services, ADMINISTRATOR, 'ping removed', entry.client.id, `${entry.state.name}: ${name}`)
  await services.fleet.reloadPings(services.store, entry.client.id)
  return ok({ machine: slugOf(entry), name })
}

/** Gives a ping a new address; the old one is nobody's from now on. */
export async function renewPing(services: Services, entry: MachineEntry, name: string): Operation<PingMade> {
  const found = findPing(services, entry, name)
  if (!found.ok) return found
  const secret = newSecret()
  const { id, everyMs, graceMs } = found.value
  await services.store.client(entry.client.id).renewPing(id, hashSecret(secret))
  await audit(services, ADMINISTRATOR, 'ping address renewed', entry.client.id, `${entry.state.name}: ${name}`)
  await services.fleet.reloadPings(services.store, entry.client.id)
  return ok({ address: addressOf(services, secret), machine: slugOf(entry), name, everyMs, graceMs })
}
