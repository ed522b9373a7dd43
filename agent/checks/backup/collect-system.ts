/** Jobs that the system itself and known products tell without a watch. I/O through the probe. */
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import type { CollectedJob } from './collected-job.ts'
import { collectLinuxJobs } from './linux/collect-linux-jobs.ts'
import { collectTimeMachine } from './macos/collect-time-machine.ts'
import { UNKNOWN_PLACE } from './run-facts.ts'
import { collectWindowsJobs } from './windows/collect-windows.ts'

/** What was found, and what could not be asked. */
export type SystemJobs = { readonly jobs: readonly CollectedJob[]; readonly failures: readonly Failure[] }

/** What each system tells by itself, besides what its watches name. */
export async function collectSystemJobs(context: CollectContext): Promise<SystemJobs> {
  if (context.probe.platform === 'win32') return collectWindowsJobs(context)
  return context.probe.platform === 'darwin' ? collectTimeMachine(context) : collectLinuxJobs(context)
}

/**
 * The part `jobs` of everything. When a question failed and no job is known, the part fails: an empty list would say that there is
 * none. Beside known jobs, what could not be asked is a job that cannot be judged.
 */
export function jobsContribution(
  collected: readonly CollectedJob[],
  failures: readonly Failure[],
): Contribution<'backup'> {
  const [first] = failures
  if (first !== undefined && collected.length === 0) {
    return { parts: { jobs: failed('backup/jobs', first) }, samples: {} }
  }
  const blind: readonly CollectedJob[] = first === undefined ? [] : [unread(first, failures.length)]
  const all = [...collected, ...blind].slice(0, 64)
  return {
    parts: {
      jobs: read(
        'backup/jobs',
        all.map(({ job }) => job),
      ),
    },
    samples: Object.assign({}, ...all.map(({ samples }) => samples)),
  }
}

function unread(first: Failure, count: number): CollectedJob {
  const detail = count === 1 ? first.detail : `${first.detail} (and ${count - 1} more questions)`
  return {
    job: {
      id: 'other:system-backups',
      tool: 'other',
      name: 'Backups of the system',
      destination: UNKNOWN_PLACE,
      expectedEveryMs: null,
      status: failed('backup/jobs', { code: first.code, detail }),
    },
    samples: { 'job:other:system-backups:lastSuccessAt': null },
  }
}
