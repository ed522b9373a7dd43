/** The repositories of one configuration of borgmatic, a job each. I/O through the probe: one child every 6 h. */
import type { Failure } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { BorgmaticWatch, CollectContext } from '../collector.ts'
import { decode } from '../decode.ts'
import { askRepository, unlocked } from './ask-repository.ts'
import { type BorgRepository, parseBorgArchives } from './borg-archives.ts'
import { borgFailure } from './borg-failure.ts'
import { BORG_ENV } from './collect-borg.ts'
import { readRepositoryPlace } from './collect-repository-place.ts'
import type { CollectedJob } from './collected-job.ts'
import { distinctNames } from './distinct-names.ts'
import { failJob, type JobName, readJob, UNKNOWN_PLACE } from './run-facts.ts'

const SOURCE = 'backup/borgmatic'
const MAX_BYTES = 8 * 1024 * 1024

/** Never fails as a whole: what could not be read is the status of a job. */
export async function collectBorgmatic(
  watch: BorgmaticWatch,
  context: CollectContext,
): Promise<readonly CollectedJob[]> {
  const { probe, off } = context
  const { everyMs, offsite } = watch
  const one: JobName = { tool: 'borgmatic', name: watch.name, destination: { ...UNKNOWN_PLACE, offsite }, everyMs }
  if (off.has(SOURCE)) return [failJob(SOURCE, one, { code: 'disabled', detail: 'switched off' })]
  const key = `borgmatic:${watch.name}:${watch.configFile}`
  const found = await askRepository(context, key, unlocked(null), () => askBorgmatic(watch, context))
  if (!found.ok) return [failJob(SOURCE, one, found.error)]
  const labels = found.value.map(({ name, destination }) =>
    name === 'repository' ? (destination.label ?? name) : name,
  )
  const names = distinctNames(watch.name, labels)
  const jobs: CollectedJob[] = []
  for (const [at, { destination, facts }] of found.value.entries()) {
    // Only a folder is told as a path; of any other repository the answer says all there is.
    const isFolder = destination.kind === 'unknown' && destination.label?.startsWith('/') === true
    const place = isFolder
      ? await readRepositoryPlace(probe, destination.label ?? '', destination.encrypted)
      : destination
    const named = {
      ...one,
      name: names[at] ?? watch.name,
      destination: { ...place, offsite: offsite ?? place.offsite },
    }
    jobs.push(readJob(SOURCE, named, facts))
  }
  return jobs
}

/** borgmatic lists the archives that its own `archive_name_format` names (1.7.11 and newer); it knows its passphrases. */
async function askBorgmatic(
  { name, configFile }: BorgmaticWatch,
  { probe, now }: CollectContext,
): Promise<Result<readonly BorgRepository[], Failure>> {
  const run = await probe.exec('borgmatic', ['--config', configFile, 'list', '--json'], {
    timeoutMs: 4 * MINUTE_MS,
    maxBytes: MAX_BYTES,
    target: `borgmatic ${name}`,
    env: BORG_ENV,
  })
  if (!run.ok) return run
  const { stdout, stderr, exitCode } = run.value
  if (exitCode !== 0) return err(borgFailure(exitCode, `${stderr}\n${decode(stdout, MAX_BYTES)}`, 'borgmatic'))
  return parseBorgArchives(decode(stdout, MAX_BYTES), { now, zone: 'UTC' })
}
