/** What the server currently believes about one machine: the input of every rule. Types only; `derive.ts` makes them. Pure. */
import type { PartName, Sections } from '../../shared/checks/index.ts'
import type { CheckName, Role } from '../../shared/checks/names.ts'
import type { Failure, Reading } from '../../shared/reading.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Ping } from './ping.ts'

/**
 * The newest value of one sample. `value` null: measured and failed. `at` on the server's clock. `failure`: why `derive.ts` took
 * the value away (grown stale, an instant in the future); absent when the agent itself said null.
 */
export type SampleFact = { readonly value: number | null; readonly at: EpochMs; readonly failure?: Failure }

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
  /** Parts that have a value from elsewhere (pings) while the agent's own reading has none: that reading. Absent: there are none. */
  readonly unread?: { readonly [P in PartName<C>]?: Exclude<Reading<unknown>, { readonly state: 'value' }> }
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
  /** Since when this server has been able to hear agents: silence is not counted from before. Absent: always. */
  readonly listeningSince?: EpochMs
  /** Build of the agent that this server ships with; absent: not known, and no agent is called outdated. */
  readonly currentBuild?: string
}

/** What history remembers per item: baselines and first sights, kept by `memory.ts`, stored with the assessment. */
export type Memory = { readonly [key: string]: MemoryEntry }

/**
 * One remembered number: `first` at first sight, `value` now, `changedAt` its last change (its first sight when it never changed),
 * `since` first seen, `seenAt` last seen. `steps`: its values over the last 31 days as a step function, oldest first, the last one
 * is `value`; the oldest may be older than that and holds until the next. Empty for entries that only remember a time.
 */
export type MemoryEntry = {
  readonly since: EpochMs
  readonly seenAt: EpochMs
  readonly first: number
  readonly value: number
  readonly changedAt: EpochMs
  readonly steps: readonly { readonly at: EpochMs; readonly value: number }[]
}

/** What facts are derived from: the part of a machine's state that its agent and its history gave. */
export type FactsSource = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly enrolledAt: EpochMs
  readonly agent: AgentFacts
  readonly checks: { readonly [C in CheckName]: CheckFacts<C> }
  readonly trends: ReadonlyMap<string, Trend>
  /** What jobs elsewhere told the server itself; absent: there are none. */
  readonly pings?: readonly Ping[]
}

/** What the server believes about one machine at one moment; `derive.ts` makes it. */
export type Facts = {
  readonly machine: { readonly id: string; readonly name: string; readonly role: Role; readonly enrolledAt: EpochMs }
  readonly agent: AgentFacts
  /** Why what the agent told of itself no longer proves the present (`stale`, since its last report); null: it does, or none came. */
  readonly agentFailure: Failure | null
  readonly checks: { readonly [C in CheckName]: CheckFacts<C> }
  readonly memory: Memory
  /** Trends by `<check>/<sample key>`. */
  readonly trends: ReadonlyMap<string, Trend>
  /** The pings themselves; as jobs they stand in `checks.backup` too. */
  readonly pings: readonly Ping[]
  /** Drives left asleep whose last proven health stands in the section: key → when it was read. */
  readonly keptAt: ReadonlyMap<string, EpochMs>
  /** First moment at which time alone changes these facts: something grows stale, or a time in the future arrives. */
  readonly dueAt: EpochMs
}
