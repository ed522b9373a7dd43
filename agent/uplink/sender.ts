/** Drains the spool over one open connection, within the server's window. Lives as long as that connection. */
import type { Welcome } from '../../shared/protocol/messages.ts'
import { MAX_RECORDS } from '../../shared/protocol/record.ts'
import { HOUR_MS, SECOND_MS } from '../../shared/units.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Spool } from '../spool/spool.ts'
import { firstBatch } from './batch.ts'
import type { Connection } from './connection.ts'

/** What sending needs. */
export type SenderPorts = {
  readonly clock: Clock
  readonly log: Log
  readonly spool: Spool
  readonly connection: Pick<Connection, 'send'>
  readonly limits: Welcome['limits']
  /** Records go one by one, each after the ack of the one before: the server refused something lately. */
  readonly cautious: boolean
  /** A message has left; its text as sent, before deflate and MAC. */
  readonly onSent: (text: string) => void
}

/** Records of about this many bytes share one report. */
const BATCH_BYTES = 60_000
/** A frame that is not acknowledged for this long means that the link or the server is stuck. */
export const ACK_TIMEOUT_MS = 60 * SECOND_MS

type InFlight = { readonly lastQ: number; readonly bytes: number; readonly sentAtMono: number }

/** Sends what is on the spool. Lives as long as one connection. */
export class Sender {
  readonly #ports: SenderPorts
  #inFlight: InFlight[] = []
  #nextQ: number
  #maxEntries: number
  #cancelPause: CancelTimer | null = null
  #stopped = false

  constructor(ports: SenderPorts) {
    this.#ports = ports
    this.#nextQ = ports.spool.ackedQ + 1
    this.#maxEntries = this.#most
  }

  /** Whether something was sent that is overdue for its ack. */
  get isStuck(): boolean {
    const [oldest] = this.#inFlight
    return oldest !== undefined && this.#ports.clock.mono() - oldest.sentAtMono > ACK_TIMEOUT_MS
  }

  /** Sends what is on the spool as far as the window allows. Safe to call at any time. */
  pump(): void {
    while (!this.#stopped && this.#cancelPause === null && this.#hasRoom()) {
      const batch = firstBatch(this.#ports.spool.read(this.#nextQ, this.#maxEntries, BATCH_BYTES))
      if (batch === null) return
      const sent = this.#ports.connection.send(batch.text)
      if (sent.ok) {
        this.#inFlight.push({ lastQ: batch.lastQ, bytes: sent.value.length, sentAtMono: this.#ports.clock.mono() })
        this.#nextQ = batch.lastQ + 1
        this.#maxEntries = this.#most
        this.#ports.onSent(batch.text)
      } else if (sent.error === 'not-open') return
      else this.#shrink(batch.entries.length, batch.lastQ)
    }
  }

  /** @returns false when the server acknowledges what was never sent: it is not speaking of this stream. */
  ack(upTo: number): boolean {
    if (upTo >= this.#nextQ) return false
    this.#ports.spool.ack(upTo)
    this.#inFlight = this.#inFlight.filter((frame) => frame.lastQ > upTo)
    this.pump()
    return true
  }

  /** The server asks for a pause; more than an hour is not granted. */
  pause(ms: number): void {
    this.#cancelPause?.()
    this.#cancelPause = this.#ports.clock.setTimer(
      () => {
        this.#cancelPause = null
        this.pump()
      },
      Math.min(ms, HOUR_MS),
    )
  }

  stop(): void {
    this.#stopped = true
    this.#cancelPause?.()
  }

  get #most(): number {
    return this.#ports.cautious ? 1 : MAX_RECORDS
  }

  #hasRoom(): boolean {
    const { windowBytes } = this.#ports.limits
    const windowFrames = this.#ports.cautious ? 1 : this.#ports.limits.windowFrames
    const bytes = this.#inFlight.reduce((sum, frame) => sum + frame.bytes, 0)
    return this.#inFlight.length < windowFrames && bytes < windowBytes
  }

  /** No frame can hold the batch: fewer records next time, or a note of what is missing. */
  #shrink(entries: number, lastQ: number): void {
    if (entries > 1) {
      this.#maxEntries = Math.max(1, Math.floor(entries / 2))
      return
    }
    this.#ports.log.error('record is larger than a frame and is given up', { q: lastQ })
    this.#ports.spool.giveUp(lastQ, 'too-large')
  }
}
