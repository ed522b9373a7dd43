/** The client's side of the storage port: everything of one client. Types only; `store.ts` says what every method promises. */
import type { CheckName, Role } from '../../shared/checks/names.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Memory, Trend } from '../facts/facts.ts'
import type { Finding, Transition } from '../findings/finding.ts'
import type { PolicyLayers, PolicySetting } from '../policy/policy.ts'
import type { OutboxStore } from './outbox-store.ts'
import type { PingStore } from './ping-store.ts'
import type { VisitStore } from './visit-store.ts'

/** One record as accepted by ingest: indexes resolved to keys, times on the server's clock. */
export type AcceptedRecord = {
  readonly machineId: string
  readonly stream: Uint8Array
  readonly q: number
  /** Event time, corrected by the measured skew, never after `receivedAt`. */
  readonly at: EpochMs
  readonly receivedAt: EpochMs
  readonly bytes: number
  readonly sections: readonly { readonly check: CheckName; readonly hash: Uint8Array; readonly body: string }[]
  /** Collected in this record: check → instant on the server's clock; `check#part` where a part of it is older than the check. */
  readonly collectedAt: { readonly [checkOrPart: string]: EpochMs }
  readonly samples: readonly { readonly check: CheckName; readonly key: string; readonly value: number | null }[]
  readonly gap: { readonly from: number; readonly why: string } | null
  /** Absent in a report; an attestation has no sections and no samples, and shares the counter. */
  readonly attestation?: AcceptedAttestation
}

/** Signed evidence whose signature ingest has checked. */
export type AcceptedAttestation = {
  /** SHA-256 of the signed transcript. */
  readonly hash: Uint8Array
  /** Hash that it names as its predecessor. */
  readonly prev: Uint8Array
  /** The message as it came, JSON. */
  readonly body: string
}

/** A kept attestation. `isChained` false: its predecessor is not the one kept before it. */
export type AttestationRow = {
  readonly q: number
  readonly at: EpochMs
  readonly receivedAt: EpochMs
  readonly hash: Uint8Array
  readonly isChained: boolean
  readonly body: string
}

/** What one machine sent: the newest record's bytes on the wire, and the sums of the UTC day of the newest record. */
export type Traffic = {
  readonly lastBytes: number | null
  readonly day: EpochMs
  readonly dayBytes: number
  readonly dayRecords: number
}

/** A place of a client. */
export type Site = { readonly id: string; readonly name: string; readonly slug: string }

/** A machine as stored, with the state of its stream and of its last assessment. */
export type MachineRow = {
  readonly id: string
  readonly siteId: string
  readonly slug: string
  readonly name: string
  /** null: not set by a person; the chassis decides. */
  readonly role: Role | null
  /** Room, and who uses it, as a person typed it; empty: nobody said. */
  readonly place: string
  readonly person: string
  readonly enrolledAt: EpochMs
  readonly retiredAt: EpochMs | null
  readonly stream: Uint8Array | null
  readonly upTo: number
  readonly lastReportAt: EpochMs | null
  readonly build: string | null
  readonly assessedAt: EpochMs | null
  readonly assessedQ: number
  readonly dueAt: EpochMs
  readonly version: number
  readonly memory: Memory
  readonly outcomes: readonly Outcome[]
}

/** What the fleet loads of one machine at start. */
export type MachineRecord = {
  readonly row: MachineRow
  readonly sections: readonly {
    readonly check: CheckName
    readonly at: EpochMs
    readonly hash: Uint8Array
    readonly body: string
  }[]
  readonly collectedAt: { readonly [checkOrPart: string]: EpochMs }
  readonly samples: readonly {
    readonly check: CheckName
    readonly key: string
    readonly value: number | null
    readonly at: EpochMs
  }[]
  readonly trends: ReadonlyMap<string, Trend>
  /** Open findings, and those whose resolution is newer than the last assessment. */
  readonly findings: readonly Finding[]
  readonly traffic: Traffic
  readonly gap: { readonly from: number; readonly to: number; readonly why: string; readonly at: EpochMs } | null
}

/** The result of one assessment; written whole or not at all. */
export type AssessmentRow = {
  readonly machineId: string
  readonly version: number
  readonly assessedAt: EpochMs
  readonly assessedQ: number
  readonly dueAt: EpochMs
  /** null: as stored. */
  readonly memory: Memory | null
  /** null: as stored. */
  readonly outcomes: readonly Outcome[] | null
  /** Findings that were opened or changed. `number` 0: the store gives the next one. */
  readonly findings: readonly Finding[]
  readonly transitions: readonly Transition[]
}

/** `stale`: the row's version moved on, nothing was written; assess again from the fresh state. */
export type AssessmentSaved =
  | { readonly state: 'saved'; readonly version: number; readonly findings: readonly Finding[] }
  | { readonly state: 'stale' }

/** One measured number; null: measured and failed. */
export type SamplePoint = { readonly at: EpochMs; readonly value: number | null }
/** One day of a sample, from its running sums. */
export type DayPoint = {
  readonly day: EpochMs
  readonly n: number
  readonly mean: number
  readonly min: number
  readonly max: number
  readonly last: number
}
/** One version of a section, as it came. */
export type SectionRow = {
  readonly check: CheckName
  readonly at: EpochMs
  readonly hash: Uint8Array
  readonly body: string
}

/** Everything of one client, in a file of its own. */
export interface ClientStore extends VisitStore, OutboxStore, PingStore {
  sites(): Promise<readonly Site[]>
  addSite(site: Site): Promise<'added' | 'exists'>
  /** Idempotent: the hub commits an enrollment first, this row may be made again after a crash. */
  addMachine(machine: {
    readonly id: string
    readonly siteId: string
    readonly slug: string
    readonly name: string
    readonly role: Role | null
    readonly enrolledAt: EpochMs
  }): Promise<'added' | 'exists'>
  /** Version of the agent, as told at connect. */
  saveBuild(id: string, build: string): Promise<void>
  /** Highest q that is durable in this stream of the machine; 0: none. */
  upTo(machineId: string, stream: Uint8Array): Promise<number>
  renameMachine(id: string, name: string, role: Role | null): Promise<'saved' | 'absent'>
  /** Everything the fleet needs of all machines, at start. */
  load(): Promise<readonly MachineRecord[]>
  loadMachine(id: string): Promise<MachineRecord | null>
  /**
   * Saves a batch exactly once, in order. A record at or below the machine's `upTo` is skipped, a new stream starts at 1, and one
   * that would leave a hole ends its machine's part of the batch (ingest refuses it earlier).
   * Durable when this returns (synchronous=FULL). @returns each machine's new `upTo`.
   */
  saveRecords(batch: readonly AcceptedRecord[]): Promise<ReadonlyMap<string, number>>
  /** @returns the findings with their numbers. */
  saveAssessment(assessment: AssessmentRow): Promise<AssessmentSaved>
  /** Several machines in one transaction, each saved or stale by itself. @returns one answer per assessment, in order. */
  saveAssessments(assessments: readonly AssessmentRow[]): Promise<readonly AssessmentSaved[]>
  findings(filter: {
    readonly machineId?: string
    readonly open?: boolean
    /** Open at any time since then. */
    readonly since?: EpochMs
    /** What people say on the phone. */
    readonly number?: number
    readonly limit: number
  }): Promise<readonly Finding[]>
  transitions(filter: {
    readonly machineId?: string
    readonly findingId?: string
    readonly since?: EpochMs
    readonly limit: number
  }): Promise<readonly Transition[]>
  samples(machineId: string, check: CheckName, key: string, from: EpochMs, to: EpochMs): Promise<readonly SamplePoint[]>
  days(machineId: string, check: CheckName, key: string, from: EpochMs): Promise<readonly DayPoint[]>
  /** Trends by `<check>/<sample key>` over the days since `from`, of samples that fill up (`…:usedBytes`); no trend, no entry. */
  trends(machineId: string, from: EpochMs): Promise<ReadonlyMap<string, Trend>>
  /** Newest first. */
  attestations(machineId: string, limit: number): Promise<readonly AttestationRow[]>
  sectionHistory(machineId: string, check: CheckName, limit: number): Promise<readonly SectionRow[]>
  policies(): Promise<ReadonlyMap<string, readonly PolicySetting[]>>
  policyOf(siteId: string, machineId: string): Promise<PolicyLayers>
  /** @param scope `client`, `site:<id>` or `machine:<id>`. `setting` null removes the key. */
  savePolicy(scope: string, key: string, setting: PolicySetting | null): Promise<void>
  /** Deletes samples older than the retention and folds days; at most `budget` rows at a time. @returns rows deleted. */
  retain(now: EpochMs, budget: number): Promise<number>
}
