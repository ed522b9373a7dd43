/** Time Machine: its property list, else its list of destinations; and whether a backup runs. I/O through the probe. */

import type { Failure } from '../../../../shared/reading.ts'
import { ok, type Result } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { CollectContext, Contribution } from '../../collector.ts'
import type { SystemJobs } from '../collect-system.ts'
import type { CollectedJob } from '../collected-job.ts'
import { FULL_DISK_ACCESS } from './time-machine-denied.ts'
import { failedDestination, readDestinations, type TimeMachineDestination } from './time-machine-destinations.ts'
import { timeMachineId } from './time-machine-id.ts'
import { timeMachinePlistSource } from './time-machine-plist.ts'
import { timeMachineSnapshotsSource } from './time-machine-snapshots.ts'
import { readStatus } from './time-machine-status.ts'

const PLIST = '/Library/Preferences/com.apple.TimeMachine.plist'
const TIMEOUT_MS = 30_000

/** Jobs by destination. A refused property list makes each destination a job that cannot be judged, with the way to Full Disk Access. */
export async function collectTimeMachine(context: CollectContext): Promise<SystemJobs> {
  const { probe, now, off } = context
  if (off.has(timeMachinePlistSource.id)) return { jobs: [], failures: [] }
  const file = await probe.readFile(PLIST)
  if (!file.ok && file.error.code !== 'access-denied' && file.error.code !== 'empty') {
    return { jobs: [], failures: [file.error] }
  }
  if (!file.ok) return ofDestinations(context, file.error.code === 'empty' ? null : FULL_DISK_ACCESS)
  const input = { stdout: file.value, stderr: '', exitCode: 0, platform: 'darwin', now } as const
  const parsed = timeMachinePlistSource.parse(input)
  if (!parsed.ok) return ofDestinations(context, parsed.error)
  return { jobs: await withRun(context, jobsOf(parsed.value)), failures: [] }
}

function jobsOf({ parts, samples }: Contribution<'backup'>): readonly CollectedJob[] {
  const { jobs } = parts
  if (jobs === undefined || jobs.state !== 'value') return []
  return jobs.value.map((job) => ({
    job,
    samples: Object.fromEntries(Object.entries(samples).filter(([key]) => key.startsWith(`job:${job.id}:`))),
  }))
}

/** @param refusal why the property list could not be read; null: it does not exist, so Time Machine was never set up. */
async function ofDestinations({ probe }: CollectContext, refusal: Failure | null): Promise<SystemJobs> {
  if (refusal === null) return { jobs: [], failures: [] }
  const asked = await probe.exec('tmutil', ['destinationinfo', '-X'], { timeoutMs: TIMEOUT_MS })
  const found: Result<readonly TimeMachineDestination[], Failure> = asked.ok ? readDestinations(asked.value) : asked
  if (!found.ok) return { jobs: [], failures: [refusal] }
  return { jobs: found.value.map((one) => failedDestination(one, refusal)), failures: [] }
}

/** A run under way gets its start: the first moment at which it was seen. It needs no Full Disk Access. */
async function withRun(
  { probe, now, memo }: CollectContext,
  jobs: readonly CollectedJob[],
): Promise<readonly CollectedJob[]> {
  if (jobs.length === 0) return jobs
  const asked = await probe.exec('tmutil', ['status'], { timeoutMs: TIMEOUT_MS })
  const status = asked.ok ? readStatus({ ...asked.value, now }) : asked
  const running = status.ok && status.value.running ? status.value : null
  const key = 'time-machine:run'
  const known = memo.get(key)
  if (running === null) {
    memo.delete(key)
    return jobs
  }
  const since: EpochMs = typeof known === 'number' ? known : Math.min(running.since ?? now, now)
  memo.set(key, since)
  const id = running.destination === null ? null : `time-machine:${timeMachineId(running.destination, null)}`
  return jobs.map((one) => {
    const isIt = id === null ? jobs.length === 1 : one.job.id === id
    return isIt ? { ...one, samples: { ...one.samples, [`job:${one.job.id}:startedAt`]: since } } : one
  })
}

/** Part and samples of `lookalikes` on a Mac. Errors are the part's. */
export async function collectMacLookalikes({
  probe,
  now,
}: CollectContext): Promise<Result<Contribution<'backup'>, Failure>> {
  const asked = await probe.exec('tmutil', ['listlocalsnapshots', '/'], { timeoutMs: TIMEOUT_MS })
  if (!asked.ok) return asked
  const parsed = timeMachineSnapshotsSource.parse({ ...asked.value, platform: 'darwin', now })
  // macOS before 10.15 prints no heading: nothing at all means that there is none.
  const isSilent =
    !parsed.ok && parsed.error.code === 'empty' && asked.value.exitCode === 0 && asked.value.stderr === ''
  return isSilent
    ? ok({ parts: { lookalikes: { state: 'value', source: timeMachineSnapshotsSource.id, value: [] } }, samples: {} })
    : parsed
}
