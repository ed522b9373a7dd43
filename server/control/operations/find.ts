/** Finding what a person named on the command line. */
import { ok, type Result } from '../../../shared/result.ts'
import type { ClientEntry, MachineEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { type OperationError, refuse } from './operation.ts'

/** @param name short name or id. */
export function findClient({ directory }: Services, name: string): Result<ClientEntry, OperationError> {
  const entry = directory.client(name)
  if (entry !== null) return ok(entry)
  return refuse('absent', `There is no client "${name.slice(0, 64)}". See: client list`)
}

/**
 * @param name short name, id, name, or `client/machine`. An ambiguous one is refused with the ways to say it.
 * @param clientId the only client in which to look, whatever client the name says; null: all of them.
 */
export function findMachine(
  { fleet, directory }: Services,
  name: string,
  clientId: string | null = null,
): Result<MachineEntry, OperationError> {
  const [first = '', second] = name.split('/')
  const inClient = second === undefined ? null : directory.client(first)
  const wanted = second ?? name
  if (second !== undefined && inClient === null) return refuse('absent', `There is no client "${first.slice(0, 64)}".`)
  const named = inClient?.client.id ?? null
  // A name of another client reaches nothing: what is asked for stands in the given one.
  if (clientId !== null && named !== null && named !== clientId) return refuse('absent', absent(name))
  const scope = clientId ?? named
  const found: MachineEntry[] = []
  for (const state of fleet.states(scope ?? undefined)) {
    if (![state.slug, state.id, state.name].includes(wanted)) continue
    const entry = directory.entryOf(state)
    if (entry !== null) found.push(entry)
  }
  const [only, other] = found
  if (only === undefined) return refuse('absent', absent(name))
  if (other === undefined) return ok(only)
  const ways = found.map(({ client, state }) => `${client.slug}/${state.slug}`).slice(0, 5)
  return refuse('conflict', `Several machines are called "${wanted.slice(0, 64)}". Say which: ${ways.join(', ')}`)
}

const absent = (name: string) => `There is no machine "${name.slice(0, 64)}". See: machine list`
