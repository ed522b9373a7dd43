/** The pings of all clients in memory, found by the hash of their secret: which client file a call belongs to. No SQL, no decisions. */
import type { Ping } from '../facts/ping.ts'
import type { StoredPing } from '../store/store.ts'

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')
/** Of a machine without pings: always the same list. */
export const NO_PINGS: readonly Ping[] = []

/** One per fleet. */
export class PingBoard {
  /** By hash. */
  readonly #clients = new Map<string, string>()
  /** By client, then by id. */
  readonly #pings = new Map<string, Map<string, Ping>>()

  /** Takes over the pings of one client; addresses that are no longer among them are forgotten. */
  replace(clientId: string, stored: readonly StoredPing[]): void {
    for (const [key, known] of this.#clients) if (known === clientId) this.#clients.delete(key)
    for (const { secretHash } of stored) this.#clients.set(keyOf(secretHash), clientId)
    this.#pings.set(clientId, new Map(stored.map(({ ping }) => [ping.id, ping])))
  }

  /** Takes over one ping after a call; one that was removed meanwhile stays removed. */
  update(clientId: string, ping: Ping): void {
    const known = this.#pings.get(clientId)
    if (known?.has(ping.id) === true) known.set(ping.id, ping)
  }

  /** The client whose ping has this hash; null: nobody's. */
  clientOf(secretHash: Uint8Array): string | null {
    return this.#clients.get(keyOf(secretHash)) ?? null
  }

  /** Pings of one machine, in the order in which they were made. */
  ofMachine(clientId: string, machineId: string): readonly Ping[] {
    const known = this.#pings.get(clientId)
    if (known === undefined || known.size === 0) return NO_PINGS
    const mine = [...known.values()].filter((ping) => ping.machineId === machineId)
    return mine.length === 0 ? NO_PINGS : mine
  }
}
