/** Sessions of people: 256 random bits in a cookie, their hash in the store. 12 hours idle, 7 days in all (security R13). */
import { DAY_MS, type EpochMs, HOUR_MS } from '../../shared/units.ts'
import type { HubStore, Person, Session } from '../store/store.ts'
import { hashSecret, isSecret, newSecret } from './secrets.ts'

/** Longest time without a request. */
export const SESSION_IDLE_MS = 12 * HOUR_MS
/** Longest life, whatever happens. */
export const SESSION_LIFE_MS = 7 * DAY_MS

/** A session that is valid now. `key` names it without revealing the cookie: hex of the hash. */
export type LiveSession = Session & { readonly key: string }

/** Starts, finds and ends sessions; tells listeners (open live sockets) the moment one ends, or its person's rights change. */
export class Sessions {
  readonly #hub: HubStore
  readonly #listeners = new Set<(key: string) => void>()
  readonly #rightsListeners = new Set<(personId: string) => void>()
  /** When each session was last seen since this process started: what decides when it will have been idle for too long. */
  readonly #seenAt = new Map<string, EpochMs>()

  constructor(hub: HubStore) {
    this.#hub = hub
  }

  /** @returns the cookie's value; it is stored nowhere. */
  async start(person: Person, now: EpochMs): Promise<{ readonly secret: string; readonly expiresAt: EpochMs }> {
    for (const [key, seenAt] of this.#seenAt) if (seenAt + SESSION_IDLE_MS <= now) this.#seenAt.delete(key)
    const secret = newSecret()
    const expiresAt = now + SESSION_LIFE_MS
    await this.#hub.saveSession(hashSecret(secret), person.id, now, expiresAt)
    return { secret, expiresAt }
  }

  /** @returns the session of a cookie; null: none, ended, idle too long or past its end. */
  async find(secret: string, now: EpochMs): Promise<LiveSession | null> {
    if (!isSecret(secret)) return null
    const hash = hashSecret(secret)
    const session = await this.#hub.session(hash, now, SESSION_IDLE_MS)
    if (session === null) return null
    const key = keyOf(hash)
    this.#seenAt.set(key, session.seenAt)
    return { ...session, key }
  }

  /** @returns when it ends if no further request comes. Later requests move it, so ask again then. */
  endOf({ key, seenAt, expiresAt }: LiveSession): EpochMs {
    return Math.min(expiresAt, (this.#seenAt.get(key) ?? seenAt) + SESSION_IDLE_MS)
  }

  /** Ends a session; sockets opened with it close. An unknown one is ended already. */
  async end(secret: string): Promise<void> {
    if (!isSecret(secret)) return
    const hash = hashSecret(secret)
    await this.#hub.endSession(hash)
    const key = keyOf(hash)
    this.#seenAt.delete(key)
    for (const listener of this.#listeners) listener(key)
  }

  /** @returns a function that stops the listening. */
  onEnd(listener: (key: string) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** The store holds other rights of a person, or the person no more: what was opened with the former ones closes. */
  changeRights(personId: string): void {
    for (const listener of this.#rightsListeners) listener(personId)
  }

  /** @returns a function that stops the listening. */
  onRights(listener: (personId: string) => void): () => void {
    this.#rightsListeners.add(listener)
    return () => {
      this.#rightsListeners.delete(listener)
    }
  }
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex')
}
