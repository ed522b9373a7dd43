/** What the fleet keeps of one client beside its machines. */
import type { Acceptance } from '../visits/visit.ts'
import { ClientLayers } from './layers.ts'

/** `index`: its place in the columns. */
export type FleetClient = {
  readonly index: number
  layers: ClientLayers
  /** Accepted risks by machine. */
  accepted: ReadonlyMap<string, readonly Acceptance[]>
  readonly bySlug: Map<string, string>
}

/** A client of which nothing was read yet. */
export function newFleetClient(index: number): FleetClient {
  return { index, layers: new ClientLayers(new Map()), accepted: new Map(), bySlug: new Map() }
}
