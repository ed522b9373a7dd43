/**
 * Keeps the tasks going: one per check at a time, checks beside each other, a task that hangs blocks nobody and is not
 * started again until it is gone. Remembers what each task said last. Lives as long as the agent.
 */
import type { CheckName } from '../../shared/checks/names.ts'
import type { Failure } from '../../shared/reading.ts'
import type { CollectContext } from '../checks/collector.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { type AnyTask, failTask, runTask } from './run-task.ts'
import type { LastRun } from './schedule.ts'
import type { Collected } from './section.ts'

/** What running tasks needs. */
export type RunnerPorts = {
  readonly clock: Clock
  readonly log: Log
  /** Everything of the context but time and memory. */
  readonly context: () => Omit<CollectContext, 'now' | 'memo'>
  /** A task has said something new. */
  readonly onCollected: (check: CheckName) => void
}

/** Runs tasks and keeps their newest answers. Lives as long as the agent. */
export class TaskRunner {
  readonly #ports: RunnerPorts
  readonly #lastRuns = new Map<string, LastRun>()
  readonly #collected = new Map<string, Collected>()
  readonly #memos = new Map<string, Map<string, unknown>>()
  /** Queued or running within their time. */
  readonly #active = new Set<string>()
  /** Past their time-out and still not gone. */
  readonly #hung = new Set<string>()
  readonly #chains = new Map<CheckName, Promise<void>>()

  constructor(ports: RunnerPorts) {
    this.#ports = ports
  }

  /** When each task ran last, for `findDue`. */
  get lastRuns(): ReadonlyMap<string, LastRun> {
    return this.#lastRuns
  }

  /** What each task said last. */
  get collected(): readonly Collected[] {
    return [...this.#collected.values()]
  }

  /** Tasks within their time; hung ones do not count. */
  get activeCount(): number {
    return this.#active.size
  }

  /** Puts due tasks in line. A task that is in line or running already is left alone. */
  start(tasks: readonly AnyTask[], wakeStamps: ReadonlyMap<string, string>): void {
    for (const task of tasks) {
      if (this.#active.has(task.id)) continue
      this.#lastRuns.set(task.id, { startedAt: this.#ports.clock.now(), wakeStamp: wakeStamps.get(task.id) ?? null })
      if (this.#hung.has(task.id)) {
        this.#fail(task, { code: 'hung', detail: `${task.id} still hangs since an earlier run` })
        continue
      }
      this.#active.add(task.id)
      const before = this.#chains.get(task.check) ?? Promise.resolve()
      this.#chains.set(
        task.check,
        before.then(() => this.#run(task)),
      )
    }
  }

  /** Puts a failure in the place of what a task would say (a check that is switched off). */
  disable(task: AnyTask, detail: string): void {
    this.#lastRuns.set(task.id, { startedAt: this.#ports.clock.now(), wakeStamp: null })
    this.#fail(task, { code: 'disabled', detail })
  }

  /** Forgets when tasks ran last: all are due. */
  forgetRuns(): void {
    this.#lastRuns.clear()
  }

  /** Resolves when nothing is in line or running within its time. */
  async idle(): Promise<void> {
    while (this.#active.size > 0) await Promise.all(this.#chains.values())
  }

  async #run(task: AnyTask): Promise<void> {
    const { clock, log, context, onCollected } = this.#ports
    const memo = this.#memos.get(task.id) ?? new Map<string, unknown>()
    this.#memos.set(task.id, memo)
    const previous = this.#collected.get(task.id)?.samples ?? {}
    const run = await runTask(task, { ...context(), now: clock.now(), memo }, clock, previous)
    this.#active.delete(task.id)
    this.#collected.set(task.id, run.collected)
    if (run.failure !== null)
      log.warn('task failed', { task: task.id, code: run.failure.code, detail: run.failure.detail })
    if (run.failure?.code === 'timeout') this.#watch(task.id, run.ended)
    onCollected(task.check)
  }

  #watch(id: string, ended: Promise<void>): void {
    this.#hung.add(id)
    ended.then(() => this.#hung.delete(id))
  }

  #fail(task: AnyTask, failure: Failure): void {
    const previous = this.#collected.get(task.id)?.samples ?? {}
    this.#collected.set(task.id, failTask(task, failure, this.#ports.clock.now(), previous))
    this.#ports.onCollected(task.check)
  }
}
