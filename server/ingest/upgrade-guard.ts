/** Who may begin a handshake: checks of the HTTP upgrade, and limits on how many begin at once and from one address. */
import type { IncomingMessage } from 'node:http'
import type { Clock } from '../clock.ts'
import { isLoopbackAddress } from './loopback-address.ts'

/** The one subprotocol of agents (wire.md). */
export const SUBPROTOCOL = 'rounds.agent.v1'

/** HTTP status and reason, sent before the socket is closed. */
export type UpgradeRefusal = { readonly status: 400 | 403 | 429 | 503; readonly reason: string }

const MAX_UNAUTHENTICATED = 2_000
/** Handshakes from one address: a whole office behind one router comes back at once after a power cut. */
const BURST = 300
const PER_SECOND = 20
/** Loopback is this machine's own agent, or a reverse proxy that brings everybody. */
const LOOPBACK_FACTOR = 1_000
const MAX_ADDRESSES = 10_000

type Bucket = { tokens: number; atMono: number }

/** Counts handshakes under way and tokens by address. */
export class UpgradeGuard {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()
  #unauthenticated = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get unauthenticated(): number {
    return this.#unauthenticated
  }

  /** @returns null: go on, and call `end` once when the handshake is over, whatever its end. */
  begin(request: IncomingMessage): UpgradeRefusal | null {
    const { origin, 'sec-websocket-protocol': offered } = request.headers
    if (request.method !== 'GET') return { status: 400, reason: 'Bad Request' }
    // Browsers always send Origin and agents never do: no web page may speak this protocol.
    if (origin !== undefined) return { status: 403, reason: 'Forbidden' }
    const protocols = (offered ?? '').split(',').map((name) => name.trim())
    if (!protocols.includes(SUBPROTOCOL)) return { status: 400, reason: 'Bad Request' }
    if (this.#unauthenticated >= MAX_UNAUTHENTICATED) return { status: 503, reason: 'Service Unavailable' }
    if (!this.#take(request.socket.remoteAddress ?? '')) return { status: 429, reason: 'Too Many Requests' }
    this.#unauthenticated += 1
    return null
  }

  end(): void {
    this.#unauthenticated -= 1
  }

  #take(address: string): boolean {
    const factor = isLoopbackAddress(address) ? LOOPBACK_FACTOR : 1
    const now = this.#clock.mono()
    const bucket = this.#buckets.get(address) ?? { tokens: BURST * factor, atMono: now }
    bucket.tokens = Math.min(BURST * factor, bucket.tokens + ((now - bucket.atMono) / 1_000) * PER_SECOND * factor)
    bucket.atMono = now
    // Newest last: the oldest address is the one to forget when there are too many.
    this.#buckets.delete(address)
    this.#buckets.set(address, bucket)
    if (this.#buckets.size > MAX_ADDRESSES) this.#forgetOldest()
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
