/**
 * The middle of the agent: looks for due tasks at each tick, and freezes what they said into records on the spool. A record is
 * made when all running tasks have answered, or a moment after the first one did, so that a slow one holds nobody up.
 */
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import type { AgentConfig } from '../../shared/protocol/agent-config.ts'
import type { EpochMs } from '../../shared/units.ts'
import { HOUR_MS } from '../../shared/units.ts'
import { CADENCES } from '../checks/collector.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Probe } from '../probe/probe.ts'
import type { Spool } from '../spool/spool.ts'
import type { WatchConfig } from '../watch-config.ts'
import { type Assembled, assemble, type Baseline } from './assemble.ts'
import { cadenceMsOf } from './cadence.ts'
import type { AnyTask } from './run-task.ts'
import { cronOf, findDue, phaseMsOf } from './schedule.ts'
import { TaskRunner } from './task-runner.ts'
import type { Ticks } from './ticks.ts'
import { readWakeStamps } from './wake-stamps.ts'

/** What reporting needs. */
export type ReporterPorts = {
  readonly clock: Clock
  readonly log: Log
  readonly ticks: Ticks
  readonly probe: Probe
  readonly tasks: readonly AnyTask[]
  /** Read again at each tick, so that `agent watch add` needs no restart. */
  readonly readWatch: () => WatchConfig
  readonly spool: Spool
  /** Jitter of this machine. */
  readonly seed: number
  /** A record is on disk. `bytes` is exactly what leaves. */
  readonly onRecord: (bytes: Buffer, made: Assembled) => void
}

/** How long a result waits for the others of its tick. */
export const GRACE_MS = 1_500

/** Collects, and freezes records. Lives as long as the agent. */
export class Reporter {
  readonly #ports: ReporterPorts
  readonly #runner: TaskRunner
  #config: AgentConfig
  #baseline: Baseline | null = null
  #made: Assembled | null = null
  #fresh = new Set<CheckName>()
  #wanted: ReadonlySet<CheckName> = new Set()
  #lastFullAtMono = Number.NEGATIVE_INFINITY
  #cancelGrace: CancelTimer | null = null
  #stopTicks: (() => void) | null = null
  #looking: Promise<void> | null = null

  constructor(ports: ReporterPorts, config: AgentConfig) {
    this.#ports = ports
    this.#config = config
    this.#runner = new TaskRunner({
      clock: ports.clock,
      log: ports.log,
      context: () => ({ probe: ports.probe, watch: ports.readWatch(), off: new Set(this.#config.off) }),
      onCollected: (check) => this.#onCollected(check),
    })
  }

  /** The newest record, with its sections; null before the first one. */
  get made(): Assembled | null {
    return this.#made
  }

  /** Starts ticking and runs every task at once. */
  start(): void {
    this.#startTicks()
    void this.tick()
  }

  /** Looks for due tasks and starts them. Calls during a look join it. */
  tick(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  /** Takes another configuration: cadences hold at once, what it switches is collected anew. */
  configure(config: AgentConfig): void {
    this.#config = config
    this.#runner.forgetRuns()
    if (this.#stopTicks === null) return
    this.#startTicks()
    void this.tick()
  }

  /** The server lacks bodies of these checks: a new record with the current ones. */
  want(checks: readonly CheckName[]): void {
    this.#wanted = new Set([...this.#wanted, ...checks])
    this.flush()
  }

  /** Makes a record of what is new, if anything is. @returns whether one is on disk. */
  flush(): boolean {
    this.#cancelGrace?.()
    this.#cancelGrace = null
    const { spool, clock } = this.#ports
    const needsFull = spool.needsFull || this.#baseline === null
    if (this.#fresh.size === 0 && this.#wanted.size === 0 && !(needsFull && this.#made !== null)) return false
    const isHourly = clock.mono() - this.#lastFullAtMono >= HOUR_MS
    const made = assemble({
      q: spool.nextQ,
      at: clock.now(),
      up: clock.mono(),
      collected: this.#runner.collected,
      fresh: this.#fresh,
      baseline: needsFull ? {} : (this.#baseline ?? {}),
      full: needsFull || isHourly,
      bodies: needsFull,
      wanted: this.#wanted,
    })
    return this.#freeze(made)
  }

  /** Resolves when no task is in line or running within its time. */
  async idle(): Promise<void> {
    await this.#looking
    await this.#runner.idle()
  }

  stop(): void {
    this.#stopTicks?.()
    this.#stopTicks = null
    this.#cancelGrace?.()
    this.#cancelGrace = null
  }

  #startTicks(): void {
    this.#stopTicks?.()
    const expressions = CADENCES.map((name) => {
      const cadenceMs = cadenceMsOf(name, this.#config)
      return cronOf(cadenceMs, phaseMsOf(this.#ports.seed, cadenceMs))
    })
    this.#stopTicks = this.#ports.ticks(expressions, () => void this.tick())
  }

  async #look(): Promise<void> {
    const { tasks, probe, clock, seed } = this.#ports
    const isOff = (task: AnyTask) => this.#config.checks?.[task.check] === false
    const wakeStamps = await readWakeStamps(probe, tasks)
    const state = {
      now: clock.now(),
      seed,
      cadenceMs: (name: AnyTask['cadence']) => cadenceMsOf(name, this.#config),
      lastRuns: this.#runner.lastRuns,
      wakeStamps,
    }
    const due = findDue(tasks, state)
    this.#runner.start(
      due.filter((task) => !isOff(task)),
      wakeStamps,
    )
    for (const task of due.filter(isOff)) this.#runner.disable(task, 'switched off for this machine on the server')
  }

  #onCollected(check: CheckName): void {
    this.#fresh.add(check)
    if (this.#runner.activeCount === 0) queueMicrotask(() => this.flush())
    else this.#cancelGrace ??= this.#ports.clock.setTimer(() => this.flush(), GRACE_MS)
  }

  #freeze(made: Assembled): boolean {
    const { spool, clock, log, onRecord } = this.#ports
    const bytes = Buffer.from(JSON.stringify(made.record))
    try {
      spool.append({ kind: 'report', full: made.record.f === 1, bytes }, clock.now())
    } catch (error) {
      // What is new stays new: the next record carries it, standing alone.
      log.error('record could not be stored', { detail: error instanceof Error ? error.message : String(error) })
      return false
    }
    this.#baseline = made.next
    this.#made = made
    this.#fresh = new Set()
    this.#wanted = made.leftOut
    if (made.record.f === 1) this.#lastFullAtMono = clock.mono()
    for (const cut of made.cuts) log.warn('section was cut', { detail: cut })
    onRecord(bytes, made)
    if (made.leftOut.size > 0) this.flush()
    return true
  }
}

/** When each check was collected last, for status. Pure. */
export function collectedAtOf(made: Assembled): { readonly [check: string]: EpochMs | null } {
  return Object.fromEntries(CHECK_NAMES.map((check) => [check, made.sections[check].newestAt]))
}
