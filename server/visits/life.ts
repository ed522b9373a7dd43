/**
 * The life of a visit: which step is allowed from which state, and what may be changed meanwhile. Sent is final; a correction opens it
 * again as the next revision, with a reason, on the snapshot that was frozen. Pure.
 */
import { err, ok, type Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import { VISIT_STATES, type VisitState } from '../../shared/visits.ts'
import type { Visit } from './visit.ts'

/** A step of the visit itself. `by`: as the audit log names people. */
export type VisitStep =
  | { readonly step: 'prepare' | 'open' | 'close' | 'send'; readonly at: EpochMs }
  | { readonly step: 'correct'; readonly at: EpochMs; readonly by: string; readonly reason: string }

/** Something that a person does with a visit. */
export type VisitDeed =
  | VisitStep['step']
  | 'plan'
  | 'remove'
  | 'tick'
  | 'test-restore'
  | 'recommend'
  | 'decide'
  | 'write-minutes'

/** States in which each deed is allowed. */
const ALLOWED: { readonly [D in VisitDeed]: readonly VisitState[] } = {
  prepare: ['planned'],
  open: ['planned', 'preparing'],
  close: ['on-site'],
  send: ['closing'],
  correct: ['sent'],
  plan: ['planned', 'preparing'],
  remove: ['planned', 'preparing'],
  tick: ['preparing', 'on-site', 'closing'],
  'test-restore': ['on-site', 'closing'],
  recommend: ['preparing', 'on-site', 'closing'],
  decide: ['preparing', 'on-site', 'closing'],
  'write-minutes': ['on-site', 'closing'],
}

/** `state`: not from this state. `reason`: a correction needs one. `time`: before the step that it follows. */
export type LifeError = { readonly code: 'state' | 'reason' | 'time' }

/** @returns whether a visit of that state allows the deed. */
export function mayDo(state: VisitState, deed: VisitDeed): boolean {
  return ALLOWED[deed].includes(state)
}

const STEPS = ['prepare', 'open', 'close', 'send', 'correct'] as const

/** @returns the steps that a visit allows now, in the order of its life. */
export function stepsOf({ state }: Visit): readonly VisitStep['step'][] {
  return STEPS.filter((step) => mayDo(state, step))
}

/** @returns the visit after the step; its version is the store's to count. */
export function stepVisit(visit: Visit, step: VisitStep): Result<Visit, LifeError> {
  if (!mayDo(visit.state, step.step)) return err({ code: 'state' })
  const { at } = step
  if (at < lastMomentOf(visit)) return err({ code: 'time' })
  switch (step.step) {
    case 'prepare':
      return ok({ ...visit, state: 'preparing' })
    case 'open':
      return ok({ ...visit, state: 'on-site', openedAt: at })
    case 'close':
      return ok({ ...visit, state: 'closing', closedAt: at })
    case 'send':
      return ok({ ...visit, state: 'sent', sentAt: at, revision: visit.revision + 1 })
    case 'correct': {
      const reason = step.reason.trim()
      if (reason === '') return err({ code: 'reason' })
      const corrections = [...visit.corrections, { at, by: step.by, reason }]
      return ok({ ...visit, state: 'closing', corrections })
    }
  }
}

function lastMomentOf({ openedAt, closedAt, sentAt, corrections }: Visit): EpochMs {
  return Math.max(openedAt ?? 0, closedAt ?? 0, sentAt ?? 0, corrections.at(-1)?.at ?? 0)
}

/** @returns what is wrong with a visit as a record; empty: nothing. Every visit that steps lead to keeps all of it. */
export function faultsOf(visit: Visit): readonly string[] {
  const { state, openedAt, closedAt, sentAt, revision, corrections } = visit
  const reached = VISIT_STATES.indexOf(state)
  const rules: readonly (readonly [boolean, string])[] = [
    [(openedAt === null) === reached < VISIT_STATES.indexOf('on-site'), 'opened exactly from on site on'],
    [(closedAt === null) === reached < VISIT_STATES.indexOf('closing'), 'closed exactly from closing on'],
    [(sentAt === null) === (revision === 0), 'sent exactly when there is a revision'],
    [state !== 'sent' || corrections.length === revision - 1, 'each revision but the first corrects one'],
    [state === 'sent' || corrections.length === revision, 'what was sent is changed by a correction only'],
    [closedAt === null || (openedAt ?? 0) <= closedAt, 'closed after it was opened'],
    [sentAt === null || (closedAt ?? 0) <= sentAt, 'sent after it was closed'],
  ]
  return rules.flatMap(([holds, rule]) => (holds ? [] : [rule]))
}
