/** The jobs that this machine's own configuration names. I/O through the probe. */
import { failed } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, HookWatch, Task, Watch } from '../collector.ts'
import { decode } from '../decode.ts'
import { collectBorg } from './collect-borg.ts'
import { collectBorgmatic } from './collect-borgmatic.ts'
import { collectDrop } from './collect-drop.ts'
import { collectKopia } from './collect-kopia.ts'
import { collectRestic } from './collect-restic.ts'
import { collectSystemJobs, jobsContribution } from './collect-system.ts'
import type { CollectedJob } from './collected-job.ts'
import { type HookState, hookFileName, judgeHookRuns, parseHookLines } from './hook.ts'
import { hookId, hookJob, hookSamples } from './hook-source.ts'
import { collectEventlog } from './windows/collect-eventlog.ts'

const MAX_JOBS = 64
/** A line of a hook is about 100 bytes: enough for the last two thousand runs. */
const HOOK_BYTES = 256 * 1024
const UNKNOWN_PLACE = { kind: 'unknown', label: null, sameDisk: null, offsite: null, encrypted: null } as const

/** `backup/jobs`: file drops and hooks from files; repositories by a child when they changed, else every 6 h. */
export const jobsTask: Task<'backup'> = {
  id: 'backup/jobs',
  check: 'backup',
  cadence: 'backup',
  parts: ['jobs'],
  timeoutMs: 15 * MINUTE_MS,
  collect: async (context) => {
    const collected: CollectedJob[] = []
    for (const watch of distinct(context.watch.watches)) collected.push(...(await collectWatch(watch, context)))
    const { jobs, failures } = await collectSystemJobs(context)
    return jobsContribution([...collected, ...jobs], failures)
  },
}

/** The same job twice would be one item with two states; the first one named stands. */
function distinct(watches: readonly Watch[]): readonly Watch[] {
  const byId = new Map<string, Watch>()
  for (const watch of watches) {
    const key = `${watch.kind}:${watch.name}`
    if (!byId.has(key)) byId.set(key, watch)
  }
  return [...byId.values()].slice(0, MAX_JOBS)
}

async function collectWatch(watch: Watch, context: CollectContext): Promise<readonly CollectedJob[]> {
  if (watch.kind === 'borgmatic') return collectBorgmatic(watch, context)
  return watch.kind === 'kopia' ? collectKopia(watch, context) : [await collectJob(watch, context)]
}

type OneJob = Exclude<Watch, { readonly kind: 'borgmatic' | 'kopia' }>

async function collectJob(watch: OneJob, context: CollectContext): Promise<CollectedJob> {
  if (watch.kind === 'borg') return collectBorg(watch, context)
  if (watch.kind === 'restic') return collectRestic(watch, context)
  if (watch.kind === 'file-drop') return collectDrop(watch, context)
  if (watch.kind === 'eventlog') return collectEventlog(watch, context)
  return collectHook(watch, context)
}

async function collectHook(
  watch: HookWatch,
  { probe, now, watch: config, off }: CollectContext,
): Promise<CollectedJob> {
  if (off.has('backup/hook')) return failedHook(watch, { code: 'disabled', detail: 'switched off' })
  const path = `${config.hookFolder}/${hookFileName(watch.name)}`
  const file = await probe.readFile(path, { tail: true, maxBytes: HOOK_BYTES })
  if (!file.ok && file.error.code !== 'empty') return failedHook(watch, file.error)
  const { runs, malformed } = parseHookLines(file.ok ? decode(file.value) : '', now)
  const own = runs.filter(({ job }) => job === watch.name)
  if (own.length > 0) {
    const state = judgeHookRuns(own, watch.partialExits)
    return { job: hookJob(watch.name, state, watch.everyMs), samples: hookSamples(watch.name, state) }
  }
  const detail = `No run of ${watch.name} reported yet${malformed > 0 ? `, ${malformed} lines not understood` : ''}; looked at ${path}`
  return failedHook(watch, { code: 'empty', detail })
}

const NEVER_RAN: HookState = { lastRunAt: null, lastSuccessAt: null, lastResult: null, bytes: null }

function failedHook(watch: HookWatch, failure: Parameters<typeof failed>[1]): CollectedJob {
  return {
    job: {
      id: hookId(watch.name),
      tool: 'hook',
      name: watch.name.slice(0, 128),
      destination: UNKNOWN_PLACE,
      expectedEveryMs: watch.everyMs,
      status: failed('backup/hook', failure),
    },
    samples: hookSamples(watch.name, NEVER_RAN),
  }
}
