/** A machine with the names that stand around it, and its address in the API. Pure. */
import type { MachineRef } from '../../shared/api/card.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Client, Site } from '../store/store.ts'

/** A client with its sites. */
export type ClientEntry = { readonly client: Client; readonly sites: readonly Site[] }

/** A machine of the fleet, its client and its site. `site` null: the site is not known (any more). */
export type MachineEntry = { readonly state: MachineState; readonly client: Client; readonly site: Site | null }

/** @returns the machine with its names, for every answer that points to it. */
export function refOf({ state, client, site }: MachineEntry): MachineRef {
  return {
    id: state.id,
    slug: state.slug,
    name: state.name,
    role: state.role,
    client: { id: client.id, slug: client.slug, name: client.name },
    site: site?.name ?? '',
  }
}
