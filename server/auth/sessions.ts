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

/** Starts, finds and ends sessions; tells listeners (open live sockets) the moment one ends. */
export class Sessions {
  readonly #hub: HubStore
  readonly #listeners = new Set<(key: string) => void>()

  constructor(hub: HubStore) {
    this.#hub = hub
  }

  /** @returns the cookie's value; it is stored nowhere. */
  async start(person: Person, now: EpochMs): Promise<{ readonly secret: string; readonly expiresAt: EpochMs }> {
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
    return session === null ? null : { ...session, key: keyOf(hash) }
  }

  /** Ends a session; sockets opened with it close. An unknown one is ended already. */
  async end(secret: string): Promise<void> {
    if (!isSecret(secret)) return
    const hash = hashSecret(secret)
    await this.#hub.endSession(hash)
    for (const listener of this.#listeners) listener(keyOf(hash))
  }

  /** @returns a function that stops the listening. */
  onEnd(listener: (key: string) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex')
}
