/** Fleets for the tests of `/metrics`, and one scrape of them as text. */
import { assess } from '../../../server/assess.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { FleetMetrics } from '../../../server/metrics/fleet-metrics.ts'
import type { Client, Site } from '../../../server/store/store.ts'
import type { MachineEntry } from '../../../server/views/machine-entry.ts'
import { saved } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'

export const SITE: Site = { id: 's1', name: 'Office', slug: 'office' }

export const aClient = (id: string, change: Partial<Client> = {}): Client => ({
  id,
  slug: `client-${id}`,
  name: `Client ${id}`,
  timeZone: 'UTC',
  language: 'en',
  createdAt: 0,
  ...change,
})

/** The machine as another one of another client, judged at `now`. */
export function named(state: MachineState, id: string, clientId = 'c1', now = NOW): MachineState {
  const other = { ...state, id, slug: id, name: id.toUpperCase(), clientId }
  return saved(other, assess(other, now))
}

export const entryOf = (state: MachineState): MachineEntry => ({ state, client: aClient(state.clientId), site: SITE })

/** @returns the whole exposition of a metrics object that is kept between scrapes. */
export async function scrape(
  metrics: FleetMetrics,
  now = NOW,
  sees: (clientId: string) => boolean = () => true,
): Promise<string> {
  let text = ''
  for await (const piece of metrics.expose(now, sees)) text += piece
  return text
}

/** @returns what metrics without any memory say of these machines. */
export function scrapeOnce(
  states: readonly MachineState[],
  now = NOW,
  entry: (state: MachineState) => MachineEntry | null = entryOf,
): Promise<string> {
  return scrape(new FleetMetrics({ states: () => states, namesVersion: () => 0, entryOf: entry }), now)
}
