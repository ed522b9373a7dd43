/** The part of a client's storage port that holds visits, what hangs on them, and accepted risks. Types only; `store.ts` says what every method promises. */
import type { EpochMs } from '../../shared/units.ts'
import type {
  Acceptance,
  Action,
  PackedSnapshot,
  Recommendation,
  RestoreTest,
  SentReport,
  SnapshotAttestation,
  Visit,
  VisitChange,
  VisitFile,
} from '../visits/visit.ts'

/** `stale`: somebody changed the visit meanwhile, nothing was written. `date-taken`: another visit has that date. */
export type VisitSaved = { readonly state: 'saved'; readonly visit: Visit } | { readonly state: VisitRefusal }
/** Why a visit was not written. */
export type VisitRefusal = 'stale' | 'absent' | 'date-taken'

/** A snapshot as stored, with the evidence that was asked for with it. */
export type StoredSnapshot = PackedSnapshot & { readonly attestations: readonly SnapshotAttestation[] }

/** Visits of one client. */
export interface VisitStore {
  addVisit(visit: Visit): Promise<'added' | 'exists'>
  /** Newest date first. */
  visits(): Promise<readonly Visit[]>
  visitFile(id: string): Promise<VisitFile | null>
  /** Writes the visit and what else the change names; its version becomes the next one. A sent report is never replaced. */
  saveVisit(change: VisitChange): Promise<VisitSaved>
  /** Only a visit without snapshot, recommendations, actions and restore tests; `absent` else. */
  removeVisit(id: string, version: number): Promise<'removed' | 'stale' | 'absent'>
  snapshot(visitId: string): Promise<StoredSnapshot | null>
  /** Every action of the client, oldest first. */
  actions(): Promise<readonly Action[]>
  /** Every recommendation of the client, newest visit first, by rank. */
  recommendations(): Promise<readonly Recommendation[]>
  /** The same as the last sent revision of each visit told them, whatever a correction has made of them since. */
  sentRecommendations(): Promise<readonly Recommendation[]>
  /** Newest first. */
  restoreTests(): Promise<readonly RestoreTest[]>
  /** Every revision that was sent, oldest first. */
  sentReports(): Promise<readonly SentReport[]>
  /** Every acceptance ever made, oldest first. */
  acceptances(): Promise<readonly Acceptance[]>
  saveAcceptances(acceptances: readonly Acceptance[]): Promise<void>
  revokeAcceptance(id: string, at: EpochMs): Promise<'revoked' | 'absent'>
  /** Where the machine stands and who uses it, as a person typed it; empty: nobody said. */
  placeMachine(id: string, place: string, person: string): Promise<'saved' | 'absent'>
}
