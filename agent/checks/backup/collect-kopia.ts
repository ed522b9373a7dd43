/** The snapshots of one connected kopia repository, a job per source folder. I/O through the probe: one child every 6 h. */
import type { Failure } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, KopiaWatch } from '../collector.ts'
import { decode } from '../decode.ts'
import { askRepository, unlocked } from './ask-repository.ts'
import { NO_HOST_NAME, readHostName } from './collect-host-name.ts'
import type { CollectedJob } from './collected-job.ts'
import { distinctNames } from './distinct-names.ts'
import { type KopiaSource, kopiaFailure, parseKopiaSnapshots } from './kopia-snapshots.ts'
import { failJob, type JobName, readJob, UNKNOWN_PLACE } from './run-facts.ts'

const SOURCE = 'backup/kopia-snapshots'
const MAX_BYTES = 16 * 1024 * 1024

/** Never fails as a whole: what could not be read is the status of a job. kopia has no repository without encryption. */
export async function collectKopia(watch: KopiaWatch, context: CollectContext): Promise<readonly CollectedJob[]> {
  const { everyMs, offsite } = watch
  const destination = { ...UNKNOWN_PLACE, offsite, encrypted: true }
  const one: JobName = { tool: 'kopia', name: watch.name, destination, everyMs }
  if (context.off.has(SOURCE)) return [failJob(SOURCE, one, { code: 'disabled', detail: 'switched off' })]
  const key = `kopia:${watch.name}:${watch.configFile}`
  const found = await askRepository(context, key, unlocked(null), () => askKopia(watch, context))
  if (!found.ok) return [failJob(SOURCE, one, found.error)]
  const names = distinctNames(
    watch.name,
    found.value.map(({ name }) => name),
  )
  return found.value.map(({ facts }, at) => readJob(SOURCE, { ...one, name: names[at] ?? watch.name }, facts))
}

/** kopia takes its password from beside its configuration, where `repository connect` keeps it; listing writes nothing. */
async function askKopia(
  watch: KopiaWatch,
  { probe, now }: CollectContext,
): Promise<Result<readonly KopiaSource[], Failure>> {
  const host = watch.host ?? (await readHostName(probe))
  if (host === null) return err(NO_HOST_NAME)
  const run = await probe.exec('kopia', ['snapshot', 'list', '--all', '--incomplete', '--json'], {
    timeoutMs: 4 * MINUTE_MS,
    maxBytes: MAX_BYTES,
    target: `kopia ${watch.name}`,
    env: { KOPIA_CONFIG_PATH: watch.configFile, KOPIA_CHECK_FOR_UPDATES: 'false' },
  })
  if (!run.ok) return run
  const { stdout, stderr, exitCode } = run.value
  if (exitCode !== 0) return err(kopiaFailure(exitCode, stderr))
  return parseKopiaSnapshots(decode(stdout, MAX_BYTES), { now, zone: 'UTC' }, host)
}
