/** Registry of fact rows, and the standing of each: one line per check. Pure. */
import type { FactRow } from '../../../shared/api/views.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import { subjectOf } from '../../../shared/rules.ts'
import { type Standing, standingOf } from '../../../shared/severity.ts'
import type { Facts } from '../../facts/facts.ts'
import type { MachineState } from '../../fleet/machine-state.ts'
import { isWaiting } from '../problems.ts'
import { FACT_RULES, RULE_PARTS } from '../rule-parts.ts'
import { worstStanding } from '../standing-order.ts'
import { agentRows } from './agent-rows.ts'
import { antivirusRows } from './antivirus-rows.ts'
import { backupRows } from './backup-rows.ts'
import { diskRows } from './disk-rows.ts'
import { patchRows } from './patch-rows.ts'
import { postureRows } from './posture-rows.ts'
import type { RowDraft, RowsOf } from './row.ts'
import { systemRows } from './system-rows.ts'

const ROWS: { readonly [C in CheckName | 'agent']: RowsOf } = {
  antivirus: antivirusRows,
  backup: backupRows,
  disk: diskRows,
  patch: patchRows,
  posture: postureRows,
  system: systemRows,
  agent: agentRows,
}

/** @returns the fact rows of a check with their standings. @param facts derived at the time of asking. */
export function factRows(state: MachineState, facts: Facts, check: CheckName | 'agent'): readonly FactRow[] {
  return ROWS[check](facts).map(({ part, ...row }) => ({
    ...row,
    standing: standingOfRow(state, check, { ...row, part }),
  }))
}

/** A row that was not read is never good: at best nobody judges it because it does not concern this machine. */
function standingOfRow(state: MachineState, check: CheckName | 'agent', row: RowDraft): Standing | null {
  const standings = state.outcomes
    .filter((outcome) => subjectOf(outcome.rule) === check && speaksOf(outcome.rule, outcome.item, row))
    .map((outcome) => {
      if (outcome.state === 'unknown' && isWaiting(outcome)) return null
      if (outcome.state === 'not-applicable') return null
      return standingOf(outcome.state, outcome.state === 'fail' ? outcome.severity : null)
    })
  const open = state.findings
    .filter(
      ({ rule, item, resolvedAt }) => resolvedAt === null && subjectOf(rule) === check && speaksOf(rule, item, row),
    )
    .map(({ severity }) => standingOf('fail', severity))
  const told = worstStanding([...standings, ...open])
  if (row.state === 'value') return told
  const isOutside = standings.length > 0 && told === null
  return isOutside ? null : worstStanding([told === 'good' ? null : told, 'not-proven'])
}

function speaksOf(rule: keyof typeof RULE_PARTS, item: string, row: RowDraft): boolean {
  const rules = FACT_RULES[row.key]
  if (rules !== undefined) return rules.includes(rule)
  if (row.part === null) return row.key === 'agent.link' ? rule === 'agent/silent' : AGENT_RULES[row.key] === rule
  return RULE_PARTS[rule] === row.part && (row.item === '' || row.item === item)
}

const AGENT_RULES: { readonly [key: string]: string } = {
  'agent.clock': 'agent/clock-wrong',
  'agent.build': 'agent/outdated',
  'agent.gap': 'agent/data-lost',
}
