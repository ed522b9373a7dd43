/**
 * The oracle: what really happened in a demo's history, written by the scenario and by nothing that judges. A test compares it with
 * what the server found; reports are counted against it. Its JSON lies beside the data (`demo-oracle.json`). Types only.
 */
import type { Role } from '../../../shared/checks/names.ts'
import type { RuleId } from '../../../shared/rules.ts'
import type { Severity } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { CounterField } from '../scenario/event.ts'
import type { PlannedVisit } from '../scenario/visit-plan.ts'
import type { VisitTimes } from '../visit-stops.ts'

/** From an instant on, what happened deserves this severity. */
export type Level = { readonly severity: Severity; readonly at: EpochMs }

/**
 * One thing that must be on record. `levels`: oldest first; the last one that has begun holds. `endsAt` null: it lasts. `slackMs`: how
 * much later than `at` it may be found, `endSlackMs` than `endsAt`.
 */
export type Showing = {
  readonly rule: RuleId
  readonly item: string
  readonly levels: readonly Level[]
  readonly endsAt: EpochMs | null
  readonly slackMs: number
  readonly endSlackMs: number
}

/** Something that went wrong. `kind` is the scenario's own word, `what` a sentence. `end` null: it still lasts. */
export type OracleFault = {
  readonly id: string
  readonly kind: string
  readonly machineId: string
  readonly what: string
  readonly begin: EpochMs
  readonly end: EpochMs | null
  readonly shows: readonly Showing[]
}

/** Something that cannot be told, and is no finding. `until` null: it lasts. */
export type OracleBlind = {
  readonly machineId: string
  readonly rule: RuleId
  readonly item: string
  readonly from: EpochMs
  readonly until: EpochMs | null
  readonly why: string
}

/** A machine in scope. `silentFrom` null: it reports to the end as it should. */
export type OracleMachine = {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly clientId: string
  readonly siteId: string
  readonly role: Role
  readonly place: string
  readonly person: string
  readonly os: string
  /** Something on it would be missed. */
  readonly holdsData: boolean
  /** A person says that nothing copies it. */
  readonly isDeclaredNone: boolean
  readonly memoryBytes: number
  readonly enrolledAt: EpochMs | null
  readonly vanishedAt: EpochMs | null
}

/** A backup job with every run of the history. */
export type OracleJob = {
  readonly machineId: string
  readonly job: string
  readonly offsite: boolean
  readonly runs: readonly { readonly endedAt: EpochMs; readonly isGood: boolean }[]
  readonly lastGoodAt: EpochMs | null
}

/** A site without power, or without its line. */
export type OracleOutage = {
  readonly clientId: string
  readonly siteId: string
  readonly kind: 'power-cut' | 'line-down'
  readonly from: EpochMs
  readonly to: EpochMs
  readonly machineIds: readonly string[]
}

/** A machine at one moment: what its last word before told at best. Instants null: never. */
export type OracleLook = {
  readonly machineId: string
  readonly isOn: boolean
  readonly lastSaidAt: EpochMs
  readonly batteryPercent: number | null
  /** `counters`: every step so far; `wearPercent` null: the drive does not tell. */
  readonly drives: readonly {
    readonly drive: string
    readonly wearPercent: number | null
    readonly counters: readonly { readonly field: CounterField; readonly value: number; readonly movedAt: EpochMs }[]
  }[]
  readonly volumes: readonly { readonly mount: string; readonly availableBytes: number; readonly bytesPerDay: number }[]
  readonly updates: { readonly waiting: number; readonly oldestSeenAt: EpochMs | null }
  /** When the list of updates was last refreshed. */
  readonly listAt: EpochMs
  readonly lastInstallAt: EpochMs | null
  /** Mean share of memory in use. */
  readonly memoryPercent: number
  readonly signaturesAt: EpochMs | null
  readonly jobs: readonly {
    readonly job: string
    readonly name: string
    readonly kind: string
    readonly offsite: boolean
    readonly encrypted: boolean
    readonly copies: number
    readonly lastGoodAt: EpochMs | null
    /** false: the agent may not read what it knows. */
    readonly isReadable: boolean
  }[]
}

/**
 * A visit with the moments at which it is carried out. `isInHistory` false: it began before. `looks`: the machines in scope as they are
 * when it is opened; empty when it lies ahead.
 */
export type OracleVisit = {
  readonly clientId: string
  readonly plan: PlannedVisit
  readonly times: VisitTimes
  readonly isInHistory: boolean
  readonly looks: readonly OracleLook[]
}

/** A client, and the sites it has. */
export type OracleClient = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly language: 'en' | 'fr'
  readonly timeZone: string
  readonly sites: readonly string[]
}

/** Everything that happened from `startAt` to `endAt`. `anchorAt`: the end of history when the folder was made. */
export type Oracle = {
  readonly seed: number
  readonly startAt: EpochMs
  readonly anchorAt: EpochMs
  readonly endAt: EpochMs
  readonly clients: readonly OracleClient[]
  readonly machines: readonly OracleMachine[]
  readonly faults: readonly OracleFault[]
  readonly blind: readonly OracleBlind[]
  readonly outages: readonly OracleOutage[]
  readonly jobs: readonly OracleJob[]
  readonly visits: readonly OracleVisit[]
}
