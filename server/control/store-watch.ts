/** Whether the store accepts writes: one small write every 30 seconds, so that `/healthz` knows before a report is refused. */
import type { CancelTimer, Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { HubStore } from '../store/store.ts'

const EVERY_MS = 30_000
const KEY = 'heartbeat'

/** One per server. */
export class StoreWatch {
  readonly #hub: HubStore
  readonly #clock: Clock
  readonly #log: Log
  #cancel: CancelTimer | null = null
  #isWritable = true
  #isStopped = false

  constructor(hub: HubStore, clock: Clock, log: Log) {
    this.#hub = hub
    this.#clock = clock
    this.#log = log
  }

  get isWritable(): boolean {
    return this.#isWritable
  }

  /** Tries at once, then every 30 s. */
  async start(): Promise<void> {
    if (this.#isStopped) return
    const before = this.#isWritable
    try {
      await this.#hub.saveSetting(KEY, String(this.#clock.now()))
      this.#isWritable = true
    } catch (error) {
      this.#isWritable = false
      if (before) this.#log.error({ err: error }, 'the store does not accept writes')
    }
    if (!before && this.#isWritable) this.#log.info({}, 'the store accepts writes again')
    this.#cancel = this.#clock.setTimer(() => void this.start(), EVERY_MS)
  }

  /** No write after this. */
  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }
}
