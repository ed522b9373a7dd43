/** The visits of a scenario: what was promised, done, tested and decided, as data. The visit domain carries them out in history. Types only. */
import type { RuleId } from '../../../shared/rules.ts'
import type { Answer, Urgency, VisitKind } from '../../../shared/visits.ts'
import type { Moment } from './event.ts'

/** What something is about; `machine` is a key of the scenario. */
export type About = { readonly machine: string; readonly rule: RuleId; readonly item: string }

/** Something promised at a visit. `done`: index of the visit at which it was ticked (null: not), by the minutes it took. */
export type PlannedAction = {
  readonly key: string
  readonly text: string
  readonly who: string
  readonly dueDaysAfter: number
  readonly machine: string | null
  readonly mends: { readonly rule: RuleId; readonly item: string } | null
  readonly needsHands: boolean
  readonly done: { readonly visit: number; readonly minutes: number } | null
}

/** Something put to the manager, with the answer; null: still open. Costs in whole euros; null: not known. */
export type PlannedRecommendation = {
  readonly key: string
  readonly what: string
  readonly why: string
  readonly otherwise: string
  readonly urgency: Urgency
  readonly effortMinutes: number
  readonly costLow: number | null
  readonly costHigh: number | null
  readonly owner: string
  readonly about: readonly About[]
  readonly decision: {
    readonly answer: Answer
    readonly untilDaysAfter: number | null
    readonly reason: string
    readonly by: string
  } | null
}

/** A restore that was tried on site. */
export type PlannedRestoreTest = {
  readonly machine: string
  readonly job: string
  readonly what: string
  readonly fromCopy: string
  readonly durationMinutes: number
  readonly isUsable: boolean
  readonly watchedBy: string
}

/** One visit. `state` sent: opened, closed and sent within the day; `preparing`: ahead, `at` lies in the future. */
export type PlannedVisit = {
  readonly kind: VisitKind
  readonly state: 'sent' | 'preparing'
  /** Beginning; negative days lie ahead. */
  readonly at: Moment
  readonly author: string
  readonly recipient: string
  readonly minutes: string
  readonly actions: readonly PlannedAction[]
  readonly recommendations: readonly PlannedRecommendation[]
  readonly restoreTests: readonly PlannedRestoreTest[]
}
