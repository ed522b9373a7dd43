/** Clients and sites by their names, in memory: pages and metrics name things without asking the store. Filled at start and after each change. */

import type { MachineState } from '../fleet/machine-state.ts'
import type { Site, Store } from '../store/store.ts'
import type { ClientEntry, MachineEntry } from '../views/machine-entry.ts'

/** Names of everything above a machine. */
export class Directory {
  readonly #store: Store
  #byId: ReadonlyMap<string, ClientEntry> = new Map()
  #bySlug: ReadonlyMap<string, ClientEntry> = new Map()
  #version = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** Reads all clients and their sites anew. */
  async refresh(): Promise<void> {
    const entries: ClientEntry[] = []
    for (const client of await this.#store.hub.clients()) {
      entries.push({ client, sites: await this.#store.client(client.id).sites() })
    }
    entries.sort((a, b) => a.client.name.localeCompare(b.client.name))
    this.#byId = new Map(entries.map((entry) => [entry.client.id, entry]))
    this.#bySlug = new Map(entries.map((entry) => [entry.client.slug, entry]))
    this.#version += 1
  }

  /** Counts the readings: names that were read at another version may have changed. */
  get version(): number {
    return this.#version
  }

  /** By name. */
  clients(): readonly ClientEntry[] {
    return [...this.#byId.values()]
  }

  /** @param name short name or id. */
  client(name: string): ClientEntry | null {
    return this.#bySlug.get(name) ?? this.#byId.get(name) ?? null
  }

  /** @param name short name, id or full name. */
  site({ sites }: ClientEntry, name: string): Site | null {
    return sites.find(({ id, slug, name: full }) => [id, slug, full].includes(name)) ?? null
  }

  /** null: its client is not known (any more). */
  entryOf(state: MachineState): MachineEntry | null {
    const entry = this.#byId.get(state.clientId)
    if (entry === undefined) return null
    return { state, client: entry.client, site: entry.sites.find(({ id }) => id === state.siteId) ?? null }
  }
}
