/** What a collector and a source are. A collector asks the probe (I/O); a source parses one tool's output (pure). */
import type { PartName, Sections } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { SampleValues } from '../../shared/checks/samples.ts'
import type { Failure } from '../../shared/reading.ts'
import type { Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Platform, Probe } from '../probe/probe.ts'
import type { WatchConfig } from '../watch-config.ts'

export type {
  BorgmaticWatch,
  BorgWatch,
  EventlogWatch,
  FileDropWatch,
  HookWatch,
  KopiaWatch,
  ResticWatch,
  Watch,
} from '../watch-config.ts'

/** What one source knows of a section: some parts and some samples. Parts that it does not know are absent here. */
export type Contribution<C extends CheckName> = {
  readonly parts: { readonly [P in PartName<C>]?: Sections[C][P] }
  readonly samples: SampleValues
}

/** One tool's recorded or live output, as a parser gets it. */
export type SourceInput = {
  readonly stdout: Uint8Array
  readonly stderr: string
  readonly exitCode: number | null
  readonly platform: Platform
  /** The moment of collection; parsers know no other clock. */
  readonly now: EpochMs
  /** IANA zone of the machine the output comes from, for tools that print local times (borg, rsnapshot); absent: taken as UTC. */
  readonly timeZone?: string
}

/**
 * One tool that a collector reads. `parse` is pure and total: any bytes give a `Result`, never an exception.
 * A parser says `failed` for what it cannot tell; it never fills a gap with a healthy default.
 */
export type Source<C extends CheckName = CheckName> = {
  /** `<check>/<tool>`, e.g. `disk/smartctl`; also the `source` of its parts. */
  readonly id: `${C}/${string}`
  readonly check: C
  readonly parse: (input: SourceInput) => Result<Contribution<C>, Failure>
}

/** How often a task runs; the milliseconds come from configuration (defaults: design.md 6). */
export const CADENCES = [
  'vitals',
  'capacity',
  'raid',
  'posture',
  'antivirus',
  'backup',
  'smart',
  'patch',
  'inventory',
] as const
/** Name of a cadence. */
export type CadenceName = (typeof CADENCES)[number]

/** What a task gets besides the probe. */
export type CollectContext = {
  readonly probe: Probe
  readonly now: EpochMs
  /** Folders, repositories and hooks named in the machine's own configuration. */
  readonly watch: WatchConfig
  /** Source ids that the server's configuration has switched off; a task skips them and says `disabled`. */
  readonly off: ReadonlySet<string>
  /** Scratch memory of this task between runs (last CPU counters, cached scan). Lost at restart. */
  readonly memo: Map<string, unknown>
}

/**
 * One piece of work of a check with a cadence of its own. A check has one to four tasks; together they fill its section.
 * `wake`: files whose change (mtime) makes the task due before its cadence (package database, signatures). A task with
 * `wake` runs its children only then and otherwise every 6 h.
 */
export type Task<C extends CheckName = CheckName> = {
  /** `<check>/<subject>`, e.g. `disk/volumes`. */
  readonly id: `${C}/${string}`
  readonly check: C
  readonly cadence: CadenceName
  readonly parts: readonly PartName<C>[]
  readonly timeoutMs: number
  readonly wake?: readonly string[]
  /** Never throws on what it meets; a bug that throws is caught by the runner and becomes `failed` parts. */
  collect(context: CollectContext): Promise<Contribution<C>>
}
