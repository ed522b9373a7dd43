/** Runs one task: a time-out, a bug that throws and a task that never returns all become failed parts with a reason. Not pure (time). */
import type { CheckName } from '../../shared/checks/names.ts'
import type { SampleValues } from '../../shared/checks/samples.ts'
import { type Failure, failed } from '../../shared/reading.ts'
import type { CollectContext, Contribution, Task } from '../checks/collector.ts'
import type { Clock } from '../clock.ts'
import type { Collected } from './section.ts'

/** A task of any check, as the registry lists them. */
export type AnyTask = { [C in CheckName]: Task<C> }[CheckName]

/** How one run of a task ended. */
export type TaskRun = {
  readonly collected: Collected
  /** Why it failed as a whole; null: it answered. */
  readonly failure: Failure | null
  /** Settles when the work itself has ended; after a time-out that may be never. */
  readonly ended: Promise<void>
}

/**
 * Runs a task once. Never rejects. After the time-out the result is there, while the work may still hang.
 * @param previous sample keys of its last run: a run that failed as a whole leaves them as measured and failed (null).
 */
export async function runTask(
  task: AnyTask,
  context: CollectContext,
  clock: Clock,
  previous: SampleValues,
): Promise<TaskRun> {
  const work = startWork(task, context)
  const ended = work.then(() => undefined)
  let cancel = () => {}
  const deadline = new Promise<Failure>((resolve) => {
    cancel = clock.setTimer(
      () => resolve({ code: 'timeout', detail: `${task.id} gave no answer within ${task.timeoutMs} ms` }),
      task.timeoutMs,
    )
  })
  const outcome = await Promise.race([work, deadline])
  cancel()
  if ('code' in outcome) return { collected: failTask(task, outcome, context.now, previous), failure: outcome, ended }
  const { parts, samples } = outcome
  return { collected: { check: task.check, parts, samples, collectedAt: context.now }, failure: null, ended }
}

/** @returns what stands in a report for a task that could not run: every part failed, every known sample null. */
export function failTask(task: AnyTask, failure: Failure, at: number, previous: SampleValues): Collected {
  const parts = Object.fromEntries(task.parts.map((part) => [part, failed(task.id, failure)]))
  const samples = Object.fromEntries(Object.keys(previous).map((key) => [key, null]))
  return { check: task.check, parts, samples, collectedAt: at }
}

async function startWork(task: AnyTask, context: CollectContext): Promise<Contribution<CheckName> | Failure> {
  try {
    return await task.collect(context)
  } catch (error) {
    return {
      code: 'parse',
      detail: `${task.id} stopped on a defect: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}
