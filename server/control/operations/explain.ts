/** Why a rule says what it says of a machine, and why somebody was or was not told. */
import { ok } from '../../../shared/result.ts'
import { type Explanation, explain } from '../../explain.ts'
import { RULES_BY_ID } from '../../rules/index.ts'
import type { MachineEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { type Operation, refuse } from './operation.ts'

/** The explanations of one machine, and the moment and zone they are told in. */
export type Explained = {
  readonly machine: string
  readonly now: number
  readonly timeZone: string
  readonly explanations: readonly Explanation[]
}

/** @param rule id; null: every rule. */
export async function explainMachine(
  { clock }: Services,
  { state, client }: MachineEntry,
  rule: string | null,
): Operation<Explained> {
  const id = rule === null ? null : Object.values(RULES_BY_ID).find((one) => one.id === rule)?.id
  if (id === undefined) return refuse('absent', `There is no rule "${rule?.slice(0, 64)}". See all: explain MACHINE`)
  const now = clock.now()
  const machine = `${client.slug}/${state.slug}`
  return ok({ machine, now, timeZone: client.timeZone, explanations: explain(state, id, now) })
}
