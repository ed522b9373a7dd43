/**
 * The two callers of `assess`: a commit (or a change of policy or connection) made a machine dirty, or its time has come. Works in
 * slices so that the loop is never blocked for long, and saves many judgements of a client in one transaction.
 */

import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/units.ts'
import { type Assessment, assess } from './assess.ts'
import type { CancelTimer, Clock } from './clock.ts'
import { DueHeap } from './due-heap.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { MachineState } from './fleet/machine-state.ts'
import { JudgementWriter } from './judgement-writer.ts'
import type { Log } from './log.ts'
import type { Store } from './store/store.ts'

/** What judging needs from outside. */
export type AssessorOptions = {
  readonly clock: Clock
  readonly log: Log
  readonly store: Store
  readonly fleet: Fleet
  /** 0 to 1; spreads the hourly reading of trends. */
  readonly random: () => number
  /** Transitions of a client are durable: somebody may have to be told. */
  readonly onTransitions?: (clientId: string) => void
  /** Stands in for `assess` in tests. */
  readonly judge?: (state: MachineState, now: EpochMs) => Assessment
}

/** Counted since the start; for /metrics. */
export type AssessorStats = {
  readonly assessed: number
  readonly failed: number
  readonly waiting: number
  /** Milliseconds since the tick last looked at what is due. */
  readonly tickAgeMs: number
}

/** A machine is judged at once when it becomes dirty, then at most this often. */
const COALESCE_MS = 500
/** Longest stretch of judging before the loop gets its turn. */
const SLICE_MS = 5
const TICK_MS = SECOND_MS
/** A judgement that throws is tried again after this, doubled each time up to an hour. */
const POISON_MS = 30 * SECOND_MS
const TRENDS_EVERY_MS = HOUR_MS
const TRENDS_BACK_MS = 45 * DAY_MS

/** Per machine: when it was last judged (monotonic), how often in a row judging threw, when its trends are read anew. */
type Note = { judgedAtMono: number; failures: number; trendsDueMono: number }

/** One per server. */
export class Assessor {
  readonly #options: AssessorOptions
  readonly #judge: (state: MachineState, now: EpochMs) => Assessment
  readonly #writer: JudgementWriter
  readonly #notes = new Map<string, Note>()
  /** Dirty and free to be judged, in order. */
  readonly #ready = new Set<string>()
  /** Dirty, judged less than 500 ms ago or poisoned; by monotonic time. */
  readonly #later = new DueHeap()
  /** Due by time alone; by wall time. */
  readonly #due = new DueHeap()
  #isRunning = false
  #isStopped = true
  #cancelTick: CancelTimer | null = null
  #cancelLater: CancelTimer | null = null
  #unsubscribe: (() => void) | null = null
  #tickedAtMono: number
  #assessed = 0
  #failed = 0
  #waiters: (() => void)[] = []

  constructor(options: AssessorOptions) {
    this.#options = options
    this.#judge = options.judge ?? assess
    this.#tickedAtMono = options.clock.mono()
    const { store, fleet, clock, log } = options
    this.#writer = new JudgementWriter({
      store,
      fleet,
      clock,
      log,
      onLost: (id, delayMs) => this.#postpone(id, delayMs),
      onTransitions: (clientId) => options.onTransitions?.(clientId),
    })
  }

  /** Judges every machine (what a crash left unjudged is found here), then follows the fleet and the clock. */
  start(): void {
    this.#isStopped = false
    this.#unsubscribe = this.#options.fleet.onDirty((machineId) => this.#dirty(machineId))
    for (const machineId of this.#options.fleet.machineIds()) this.#dirty(machineId)
    this.#tick()
  }

  /** Stops judging and saves what waits. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#unsubscribe?.()
    this.#cancelTick?.()
    this.#cancelLater?.()
    await this.settled()
  }

  /** Resolves when nothing is dirty and every judgement is saved. Postponed machines are not waited for. */
  async settled(): Promise<void> {
    if (this.#isRunning) await new Promise<void>((resolve) => this.#waiters.push(resolve))
    await this.#writer.flush()
  }

  get stats(): AssessorStats {
    const tickAgeMs = Math.round(this.#options.clock.mono() - this.#tickedAtMono)
    return { assessed: this.#assessed, failed: this.#failed, waiting: this.#ready.size + this.#later.size, tickAgeMs }
  }

  #note(machineId: string): Note {
    let note = this.#notes.get(machineId)
    if (note === undefined) {
      const spread = this.#options.random() * TRENDS_EVERY_MS
      note = { judgedAtMono: Number.NEGATIVE_INFINITY, failures: 0, trendsDueMono: this.#options.clock.mono() + spread }
      this.#notes.set(machineId, note)
    }
    return note
  }

  #dirty(machineId: string): void {
    if (this.#isStopped || this.#ready.has(machineId) || this.#later.at(machineId) !== null) return
    const readyAt = this.#note(machineId).judgedAtMono + COALESCE_MS
    const waitMs = readyAt - this.#options.clock.mono()
    if (waitMs > 0) this.#postpone(machineId, waitMs)
    else this.#makeReady(machineId)
  }

  #makeReady(machineId: string): void {
    this.#ready.add(machineId)
    if (this.#isRunning) return
    this.#isRunning = true
    // Not in the caller's turn: it is in the middle of a commit.
    setImmediate(() => void this.#run())
  }

  #postpone(machineId: string, delayMs: number): void {
    if (this.#isStopped) return
    this.#later.set(machineId, this.#options.clock.mono() + delayMs)
    this.#cancelLater?.()
    const next = this.#later.next ?? 0
    this.#cancelLater = this.#options.clock.setTimer(
      () => this.#takeLater(),
      Math.max(1, next - this.#options.clock.mono()),
    )
  }

  #takeLater(): void {
    this.#cancelLater = null
    const now = this.#options.clock.mono()
    for (let id = this.#later.take(now); id !== null; id = this.#later.take(now)) this.#makeReady(id)
    const next = this.#later.next
    if (next !== null && !this.#isStopped) {
      this.#cancelLater = this.#options.clock.setTimer(() => this.#takeLater(), Math.max(1, next - now))
    }
  }

  /** Takes what is due by wall time; never looks at the others. */
  #tick(): void {
    if (this.#isStopped) return
    const { clock } = this.#options
    this.#tickedAtMono = clock.mono()
    const now = clock.now()
    for (let id = this.#due.take(now); id !== null; id = this.#due.take(now)) this.#dirty(id)
    this.#cancelTick = clock.setTimer(() => this.#tick(), TICK_MS)
  }

  async #run(): Promise<void> {
    while (this.#ready.size > 0) {
      await this.#slice()
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    this.#isRunning = false
    const waiters = this.#waiters
    this.#waiters = []
    for (const resolve of waiters) resolve()
  }

  async #slice(): Promise<void> {
    const until = this.#options.clock.mono() + SLICE_MS
    for (const machineId of this.#ready) {
      this.#ready.delete(machineId)
      const note = this.#note(machineId)
      if (this.#options.clock.mono() >= note.trendsDueMono) await this.#readTrends(machineId, note)
      this.#assessOne(machineId, note)
      if (this.#options.clock.mono() >= until) break
    }
    await this.#writer.saveChanged()
  }

  #assessOne(machineId: string, note: Note): void {
    const { fleet, clock } = this.#options
    const state = fleet.state(machineId)
    if (state === null) return
    note.judgedAtMono = clock.mono()
    try {
      const assessment = this.#judge(state, clock.now())
      this.#writer.take(state, assessment)
      this.#due.set(machineId, assessment.dueAt)
      this.#assessed += 1
      note.failures = 0
    } catch (error) {
      this.#poison(machineId, note, error)
    }
  }

  /** One machine that cannot be judged never stops the others; it is tried again ever more rarely. */
  #poison(machineId: string, note: Note, error: unknown): void {
    note.failures += 1
    this.#failed += 1
    const delayMs = Math.min(HOUR_MS, POISON_MS * 2 ** (note.failures - 1))
    this.#options.log.error(
      { machineId, err: error, failures: note.failures, retryMs: delayMs },
      'assessment threw; this is a bug, please report it',
    )
    note.judgedAtMono = this.#options.clock.mono() + delayMs - COALESCE_MS
    this.#postpone(machineId, delayMs)
  }

  async #readTrends(machineId: string, note: Note): Promise<void> {
    const { store, fleet, clock, log } = this.#options
    const machine = fleet.kept(machineId)
    if (machine === null) return
    try {
      fleet.setTrends(machineId, await store.client(machine.clientId).trends(machineId, clock.now() - TRENDS_BACK_MS))
      note.trendsDueMono = clock.mono() + TRENDS_EVERY_MS
    } catch (error) {
      log.warn({ machineId, err: error }, 'trends could not be read; the old ones stand')
      note.trendsDueMono = clock.mono() + MINUTE_MS
    }
  }
}
