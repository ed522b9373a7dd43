/** What was promised at earlier visits, beside what the evidence says. A tick is a person's word, never proof. Pure. */
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { PromisedAction } from './since-visit.ts'
import type { Action, Recommendation, Visit } from './visit.ts'

/** The part of the question that promises need. */
export type PromisedInput = {
  readonly previous: { readonly at: EpochMs } | null
  readonly machines: readonly MachineState[]
  readonly actions: readonly Action[]
  readonly visitId: string
}

/** What tells when an action was promised. `visits`: of the client. */
export type PromiseRecords = {
  readonly actions: readonly Action[]
  readonly recommendations: readonly Pick<Recommendation, 'id' | 'decision'>[]
  readonly visits: readonly Visit[]
  readonly visit: Visit
}

/** @returns ids of the visits that were opened after one, of which its report knows nothing. */
export function laterThan({ id, openedAt }: Visit, visits: readonly Visit[]): ReadonlySet<string> {
  return new Set(
    visits.flatMap((one) => (openedAt !== null && one.id !== id && (one.openedAt ?? 0) > openedAt ? one.id : [])),
  )
}

/**
 * @returns actions as they stand at a visit: nothing of a later one, and what a later one ticked is open yet, as a correction of this one's
 * report must tell it.
 */
export function actionsUntil({ actions, visits, visit }: Omit<PromiseRecords, 'recommendations'>): readonly Action[] {
  const later = laterThan(visit, visits)
  return actions
    .filter(({ madeIn }) => !later.has(madeIn))
    .map((one) =>
      one.doneIn === null || !later.has(one.doneIn)
        ? one
        : { ...one, state: 'open', doneIn: null, doneAt: null, minutes: null, note: '' },
    )
}

/** @returns actions that were promised before a visit: what is decided at it is no promise yet, whichever visit had asked for it. */
export function promisedBefore(records: PromiseRecords): readonly Action[] {
  const { recommendations, visit } = records
  const { openedAt } = visit
  const decidedNow = recommendations.filter(({ decision }) => openedAt !== null && (decision?.at ?? 0) >= openedAt)
  return actionsUntil(records).filter(({ id }) => !decidedNow.some((one) => id.startsWith(`${one.id}.`)))
}

/** @returns actions of earlier visits that are open, or were done since the last one or at this visit; dropped ones are not told. */
export function promisedActions(input: PromisedInput): readonly PromisedAction[] {
  const { previous, actions, visitId } = input
  const told = actions.filter(({ madeIn, doneIn, doneAt, state }) => {
    if (madeIn === visitId || state === 'dropped') return false
    return state === 'open' || doneIn === visitId || previous === null || (doneAt ?? 0) > previous.at
  })
  return told.map((action) => ({ action, ...evidenceOf(action, input.machines) }))
}

/** @returns what the evidence says of an action. */
export function evidenceOf(
  { mends, machineId, state }: Action,
  machines: readonly MachineState[],
): Pick<PromisedAction, 'evidence' | 'provenAt'> {
  const word = { evidence: state === 'done' ? 'word' : 'open', provenAt: null } as const
  const machine = machines.find(({ id }) => id === machineId)
  if (mends === null || machine === undefined) return word
  const isSame = (one: { readonly rule: string; readonly item: string }) =>
    one.rule === mends.rule && one.item === mends.item
  const isFound = machine.findings.some((finding) => finding.resolvedAt === null && isSame(finding))
  if (isFound) return { evidence: state === 'done' ? 'refuted' : 'open', provenAt: null }
  const passes = machine.outcomes.some((outcome) => outcome.state === 'pass' && isSame(outcome))
  return passes && machine.assessedAt !== null ? { evidence: 'proven', provenAt: machine.assessedAt } : word
}
