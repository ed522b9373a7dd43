/** Fact rows about the agent itself, which the server writes. Pure. */
import type { FactKey, FactValues } from '../../../shared/api/facts.ts'
import type { FactRow } from '../../../shared/api/views.ts'
import type { Facts } from '../../facts/facts.ts'
import { type RowDraft, yesNo } from './row.ts'

const SOURCE = 'agent/server'

/** Rows of `agent`. */
export function agentRows({ agent, agentFailure }: Facts): readonly RowDraft[] {
  const { lastReportAt: at, gap } = agent
  const rows: RowDraft[] = []
  const add = <K extends FactKey>(key: K, values: FactValues[K]) => {
    const told = row(key, at, { ...values } as FactRow['values'])
    const isStale = agentFailure !== null && key !== 'agent.link'
    rows.push(isStale ? { ...told, ...agentFailure, state: 'stale', values: {} } : told)
  }
  add('agent.link', { connected: yesNo(agent.connected), lastReportAt: at, everyMs: agent.reportEveryMs })
  if (agent.skewMs !== null) add('agent.clock', { skewMs: agent.skewMs, futureMs: agent.futureMs })
  if (agent.build !== null) add('agent.build', { build: agent.build })
  if (gap !== null) add('agent.gap', { from: gap.from, to: gap.to, why: gap.why, at: gap.at })
  return rows
}

function row(key: FactKey, collectedAt: number | null, values: FactRow['values']): RowDraft {
  const isNever = key === 'agent.link' && collectedAt === null
  return {
    key,
    part: null,
    item: '',
    state: isNever ? 'never' : 'value',
    values,
    code: null,
    detail: '',
    source: SOURCE,
    collectedAt,
  }
}
