/**
 * One borg repository, listed with its shared lock (`--bypass-lock` may read half of a transaction). I/O through the probe: one child when
 * the repository changed, else every 6 h, and never while a run is at work or has just ended: its next step would wait for our lock.
 */
import type { Destination } from '../../../shared/checks/backup.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { BorgWatch, CollectContext } from '../collector.ts'
import { decode } from '../decode.ts'
import { askRepository, type RepositoryState, unlocked } from './ask-repository.ts'
import { type BorgRepository, parseBorgArchives } from './borg-archives.ts'
import { borgFailure } from './borg-failure.ts'
import { NO_HOST_NAME, readHostName } from './collect-host-name.ts'
import { folderOf, readRepositoryPlace } from './collect-repository-place.ts'
import type { CollectedJob } from './collected-job.ts'
import { noneOf } from './restic-snapshots.ts'
import { failJob, type JobName, readJob } from './run-facts.ts'

const SOURCE = 'backup/borg-list'
const TIMEOUT_MS = 4 * MINUTE_MS
const MAX_BYTES = 8 * 1024 * 1024
/** `create`, `prune` and `compact` of one script follow each other; each waits for a lock one second only (borg 1.2). */
const SETTLED_MS = 10 * MINUTE_MS

/** Never asks a person anything, and tells its times in UTC: borg 1 prints them without a zone. */
export const BORG_ENV = {
  BORG_RELOCATED_REPO_ACCESS_IS_OK: 'no',
  BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'no',
  BORG_EXIT_CODES: 'modern',
  TZ: 'UTC',
} as const

/** Never fails as a whole: what could not be read is the status of the job. An archive tells a copy, not how its run ended. */
export async function collectBorg(watch: BorgWatch, context: CollectContext): Promise<CollectedJob> {
  const { probe, off } = context
  const place = await readRepositoryPlace(probe, watch.repository)
  const named = (destination: Destination): JobName => ({
    tool: 'borg',
    name: watch.name,
    destination: { ...destination, offsite: watch.offsite ?? destination.offsite },
    everyMs: watch.everyMs,
  })
  if (off.has(SOURCE)) return failJob(SOURCE, named(place), { code: 'disabled', detail: 'switched off' })
  const state = await readState(watch, context)
  const key = `borg:${watch.name}:${watch.repository}`
  const found = await askRepository(context, key, state, () => askBorg(watch, context))
  if (!found.ok) return failJob(SOURCE, named(place), found.error)
  const { destination, facts } = found.value
  return readJob(SOURCE, named({ ...place, encrypted: destination.encrypted }), facts)
}

/** A finished run leaves a new `index.N` in the folder; a writing one holds `lock.exclusive` (borg 1.0 to 1.4). */
async function readState({ repository }: BorgWatch, { probe, now }: CollectContext): Promise<RepositoryState> {
  const folder = folderOf(repository)
  const entries = folder === null ? null : await probe.list(folder)
  if (entries === null || !entries.ok) return unlocked(null)
  const names = entries.value.map(({ name }) => name)
  const indexes = names.filter((name) => /^index\.\d{1,15}$/.test(name)).toSorted(byNumber)
  const version = indexes.at(-1) ?? null
  const isRecent = !(await isSettled(probe, `${folder}/${version}`, now))
  return { version, isBusy: names.includes('lock.exclusive'), isRecent }
}

function byNumber(a: string, b: string): number {
  return Number(a.slice(6)) - Number(b.slice(6))
}

async function isSettled(probe: Probe, path: string, now: number): Promise<boolean> {
  const facts = await probe.stat(path)
  const age = facts.ok ? now - facts.value.modifiedAt : SETTLED_MS
  return age < 0 || age >= SETTLED_MS
}

async function askBorg(watch: BorgWatch, { probe, now }: CollectContext): Promise<Result<BorgRepository, Failure>> {
  const host = watch.host ?? (await readHostName(probe))
  if (host === null) return err(NO_HOST_NAME)
  const run = await probe.exec('borg', ['list', '--json', '--format', '{hostname}', '--lock-wait', '5'], {
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    target: `borg ${watch.name}`,
    // Arguments are for every user to see, and stand in recordings.
    env: { ...BORG_ENV, ...passphraseOf(watch), BORG_REPO: watch.repository, BORG_RSH: 'ssh -oBatchMode=yes' },
  })
  if (!run.ok) return run
  const { stdout, stderr, exitCode } = run.value
  if (exitCode !== 0) return err(borgFailure(exitCode, stderr))
  const found = parseBorgArchives(decode(stdout, MAX_BYTES), { now, zone: 'UTC' }, host)
  if (!found.ok) return found
  const [only] = found.value
  if (only === undefined) return err({ code: 'parse', detail: 'borg list: no repository in the answer' })
  return only.onlyOf.length > 0 ? err(noneOf(host, only.onlyOf)) : ok(only)
}

/** borg splits the command as a shell would and starts it itself; an empty passphrase keeps it from asking for one. */
function passphraseOf({ passwordFile, passcommandFile }: BorgWatch): { readonly [name: string]: string } {
  if (passwordFile !== null) return { BORG_PASSCOMMAND: `cat ${quoted(passwordFile)}` }
  return passcommandFile === null ? { BORG_PASSPHRASE: '' } : { BORG_PASSCOMMAND: quoted(passcommandFile) }
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'"'"'`)}'`
}
