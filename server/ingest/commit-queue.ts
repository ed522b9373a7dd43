/**
 * Group commit per client: records wait for their window, then all of them become one durable transaction, then they are
 * acknowledged. Nothing is acknowledged before the commit returned; a failed commit acknowledges nothing.
 */
import type { CancelTimer, Clock } from '../clock.ts'
import { type AcceptedRecord, type ClientStore, StoreError } from '../store/store.ts'

/** One record on its way, with the link that waits for its acknowledgement. */
export type Queued<L> = { readonly record: AcceptedRecord; readonly link: L; readonly leadMs: number }

/** What committing in groups needs from outside. */
export type CommitQueueOptions<L> = {
  readonly clock: Clock
  readonly store: (clientId: string) => Pick<ClientStore, 'saveRecords'>
  /** Durable; must not throw. `upTo`: each machine's mark; a record above it was not saved. */
  readonly onCommitted: (clientId: string, batch: readonly Queued<L>[], upTo: ReadonlyMap<string, number>) => void
  /** Nothing of the batch was saved, and later records of its links are dropped: their order would have a hole. */
  readonly onFailed: (clientId: string, links: ReadonlySet<L>, error: StoreError) => void
  /** The bound is passed (true), or half of it is free again (false). */
  readonly onPressure: (isOverloaded: boolean) => void
}

/** Most records of one transaction (design.md 8). */
export const MAX_BATCH = 500
const LEAST_WINDOW_MS = 10
const MOST_WINDOW_MS = 250
const WINDOW_FACTOR = 6
/** Weight of the newest commit in the running mean. */
const MEAN_WEIGHT = 0.1
/** Bound of all queues together (security-reliability.md 5.5: 2,000 reports of several records, 64 MiB). */
export const MAX_QUEUED_RECORDS = 20_000
/** Bytes that may wait for a commit before sockets are paused. */
export const MAX_QUEUED_BYTES = 64 * 1_048_576

type Lane<L> = {
  readonly clientId: string
  items: Queued<L>[]
  /** null: nothing waits for a window. */
  cancel: CancelTimer | null
  isDue: boolean
  waiters: (() => void)[]
}

/** Owns the lanes of all clients and runs one commit at a time. */
export class CommitQueue<L> {
  readonly #options: CommitQueueOptions<L>
  readonly #lanes = new Map<string, Lane<L>>()
  readonly #due: Lane<L>[] = []
  /** Lanes with records that wait or are being committed: the active clients of the window's formula. */
  readonly #active = new Set<Lane<L>>()
  #isPumping = false
  #meanCommitMs = 1
  #records = 0
  #bytes = 0
  #isOverloaded = false
  #commits = 0

  constructor(options: CommitQueueOptions<L>) {
    this.#options = options
  }

  /** For /metrics: what waits, how many commits were made, what one costs. */
  get stats(): {
    readonly records: number
    readonly bytes: number
    readonly commits: number
    readonly meanCommitMs: number
  } {
    return { records: this.#records, bytes: this.#bytes, commits: this.#commits, meanCommitMs: this.#meanCommitMs }
  }

  /** Takes a record; its window starts with the first one that waits. */
  push(clientId: string, item: Queued<L>): void {
    const lane = this.#lane(clientId)
    lane.items.push(item)
    this.#records += 1
    this.#bytes += item.record.bytes
    this.#active.add(lane)
    if (lane.items.length >= MAX_BATCH) this.#makeDue(lane)
    else if (lane.cancel === null && !lane.isDue) {
      lane.cancel = this.#options.clock.setTimer(() => this.#makeDue(lane), this.windowMs)
    }
    if (!this.#isOverloaded && (this.#records > MAX_QUEUED_RECORDS || this.#bytes > MAX_QUEUED_BYTES)) this.#press(true)
  }

  /** min(250 ms, max(10 ms, 6 × mean commit × active clients)): with 40 clients a fixed 10 ms groups nothing (measured). */
  get windowMs(): number {
    return Math.min(MOST_WINDOW_MS, Math.max(LEAST_WINDOW_MS, WINDOW_FACTOR * this.#meanCommitMs * this.#active.size))
  }

  /** Resolves when everything that waits for this client now is committed or failed. */
  flush(clientId: string): Promise<void> {
    const lane = this.#lanes.get(clientId)
    if (lane === undefined || !this.#active.has(lane)) return Promise.resolve()
    if (lane.items.length > 0) this.#makeDue(lane)
    return new Promise((resolve) => lane.waiters.push(resolve))
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#records > 0) await Promise.all([...this.#lanes.keys()].map((clientId) => this.flush(clientId)))
  }

  #lane(clientId: string): Lane<L> {
    let lane = this.#lanes.get(clientId)
    if (lane === undefined) {
      lane = { clientId, items: [], cancel: null, isDue: false, waiters: [] }
      this.#lanes.set(clientId, lane)
    }
    return lane
  }

  #makeDue(lane: Lane<L>): void {
    lane.cancel?.()
    lane.cancel = null
    if (lane.isDue) return
    lane.isDue = true
    this.#due.push(lane)
    if (this.#isPumping) return
    this.#isPumping = true
    void this.#pump()
  }

  /** One commit per turn of the loop: windows that end together must not block sockets for all their commits in a row. */
  async #pump(): Promise<void> {
    for (let lane = this.#due.shift(); lane !== undefined; lane = this.#due.shift()) {
      lane.isDue = false
      if (lane.items.length > 0) await this.#commit(lane)
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    this.#isPumping = false
  }

  async #commit(lane: Lane<L>): Promise<void> {
    const batch = lane.items.length <= MAX_BATCH ? lane.items : lane.items.slice(0, MAX_BATCH)
    lane.items = lane.items.length <= MAX_BATCH ? [] : lane.items.slice(MAX_BATCH)
    const { clientId } = lane
    const startedAt = this.#options.clock.mono()
    let upTo: ReadonlyMap<string, number>
    try {
      upTo = await this.#options.store(clientId).saveRecords(batch.map(({ record }) => record))
    } catch (cause) {
      this.#fail(lane, batch, cause)
      this.#afterCommit(lane)
      return
    }
    this.#noteCommit(this.#options.clock.mono() - startedAt)
    this.#release(batch)
    this.#options.onCommitted(clientId, batch, upTo)
    this.#afterCommit(lane)
  }

  #afterCommit(lane: Lane<L>): void {
    if (lane.items.length > 0) {
      // What came during the commit has a window of its own; the rest of an overfull batch has waited long enough.
      if (lane.cancel === null) this.#makeDue(lane)
      return
    }
    this.#active.delete(lane)
    const waiters = lane.waiters
    lane.waiters = []
    for (const resolve of waiters) resolve()
  }

  #fail(lane: Lane<L>, batch: readonly Queued<L>[], cause: unknown): void {
    const links = new Set(batch.map(({ link }) => link))
    const dropped = lane.items.filter(({ link }) => links.has(link))
    lane.items = lane.items.filter(({ link }) => !links.has(link))
    this.#release(batch)
    this.#release(dropped)
    const error = cause instanceof StoreError ? cause : new StoreError('other', 'ingest: commit failed', { cause })
    this.#options.onFailed(lane.clientId, links, error)
  }

  #noteCommit(ms: number): void {
    this.#commits += 1
    this.#meanCommitMs += (ms - this.#meanCommitMs) * MEAN_WEIGHT
  }

  #release(items: readonly Queued<L>[]): void {
    this.#records -= items.length
    for (const { record } of items) this.#bytes -= record.bytes
    if (this.#isOverloaded && this.#records < MAX_QUEUED_RECORDS / 2 && this.#bytes < MAX_QUEUED_BYTES / 2)
      this.#press(false)
  }

  #press(isOverloaded: boolean): void {
    this.#isOverloaded = isOverloaded
    this.#options.onPressure(isOverloaded)
  }
}
