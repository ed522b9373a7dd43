/** What the machine's own configuration names for the agent to judge: set by `agent watch add`, never by the server. Types only. */

/** A folder into which something drops its backups (pg_dump, a vendor tool). */
export type FileDropWatch = {
  readonly kind: 'file-drop'
  readonly name: string
  readonly folder: string
  /** Glob of `*` and `?` on file names. */
  readonly pattern: string
  readonly minSizeBytes: number
  /** Promised rhythm; null: the role's default. */
  readonly everyMs: number | null
}

/** A restic repository, read with `--no-lock`. */
export type ResticWatch = {
  readonly kind: 'restic'
  readonly name: string
  readonly repository: string
  /** File that holds the password (0600); the password itself is never in a configuration or an argument. */
  readonly passwordFile: string
  readonly everyMs: number | null
  /** Stated by the person who added it; null: not stated. */
  readonly offsite: boolean | null
  /** Host name under which this machine's snapshots stand in the repository; absent: the machine's own name. */
  readonly host?: string
}

/** A borg 1 repository, read with its shared lock and a short wait. */
export type BorgWatch = {
  readonly kind: 'borg'
  readonly name: string
  /** Folder, `ssh://user@host/path` or `user@host:path`. */
  readonly repository: string
  /** File that holds the passphrase (0600); null: `passcommandFile`, or a repository that needs none. */
  readonly passwordFile: string | null
  /** Program that prints the passphrase, started by borg itself; null: not used. */
  readonly passcommandFile: string | null
  readonly everyMs: number | null
  /** Stated by the person who added it; null: not stated. */
  readonly offsite: boolean | null
  /** Host name under which this machine's archives stand in the repository; absent: the machine's own name. */
  readonly host?: string
}

/** The repositories of one configuration of borgmatic, which holds its own passphrases. */
export type BorgmaticWatch = {
  readonly kind: 'borgmatic'
  readonly name: string
  readonly configFile: string
  readonly everyMs: number | null
  readonly offsite: boolean | null
}

/** A repository that kopia is connected to: its configuration names it, the password lies beside it (`kopia repository connect`). */
export type KopiaWatch = {
  readonly kind: 'kopia'
  readonly name: string
  readonly configFile: string
  readonly everyMs: number | null
  readonly offsite: boolean | null
  /** Host name under which this machine's snapshots stand in the repository; absent: the machine's own name. */
  readonly host?: string
}

/** A job that reports through `agent report --job NAME --exit N`, run by any backup script. */
export type HookWatch = {
  readonly kind: 'hook'
  readonly name: string
  readonly everyMs: number | null
  /** Exit codes that mean a copy exists but not all was read (borg 1, restic 3). */
  readonly partialExits: readonly number[]
}

/** Any product that writes to a log of Windows. Its numbers are what its maker documents, or what a person saw there. */
export type EventlogWatch = {
  readonly kind: 'eventlog'
  readonly name: string
  /** Name of the log (`Application`, `Veeam Agent`). */
  readonly log: string
  /** Name of the provider; null: whatever provider. */
  readonly provider: string | null
  readonly successIds: readonly number[]
  /** Empty: every event of level error or critical is a failure. */
  readonly failureIds: readonly number[]
  readonly everyMs: number | null
}

/** One thing to judge. */
export type Watch = FileDropWatch | ResticWatch | BorgWatch | BorgmaticWatch | KopiaWatch | HookWatch | EventlogWatch

/** All of them, and where hook lines lie. */
export type WatchConfig = {
  readonly watches: readonly Watch[]
  /** Folder (0700) into which hook lines are written. */
  readonly hookFolder: string
}
