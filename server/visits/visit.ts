/**
 * A visit and what is kept with it, as records of one client. Types only. A visit goes planned → preparing → on-site → closing → sent
 * (`life.ts` says which step is allowed); what was sent never changes again, a correction is a new revision.
 */
import type { CheckName } from '../../shared/checks/names.ts'
import type { RuleId } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Answer, Urgency, VisitKind, VisitState } from '../../shared/visits.ts'
import type { CheckFacts, SampleFact, Trend } from '../facts/facts.ts'
import type { Finding, Transition } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Site } from '../store/store.ts'

/** One visit. `date` is the calendar day in the client's zone (`2026-11-24`), unique in the client, and its address. */
export type Visit = {
  readonly id: string
  readonly date: string
  readonly kind: VisitKind
  readonly state: VisitState
  /** Planned beginning. */
  readonly plannedAt: EpochMs
  /** Who makes the visit and signs its report: name as printed, and the person, if it is one who signs in. */
  readonly author: string
  readonly authorId: string | null
  /** Whom the report is for, as printed (`Luc Aubertin, gérant`); empty: the client. */
  readonly recipient: string
  readonly createdAt: EpochMs
  /** When it was opened on site: the moment of its snapshot. null: not yet. */
  readonly openedAt: EpochMs | null
  readonly closedAt: EpochMs | null
  readonly sentAt: EpochMs | null
  /** Free text, Markdown subset. Hostile. */
  readonly minutes: string
  /** Highest revision of its report that was sent; 0: none. */
  readonly revision: number
  /** Why it was reopened after it was sent, oldest first: the n-th one follows revision n. */
  readonly corrections: readonly Correction[]
  /** Counts changes of the visit and of what hangs on it; a change that names an older one is refused. */
  readonly version: number
}

/** A sent visit was reopened: what follows is a new revision. `by`: as the audit log names people. */
export type Correction = { readonly at: EpochMs; readonly by: string; readonly reason: string }

/** What a recommendation or an acceptance is about: one item of one rule on one machine. */
export type RiskRef = { readonly machineId: string; readonly rule: RuleId; readonly item: string }

/**
 * Something promised or to be done. It belongs to the client and is carried from visit to visit until it is done or dropped.
 * `madeIn`: the visit that promised it; `doneIn`: the visit at which it was ticked, or was found done (null: between visits).
 */
export type Action = {
  readonly id: string
  readonly madeIn: string
  readonly doneIn: string | null
  readonly text: string
  readonly who: string
  readonly dueAt: EpochMs | null
  readonly machineId: string | null
  /** What it would mend: proof that it is done. null: a person's word is all there is. */
  readonly mends: { readonly rule: RuleId; readonly item: string } | null
  /** On the walk list: somebody must stand in front of the machine. */
  readonly needsHands: boolean
  readonly state: 'open' | 'done' | 'dropped'
  readonly doneAt: EpochMs | null
  /** Time spent, in minutes; null: not noted. */
  readonly minutes: number | null
  readonly note: string
}

/** What the manager said. `until`: for defer and accept. `ask`: to be asked on site. */
export type Decision = {
  readonly answer: Answer
  readonly until: EpochMs | null
  readonly reason: string
  /** Name as printed. */
  readonly by: string
  readonly at: EpochMs
}

/** A finding, or something else, put to the manager. Costs are whole euros excluding tax; null: not known. */
export type Recommendation = {
  readonly id: string
  readonly visitId: string
  readonly rank: number
  readonly what: string
  readonly why: string
  /** What happens if nothing is done. */
  readonly otherwise: string
  readonly urgency: Urgency
  readonly effortMinutes: number | null
  readonly costLow: number | null
  readonly costHigh: number | null
  readonly owner: string
  readonly dueAt: EpochMs | null
  /** What it is about. Accepting accepts the risk of each. */
  readonly about: readonly RiskRef[]
  readonly decision: Decision | null
}

/** A restore that was tried. `durationMs`: until the data was usable again. `job` is a backup job's id; empty: not one that we read. */
export type RestoreTest = {
  readonly id: string
  readonly visitId: string
  readonly machineId: string
  readonly job: string
  readonly at: EpochMs
  readonly what: string
  readonly fromCopy: string
  readonly durationMs: number
  readonly isUsable: boolean
  readonly watchedBy: string
  readonly note: string
}

/** A risk that a named person accepted until a date. It leaves the feed, stays in the report, and comes back by itself. */
export type Acceptance = RiskRef & {
  readonly id: string
  /** Severity of what was accepted: a finding that gets worse than this is not covered. */
  readonly severity: Severity
  readonly by: string
  readonly reason: string
  readonly at: EpochMs
  readonly until: EpochMs
  readonly visitId: string | null
  readonly revokedAt: EpochMs | null
}

/** Facts of one check with its map of samples as pairs, as JSON can hold them. */
export type SnapshotCheck<C extends CheckName> = Omit<CheckFacts<C>, 'samples'> & {
  readonly samples: readonly (readonly [key: string, sample: SampleFact])[]
}

/** A machine frozen at one moment; `thawMachine` gives the state back, so that every view of a living machine works on it. */
export type SnapshotMachine = Omit<MachineState, 'trends' | 'checks'> & {
  readonly trends: readonly (readonly [key: string, trend: Trend])[]
  readonly checks: { readonly [C in CheckName]: SnapshotCheck<C> }
}

/** Everything that the report of a visit says of machines, frozen when the visit was opened. Its JSON is hashed (SHA-256). */
export type Snapshot = {
  readonly visitId: string
  readonly at: EpochMs
  readonly client: {
    readonly id: string
    readonly name: string
    readonly timeZone: string
    readonly language: 'en' | 'fr'
  }
  readonly sites: readonly Site[]
  /** Machines in scope: enrolled and not retired. */
  readonly machines: readonly SnapshotMachine[]
  readonly acceptances: readonly Acceptance[]
  /** What came and ended since the previous sent visit's snapshot (or ever): findings that were open at any time in it. */
  readonly findings: readonly Finding[]
  readonly transitions: readonly Transition[]
  /** Restore tests that are known, newest first, those of the visit itself apart. */
  readonly restoreTests: readonly RestoreTest[]
}

/** A snapshot as it is stored: `body` is its JSON, deflated; `hash` the SHA-256 of the JSON before that. */
export type PackedSnapshot = { readonly at: EpochMs; readonly hash: Uint8Array; readonly body: Uint8Array }

/** Signed evidence asked for when the snapshot was frozen; `attestation` null: the agent was not connected or did not answer. */
export type SnapshotAttestation = {
  readonly machineId: string
  readonly publicKey: Uint8Array
  readonly agentId: Uint8Array
  readonly attestation: {
    readonly stream: Uint8Array
    readonly q: number
    readonly at: EpochMs
    readonly hash: Uint8Array
    readonly body: string
  } | null
}

/** One sent revision: where its files lie is `<date>-r<n>` in the client's reports folder. */
export type SentReport = {
  readonly visitId: string
  readonly revision: number
  readonly sentAt: EpochMs
  readonly language: 'en' | 'fr'
  readonly name: string
  /** SHA-256 of each file. */
  readonly pdfHash: Uint8Array
  readonly htmlHash: Uint8Array
  readonly manifestHash: Uint8Array
}

/** A visit with what hangs on it. */
export type VisitFile = {
  readonly visit: Visit
  /** By rank. */
  readonly recommendations: readonly Recommendation[]
  /** Oldest first. */
  readonly restoreTests: readonly RestoreTest[]
  /** By revision. */
  readonly reports: readonly SentReport[]
}

/**
 * A change of a visit and of what hangs on it, written whole or not at all. `version`: the one that the change was made from.
 * Actions, recommendations, restore tests and acceptances that are there already are replaced.
 */
export type VisitChange = {
  readonly visit: Visit
  readonly version: number
  readonly actions?: readonly Action[]
  readonly recommendations?: readonly Recommendation[]
  /** Ids of recommendations to remove. */
  readonly withdrawn?: readonly string[]
  readonly restoreTests?: readonly RestoreTest[]
  readonly acceptances?: readonly Acceptance[]
  readonly snapshot?: { readonly packed: PackedSnapshot; readonly attestations: readonly SnapshotAttestation[] }
  readonly report?: SentReport
}
