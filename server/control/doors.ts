/** What the open doors of a server add to its services: the port it got, the agents' links, what follows a change. Closed in a command without a server. */
import type { RenderReport } from '../visits/report-port.ts'
import type { AddressConfig } from './addresses.ts'
import type { AfterChange, LinkPort } from './services.ts'

/** Set once by the server when it is put together, and the port once it listens. */
export type Doors = {
  address: AddressConfig
  after: AfterChange
  links: LinkPort
  livePages: () => number
  renderReport: RenderReport | null
}

/** Nobody is connected, nothing follows: the next start reads everything anew. */
export function closedDoors(address: AddressConfig): Doors {
  const nothing = async () => {}
  return {
    address,
    after: { machine: nothing, policy: nothing, client: nothing },
    links: { newestRecord: () => null, attest: async () => null },
    livePages: () => 0,
    renderReport: null,
  }
}
