/**
 * What follows from a manager's answer: acceptances for everything that the recommendation is about, or actions for whoever does it.
 * An answer that is changed takes back what the one before led to. Pure.
 */
import type { Formatter } from '../../shared/text/format.ts'
import { sayProposal } from '../../shared/text/proposal-catalogue.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { handsOf } from './hands.ts'
import { proposalKindOf } from './proposal-kinds.ts'
import type { Acceptance, Action, Decision, Recommendation, RiskRef } from './visit.ts'

/** What an answer is worked out from. */
export type DecideInput = {
  readonly recommendation: Recommendation
  /** null: the answer is taken back. */
  readonly decision: Decision | null
  /** The visit at which it is answered: a later one than its own, where it was carried over. */
  readonly visitId: string
  /** Machines as they are now: their open findings say how bad what is accepted is. */
  readonly machines: readonly MachineState[]
  readonly actions: readonly Action[]
  readonly acceptances: readonly Acceptance[]
  readonly now: EpochMs
  /** Of the client's language. */
  readonly f: Formatter
}

/** What has to be written. */
export type Decided = {
  readonly recommendation: Recommendation
  readonly actions: readonly Action[]
  readonly acceptances: readonly Acceptance[]
}

/** @returns the recommendation with its answer, and what follows. */
export function decide(input: DecideInput): Decided {
  const { recommendation, decision } = input
  return {
    recommendation: { ...recommendation, decision },
    actions: [...droppedActions(input), ...(decision?.answer === 'do' ? promisedOf(input) : [])],
    acceptances: [...revokedOf(input), ...(decision?.answer === 'accept' ? acceptedOf(input, decision) : [])],
  }
}

/** Ids tell which recommendation made them. */
const isOf = (id: string, { id: made }: Recommendation) => id.startsWith(`${made}.`)

function revokedOf({ recommendation, acceptances, now }: DecideInput): readonly Acceptance[] {
  return acceptances
    .filter(({ id, revokedAt }) => revokedAt === null && isOf(id, recommendation))
    .map((one) => ({ ...one, revokedAt: now }))
}

/** One acceptance for each finding that is open: what is not found, or could not be told, cannot be accepted. */
function acceptedOf({ recommendation, machines, now }: DecideInput, decision: Decision): readonly Acceptance[] {
  return acceptRisks(recommendation.about, machines, {
    ...{ by: decision.by, reason: decision.reason, at: now, until: decision.until ?? now },
    visitId: recommendation.visitId,
    idOf: (at) => `${recommendation.id}.${now.toString(36)}.${at}`,
  })
}

/** Who accepts, why and how long. `idOf`: the id of the n-th acceptance. */
export type AcceptTerms = Pick<Acceptance, 'by' | 'reason' | 'at' | 'until' | 'visitId'> & {
  readonly idOf: (at: number) => string
}

/** @returns an acceptance for each of the risks whose finding is open, at its severity of now. */
export function acceptRisks(
  about: readonly RiskRef[],
  machines: readonly MachineState[],
  { idOf, ...terms }: AcceptTerms,
): readonly Acceptance[] {
  const states = new Map(machines.map((state) => [state.id, state]))
  return about.flatMap(({ machineId, rule, item }, at) => {
    const finding = states
      .get(machineId)
      ?.findings.find((one) => one.resolvedAt === null && one.rule === rule && one.item === item)
    if (finding === undefined) return []
    return [{ id: idOf(at), machineId, rule, item, severity: finding.severity, ...terms, revokedAt: null }]
  })
}

const NO_MACHINE = 'all'

/** What was ticked, and at which visits it counts. */
type Ticked = Pick<DecideInput, 'recommendation' | 'actions'> & { readonly visitIds: readonly string[] }

/** True for what was ticked on the walk list of such a visit already: it is not promised a second time. */
function isDoneHere({ recommendation, actions, visitIds }: Ticked, machineId: string, { rule }: RiskRef): boolean {
  const measure = proposalKindOf(rule) ?? rule
  return actions.some(
    (one) =>
      one.machineId === machineId &&
      one.state === 'done' &&
      one.doneIn !== null &&
      visitIds.includes(one.doneIn) &&
      one.mends !== null &&
      !isOf(one.id, recommendation) &&
      (proposalKindOf(one.mends.rule) ?? one.mends.rule) === measure,
  )
}

/** @returns whether all that a recommendation asks was ticked at one of these visits already, so that its answer led to no action. */
export function isDoneAlready(input: Ticked): boolean {
  const { about } = input.recommendation
  return about.length > 0 && about.every((ref) => isDoneHere(input, ref.machineId, ref))
}

/** One action for each machine, so that each can be ticked and proven by itself. */
function promisedOf({ recommendation, machines, actions, f, visitId: at }: DecideInput): readonly Action[] {
  const { about, visitId, owner, dueAt } = recommendation
  const first = new Map<string, RiskRef>()
  for (const ref of about) if (!first.has(ref.machineId)) first.set(ref.machineId, ref)
  const all = first.size === 0 ? [[NO_MACHINE, null] as const] : [...first]
  const wanted = all.filter(
    ([machineId, ref]) => ref === null || !isDoneHere({ recommendation, actions, visitIds: [at] }, machineId, ref),
  )
  return wanted.map(([machineId, ref]) => {
    const id = `${recommendation.id}.${machineId}`
    const known = actions.find((one) => one.id === id)
    const name = machines.find((state) => state.id === machineId)?.name ?? null
    const fresh: Action = {
      ...{ id, madeIn: visitId, doneIn: null, who: owner, dueAt, state: 'open', doneAt: null, minutes: null, note: '' },
      text: textOf(recommendation, ref, first.size === 1 ? null : name, f),
      machineId: ref === null ? null : machineId,
      mends: ref === null ? null : { rule: ref.rule, item: ref.item },
      needsHands: ref !== null && handsOf(ref.rule) !== null,
    }
    return known === undefined || known.state === 'dropped' ? fresh : { ...known, who: owner, dueAt }
  })
}

/** @param name of the machine, where the recommendation is about several. */
function textOf({ what }: Recommendation, ref: RiskRef | null, name: string | null, f: Formatter): string {
  const kind = ref === null ? null : proposalKindOf(ref.rule)
  if (name === null) return what
  return kind === null ? `${what}: ${name}` : sayProposal(kind, [name], f).what
}

/** What an earlier answer promised and nobody did yet. */
function droppedActions({ recommendation, decision, actions }: DecideInput): readonly Action[] {
  if (decision?.answer === 'do') return []
  return actions
    .filter(({ id, state }) => state === 'open' && isOf(id, recommendation))
    .map((one) => ({ ...one, state: 'dropped' }))
}
