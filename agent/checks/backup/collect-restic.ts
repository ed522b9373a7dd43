/** One restic repository, read without a lock. I/O through the probe: one child when the repository changed, else every 6 h. */
import type { Destination, Job } from '../../../shared/checks/backup.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import { type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, ResticWatch } from '../collector.ts'
import { decode } from '../decode.ts'
import { askRepository, unlocked } from './ask-repository.ts'
import { NO_HOST_NAME, readHostName } from './collect-host-name.ts'
import { readPlace } from './collect-place.ts'
import type { CollectedJob } from './collected-job.ts'
import { parseRepository } from './destination.ts'
import { resticFailure } from './restic-failure.ts'
import { parseResticSnapshots, type Snapshots } from './restic-snapshots.ts'

const SOURCE = 'backup/restic-snapshots'
const TIMEOUT_MS = 2 * MINUTE_MS

/** Never fails as a whole: what could not be read is the status of the job. */
export async function collectRestic(watch: ResticWatch, context: CollectContext): Promise<CollectedJob> {
  const { probe, off } = context
  const destination = await readDestination(probe, watch)
  if (off.has(SOURCE)) return asJob(watch, destination, err({ code: 'disabled', detail: 'switched off' }))
  return asJob(watch, destination, await readSnapshots(watch, context))
}

async function readSnapshots(watch: ResticWatch, context: CollectContext): Promise<Result<Snapshots, Failure>> {
  const key = `restic:${watch.name}:${watch.repository}`
  const changedAt = await lastChange(context.probe, watch)
  // Read without a lock: a run in progress is no reason to wait.
  const state = unlocked(changedAt === null ? null : String(changedAt))
  return askRepository(context, key, state, () => askRestic(watch, context))
}

/** A snapshot is a new file in `snapshots`; of a remote repository nothing is known without asking. */
async function lastChange(probe: Probe, watch: ResticWatch): Promise<EpochMs | null> {
  if (parseRepository(watch.repository) !== null) return null
  const facts = await probe.stat(`${watch.repository}/snapshots`, { follow: true })
  return facts.ok ? facts.value.modifiedAt : null
}

async function askRestic(watch: ResticWatch, { probe, now }: CollectContext): Promise<Result<Snapshots, Failure>> {
  const host = watch.host ?? (await readHostName(probe))
  if (host === null) return err(NO_HOST_NAME)
  const run = await probe.exec('restic', ['--no-lock', '--json', 'snapshots'], {
    timeoutMs: TIMEOUT_MS,
    maxBytes: 4 * 1024 * 1024,
    target: `restic ${watch.name}`,
    // Its address may hold a password, and arguments are for every user to see and stand in recordings.
    env: { RESTIC_REPOSITORY: watch.repository, RESTIC_PASSWORD_FILE: watch.passwordFile },
  })
  if (!run.ok) return run
  const { stdout, stderr, exitCode } = run.value
  if (exitCode !== 0) return err(resticFailure(exitCode, stderr))
  return parseResticSnapshots(decode(stdout), host, { now, zone: 'UTC' })
}

async function readDestination(probe: Probe, watch: ResticWatch): Promise<Destination> {
  const remote = parseRepository(watch.repository)
  const place = remote === null ? await readPlace(probe, watch.repository) : { ...remote, sameDisk: false }
  // restic has no repository without encryption.
  return { ...place, offsite: watch.offsite, encrypted: true }
}

function asJob(watch: ResticWatch, destination: Destination, found: Result<Snapshots, Failure>): CollectedJob {
  const id = `restic:${watch.name}`.slice(0, 128)
  const job = (status: Job['status']): Job => ({
    id,
    tool: 'restic',
    name: watch.name.slice(0, 128),
    destination,
    expectedEveryMs: watch.everyMs,
    status,
  })
  const lastSuccessAt = `job:${id}:lastSuccessAt`
  const copies = `job:${id}:copies`
  if (!found.ok) return { job: job(failed(SOURCE, found.error)), samples: { [lastSuccessAt]: null, [copies]: null } }
  const { newestAt, newestBytes } = found.value
  const size = newestBytes === null ? {} : { [`job:${id}:bytes`]: newestBytes }
  const tooSmall = newestBytes === null ? null : newestBytes === 0
  return {
    job: job(read(SOURCE, { lastResult: null, copies: found.value.copies === 0 ? 0 : null, tooSmall })),
    samples: { [lastSuccessAt]: newestAt, [copies]: found.value.copies, ...size },
  }
}
