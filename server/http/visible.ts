/** The clients and machines that a caller may see: every answer that spans clients starts from here. */
import { type Caller, canSeeClient } from '../auth/access.ts'
import type { Services } from '../control/services.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { ClientEntry, MachineEntry } from '../views/machine-entry.ts'

/** @returns clients by name. */
export function visibleClients(caller: Caller, { directory }: Services): readonly ClientEntry[] {
  return directory.clients().filter(({ client }) => canSeeClient(caller.grant, client.id))
}

/** @returns every machine of the visible clients. One walk over the fleet, however many clients there are. */
export function visibleMachines(caller: Caller, { fleet, directory }: Services): readonly MachineEntry[] {
  const entries: MachineEntry[] = []
  for (const state of fleet.states()) {
    const entry = canSeeClient(caller.grant, state.clientId) ? directory.entryOf(state) : null
    if (entry !== null) entries.push(entry)
  }
  return entries
}

/** @returns the states of all machines by client id. One walk over the fleet. */
export function statesByClient({ fleet }: Services): ReadonlyMap<string, readonly MachineState[]> {
  return Map.groupBy(fleet.states(), ({ clientId }) => clientId)
}

/** @returns the machines of one client, with their names. */
export function machinesOf({ client }: ClientEntry, { fleet, directory }: Services): readonly MachineEntry[] {
  return [...fleet.states(client.id)].flatMap((state) => directory.entryOf(state) ?? [])
}

/** @param name short name or id. @returns null: the client has no such machine. */
export function machineOf({ client }: ClientEntry, name: string, { fleet, directory }: Services): MachineEntry | null {
  const state = fleet.bySlug(client.id, name) ?? fleet.state(name)
  return state === null || state.clientId !== client.id ? null : directory.entryOf(state)
}
