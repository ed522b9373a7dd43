/** What changed between two visits, as `since.ts` works it out. Types only. */
import type { RuleId } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding } from '../findings/finding.ts'
import type { Action } from './visit.ts'

/** A finding of now beside what stood at the last visit. */
export type ChangedFinding = {
  readonly finding: Finding
  /** Severity at the last visit; null: it was not open then. */
  readonly before: Severity | null
}

/** A finding of the last visit that is solved. `provenAt`: the rule passes now, as looked at then; null: it is no longer found. */
export type SolvedFinding = { readonly finding: Finding; readonly solvedAt: EpochMs; readonly provenAt: EpochMs | null }

/** A machine by its name, which it may have had at the last visit only. */
export type NamedMachine = { readonly machineId: string; readonly name: string }

/** One error counter of one disk that grew. */
export type MovedCounter = NamedMachine & {
  /** Key of the drive. */
  readonly drive: string
  /** Field of the drive's own numbers (facts/smart-numbers.ts). */
  readonly counter: string
  readonly before: number
  readonly after: number
}

/** A backup job that was late, failed or never ran well for a time. `to` null: it still is. */
export type SlippedBackup = NamedMachine & {
  readonly rule: RuleId
  readonly job: string
  readonly from: EpochMs
  readonly to: EpochMs | null
}

/**
 * An action that was promised, beside what the evidence says. `proven`: the rule that it mends passes now. `word`: a person ticked it
 * and nothing proves it. `refuted`: a person ticked it, and the finding is still open. `open`: not ticked, not proven.
 */
export type PromisedAction = {
  readonly action: Action
  readonly evidence: 'proven' | 'word' | 'refuted' | 'open'
  /** When the proof was read; null: there is none. */
  readonly provenAt: EpochMs | null
}

/** Changes since the last sent visit; `from` null: there was none, and everything that is open is new. */
export type SinceVisit = {
  readonly from: EpochMs | null
  readonly to: EpochMs
  readonly opened: readonly ChangedFinding[]
  readonly worse: readonly ChangedFinding[]
  readonly better: readonly ChangedFinding[]
  readonly solved: readonly SolvedFinding[]
  /** Opened and solved in between. */
  readonly passing: readonly Finding[]
  readonly appeared: readonly NamedMachine[]
  readonly vanished: readonly NamedMachine[]
  readonly moved: readonly MovedCounter[]
  readonly slipped: readonly SlippedBackup[]
  readonly promised: readonly PromisedAction[]
  /** Every silence of a machine in scope that ran at any time since, told above or not: what went on at both visits is in no other list. */
  readonly silent: readonly Finding[]
}
