/**
 * Keeps the answer of a task that starts children while nothing speaks for a change: its files are as they were, and the last look is not
 * too many runs ago. Counted in runs, so that a rhythm set by the server moves both. I/O through the probe: facts of files only.
 */
import type { CollectContext, Contribution, Task } from '../collector.ts'

type Kept = { readonly stamp: string; readonly contribution: Contribution<'posture'>; runs: number }

/** Runs after which it looks anew although nothing changed: 24 × 15 minutes are 6 hours. */
export const SELDOM_RUNS = 24
/** 4 × 15 minutes. */
export const HOURLY_RUNS = 4
/** What could not be told is asked again sooner. */
const AFTER_FAILURE_RUNS = 4

/**
 * @param keptRuns runs for which an answer stands. @param platforms where it is kept; elsewhere the task asks every time, because the
 * common script of Windows has answered already.
 */
export function askSeldom(
  task: Task<'posture'>,
  keptRuns: number = SELDOM_RUNS,
  platforms: readonly CollectContext['probe']['platform'][] = ['linux', 'darwin'],
): Task<'posture'> {
  return {
    ...task,
    async collect(context) {
      if (!platforms.includes(context.probe.platform)) return task.collect(context)
      const stamp = await stampOf(task, context)
      const kept = context.memo.get(`kept ${task.id}`) as Kept | undefined // only this function writes it
      if (kept !== undefined && kept.stamp === stamp && kept.runs < limitOf(kept.contribution, keptRuns)) {
        kept.runs += 1
        return kept.contribution
      }
      const contribution = await task.collect(context)
      context.memo.set(`kept ${task.id}`, { stamp, contribution, runs: 1 } satisfies Kept)
      return contribution
    },
  }
}

function limitOf({ parts }: Contribution<'posture'>, keptRuns: number): number {
  const isFailed = Object.values(parts).some((part) => part.state === 'failed' && part.code !== 'unsupported')
  return isFailed ? Math.min(AFTER_FAILURE_RUNS, keptRuns) : keptRuns
}

async function stampOf(task: Task<'posture'>, { probe, off }: CollectContext): Promise<string> {
  const facts = await Promise.all((task.wake ?? []).map((path) => probe.stat(path, { follow: true })))
  const files = facts.map((one) => (one.ok ? `${one.value.modifiedAt}:${one.value.sizeBytes}` : '-')).join(' ')
  return `${files} ${[...off].sort().join(' ')}`
}
