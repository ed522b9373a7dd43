/** Table tests of rules: what one rule says of a machine that differs from the healthy server in what a row names. */
import { expect, test } from 'vitest'
import { assess } from '../../../server/assess.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { aMachine, type Changes, saved } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'

/** `critical`, `warning`, `info`, `pass`, `not-applicable`, or `unknown <code>`; by item where there are several. */
type Wanted = string | { readonly [item: string]: string }

/** `before`: what the machine was at earlier times (ms ago), assessed in order, oldest first. */
export type Row = readonly [name: string, changes: Changes & { readonly before?: readonly Before[] }, wanted: Wanted]
export type Before = Changes & { readonly ago: number }

export function short(outcome: Outcome): string {
  if (outcome.state === 'fail') return outcome.severity
  return outcome.state === 'unknown' ? `unknown ${outcome.code}` : outcome.state
}

/** The machine at `now`, with the memory, findings and assessments that its earlier states left. */
export function withHistory(changes: Row[1], now = changes.now ?? NOW): MachineState {
  let kept: Pick<MachineState, 'memory' | 'findings' | 'assessedAt' | 'outcomes'> | null = null
  for (const { ago, ...earlier } of changes.before ?? []) {
    const at = now - ago
    const state = { ...aMachine({ ...changes, ...earlier, now: at }), ...kept }
    const { memory, findings, assessedAt, outcomes } = saved(state, assess(state, at))
    kept = { memory, findings, assessedAt, outcomes }
  }
  return { ...aMachine(changes), ...kept, ...(changes.memory === undefined ? {} : { memory: changes.memory }) }
}

export function outcomesOf(rule: RuleId, state: MachineState, now = NOW): { readonly [item: string]: string } {
  const mine = assess(state, now).outcomes.filter((outcome) => outcome.rule === rule)
  return Object.fromEntries(mine.map((outcome) => [outcome.item, short(outcome)]))
}

/** One test per row. */
export function ruleTable(rule: RuleId, rows: readonly Row[]): void {
  for (const [name, changes, wanted] of rows) {
    const says = typeof wanted === 'string' ? wanted : Object.values(wanted).join(', ')
    test(`${rule}: ${name} -> ${says}`, () => {
      const got = outcomesOf(rule, withHistory(changes), changes.now ?? NOW)
      if (typeof wanted !== 'string') expect(got).toEqual(wanted)
      else expect(Object.values(got)).toEqual([wanted])
    })
  }
}
