/** Section `backup`: backup tools seen, jobs and what they last said, whether the machine holds data. Run times and sizes are samples. Pure. */
import { type Static, Type } from 'typebox'
import { count, oneOf, orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

const Destination = strict({
  kind: oneOf(['local', 'usb', 'nas', 'smb', 'nfs', 'sftp', 's3', 'cloud', 'server', 'unknown']),
  /** Label for people without secrets (host or folder, never credentials); null: not told. */
  label: orNull(text(256)),
  /** On the same physical disk as what it copies; null: not known. */
  sameDisk: orNull(Type.Boolean()),
  offsite: orNull(Type.Boolean()),
  encrypted: orNull(Type.Boolean()),
  /** Copies there cannot be changed or deleted from this machine; null or absent: not told. */
  immutable: Type.Optional(orNull(Type.Boolean())),
  /** Not connected between runs (a disk that is taken away); null or absent: not told. */
  offline: Type.Optional(orNull(Type.Boolean())),
})

/** Tools whose jobs Rounds reads; `other`: named by the job alone. */
export const BACKUP_TOOLS = [
  'restic',
  'file-drop',
  'hook',
  'borg',
  'borgmatic',
  'kopia',
  'duplicati',
  'duplicity',
  'rsnapshot',
  'vzdump',
  'urbackup',
  'veeam',
  'windows-backup',
  'file-history',
  'time-machine',
  'acronis',
  'macrium',
  'cobian',
  'synology',
  'eventlog',
  'ping',
  'other',
] as const

/** How the last finished run ended. `partial`: a copy exists but something was not read (restic exit 3): never a success. */
const RunResult = oneOf(['success', 'partial', 'failed'])

const Job = strict({
  /** Stable id, `<tool>:<name>`; the item in findings. */
  id: text(128),
  tool: oneOf(BACKUP_TOOLS),
  name: text(128),
  destination: Destination,
  /** Promised rhythm, ms; null: not configured (the role's default holds). */
  expectedEveryMs: orNull(count()),
  /** Runs by itself; false: only when somebody starts it. null or absent: not told. */
  automatic: Type.Optional(orNull(Type.Boolean())),
  /** Failed with `locked`, `access-denied`, …: the job could not be judged. Result null: the source tells no result, only copies. */
  status: readingOf(
    strict({
      lastResult: orNull(RunResult),
      /** Copies kept (snapshots, files); null: not told. */
      copies: orNull(count()),
      /** Newest copy is empty or below the configured minimum size; null: not judged. */
      tooSmall: orNull(Type.Boolean()),
    }),
  ),
})

/** What looks like a backup and is none: a synchronised folder carries deletions along, a snapshot lies on the disk it is of. */
const Lookalike = strict({
  /** `<tool>:<name>`. */
  id: text(128),
  name: text(128),
  kind: oneOf(['sync', 'snapshot']),
  /** How many there are (snapshots) or null: not told. */
  count: orNull(count()),
})

/**
 * Samples: `job:<id>:lastSuccessAt`, `job:<id>:lastRunAt` (epoch ms), `job:<id>:bytes` (newest copy),
 * `job:<id>:copies` when it moves every run, `job:<id>:lastPartialAt`, `job:<id>:startedAt` (a run that has not ended), `job:<id>:durationMs`,
 * `job:<id>:verifiedAt` (the tool checked what it keeps), `job:<id>:restoreTestedAt`, `lookalike:<id>:newestAt`.
 */
export const BackupSection = strict({
  samples: SampleKeys,
  /** Known backup tools installed here. Empty: none of the known ones was seen; that is not proven "none". */
  tools: readingOf(Type.Array(strict({ id: text(64), name: text(128) }), { maxItems: 64 })),
  jobs: readingOf(Type.Array(Job, { maxItems: 64 })),
  /** Synchronisation and snapshots: never counted as a copy. Empty list: looked for and none there. */
  lookalikes: readingOf(Type.Array(Lookalike, { maxItems: 32 })),
  /** Whether something here would be missed. Value false only with a reason that proves it; else failed or true. */
  holdsData: readingOf(
    strict({
      holds: Type.Boolean(),
      /** `databases`, `home-folders`, `shares`, `mail`, `none-seen`; with what was looked at in `detail`. */
      reason: text(32),
      detail: text(256),
    }),
  ),
})
export type BackupSection = Static<typeof BackupSection>
export type Job = Static<typeof Job>
export type Lookalike = Static<typeof Lookalike>
export type Destination = Static<typeof Destination>
