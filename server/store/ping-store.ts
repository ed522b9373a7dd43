/** The part of a client's storage port that holds dead-man's switches. Types only; `store.ts` says what every method promises. */

import type { EpochMs } from '../../shared/units.ts'
import type { Ping, Signal } from '../facts/ping.ts'

/** A ping with the SHA-256 of the secret of its address; the secret itself is kept nowhere. */
export type StoredPing = { readonly ping: Ping; readonly secretHash: Uint8Array }

/** Pings of one client. */
export interface PingStore {
  /** Oldest first. */
  pings(): Promise<readonly StoredPing[]>
  /** `exists`: the machine has one of that name. `absent`: there is no such machine. */
  addPing(stored: StoredPing): Promise<'added' | 'exists' | 'absent'>
  removePing(id: string): Promise<'removed' | 'absent'>
  /** A new address; the old one is unknown from then on, what was told to it stays. */
  renewPing(id: string, secretHash: Uint8Array): Promise<'renewed' | 'absent'>
  /** One call; durable when this returns. @returns the ping after it; null: nobody's address. */
  savePingSignal(secretHash: Uint8Array, signal: Signal, note: string, now: EpochMs): Promise<Ping | null>
}
