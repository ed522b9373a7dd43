/** Runs one task of a check against a table of answers, with a memory that lasts as long as the test. */
import type { CollectContext, Task } from '../../agent/checks/collector.ts'
import type { Probe } from '../../agent/probe/probe.ts'
import type { Section } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { SampleValues } from '../../shared/checks/samples.ts'
import { sectionOf } from './sections.ts'

/** What a run may set; by default nothing is watched, nothing is off, and the clock stands at 0. */
export type RunOptions = Partial<Pick<CollectContext, 'now' | 'watch' | 'off' | 'memo'>>

/** @returns the section, checked against its schema, and the samples. */
export async function runTask<C extends CheckName>(
  tasks: readonly Task<C>[],
  id: string,
  probe: Probe,
  options: RunOptions = {},
): Promise<{ readonly section: Section<C>; readonly samples: SampleValues }> {
  const task = tasks.find((one) => one.id === id)
  if (task === undefined) throw new Error(`no task ${id}`)
  const quiet = { now: 0, watch: { watches: [], hookFolder: '/nonexistent' }, off: new Set<string>(), memo: new Map() }
  const contribution = await task.collect({ ...quiet, ...options, probe })
  return { section: sectionOf(task.check, contribution), samples: contribution.samples }
}
