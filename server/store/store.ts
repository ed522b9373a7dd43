/**
 * THE PORT to storage. `hub` knows people, clients, keys and codes; `client(id)` holds everything of one client.
 * Every method is one transaction; none spans two files. Every method may throw StoreError (`busy`, `full`, `corrupt`, `stale`);
 * then nothing was written. Engines live in folders of their own; one contract suite runs over each.
 */
import type { ClientStore } from './client-store.ts'
import type { HubStore } from './hub-store.ts'

export type * from './channel-store.ts'
export type * from './client-store.ts'
export type * from './hub-store.ts'
export type * from './outbox-store.ts'
export type * from './ping-store.ts'
export type * from './visit-store.ts'

/** The whole storage of an installation. */
export interface Store {
  readonly hub: HubStore
  /** Opens (and makes, when new) the client's file. */
  client(id: string): ClientStore
  /** Checkpoints and closes every file. */
  close(): Promise<void>
}

/** A broken or refusing store; nothing was written, so nothing may be acknowledged. */
export class StoreError extends Error {
  readonly code: 'busy' | 'full' | 'corrupt' | 'closed' | 'other'
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}
