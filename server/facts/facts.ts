/** What the server currently believes about one machine: the input of every rule. Types only; `derive.ts` makes them. Pure. */
import type { PartName, Sections } from '../../shared/checks/index.ts'
import type { CheckName, Role } from '../../shared/checks/names.ts'
import type { EpochMs } from '../../shared/units.ts'

/** The newest value of one sample. `value` null: measured and failed. `at` on the server's clock. */
export type SampleFact = { readonly value: number | null; readonly at: EpochMs }

/** Linear trend of a sample over the days that have data. `perDay` in the sample's unit; from daily means. */
export type Trend = { readonly days: number; readonly perDay: number; readonly mean: number; readonly lastAt: EpochMs }

/** One check as last reported. A part never read is `never` in the section; its collection time is absent. */
export type CheckFacts<C extends CheckName = CheckName> = {
  readonly section: Sections[C]
  /** Collection time of each part, server clock, never in the future. */
  readonly collectedAt: { readonly [P in PartName<C>]?: EpochMs }
  /** When this check was last collected at all; null: never. */
  readonly lastAt: EpochMs | null
  readonly samples: ReadonlyMap<string, SampleFact>
}

/** What the server itself knows about the agent of this machine. */
export type AgentFacts = {
  /** Receive time of the last report; null: none yet. */
  readonly lastReportAt: EpochMs | null
  readonly connected: boolean
  /** Server clock minus agent clock, ms, round trip removed; null: not measured yet. */
  readonly skewMs: number | null
  /** Largest lead of an agent time over the receive time in the last reports, ms; 0: none. */
  readonly futureMs: number
  /** Rhythm that the agent was told, ms between reports. */
  readonly reportEveryMs: number
  /** Rhythm of each check's slowest part, ms. */
  readonly checkEveryMs: { readonly [C in CheckName]: number }
  readonly build: string | null
  /** Newest range of records that the agent had to evict before it could send them; null: none in 30 days. */
  readonly gap: { readonly from: number; readonly to: number; readonly why: string; readonly at: EpochMs } | null
}

/** What history remembers per item: baselines and first sights, kept by `memory.ts`, stored with the assessment. */
export type Memory = { readonly [key: string]: MemoryEntry }

/**
 * One remembered number: `first` at first sight, `value` now, `changedAt` its last change, `since` first seen, `seenAt` last seen,
 * `month`/`week` its value about 30 and 7 days ago (null: younger than that).
 */
export type MemoryEntry = {
  readonly since: EpochMs
  readonly seenAt: EpochMs
  readonly first: number
  readonly value: number
  readonly changedAt: EpochMs
  readonly week: number | null
  readonly month: number | null
}

export type Facts = {
  readonly machine: { readonly id: string; readonly name: string; readonly role: Role; readonly enrolledAt: EpochMs }
  readonly agent: AgentFacts
  readonly checks: { readonly [C in CheckName]: CheckFacts<C> }
  readonly memory: Memory
  /** Trends by `<check>/<sample key>`. */
  readonly trends: ReadonlyMap<string, Trend>
}
