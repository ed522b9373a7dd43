/** Clients and judged machines for the tests of the views, and Today's question. */
import { assess } from '../../../server/assess.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import type { ClientEntry, MachineEntry } from '../../../server/views/machine-entry.ts'
import type { TodayInput } from '../../../server/views/today.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { saved } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'

const SITE = { id: 's1', name: 'Office', slug: 'office' }

export function aClientEntry(id: string): ClientEntry {
  const client = { id, slug: `slug-${id}`, name: `Client ${id}`, timeZone: 'Europe/Brussels', createdAt: 0 } as const
  return { client: { ...client, language: 'en' }, sites: [SITE] }
}

/** The machine under another id, of a client, judged at `now`. */
export function judged(state: MachineState, id = 'm1', clientId = 'c1', now = NOW): MachineState {
  const other = { ...state, id, slug: id, name: `PC ${id}`, clientId }
  return saved(other, assess(other, now))
}

/** The machine with its client and site. */
export function entryOf(state: MachineState): MachineEntry {
  return { state, client: aClientEntry(state.clientId).client, site: SITE }
}

/** Today's question over these machines, long after the server's start. `clients`: those without machines too. */
export function ask(
  states: readonly MachineState[],
  change: Partial<TodayInput> = {},
  clients: readonly string[] = [...new Set(states.map(({ clientId }) => clientId))],
): TodayInput {
  return {
    clients: clients.map((id) => ({
      entry: aClientEntry(id),
      machines: states.filter(({ clientId }) => clientId === id),
    })),
    timeZone: 'Europe/Brussels',
    serverStartedAt: NOW - 9 * DAY_MS,
    now: NOW,
    ...change,
  }
}
