/** The rhythms that a machine's policy asks of its agent. Pure. */
import type { AgentConfig } from '../../shared/protocol/agent-config.ts'
import { DAY_MS, SECOND_MS } from '../../shared/units.ts'
import type { Policy } from './resolve.ts'

const CADENCES = [
  'vitals',
  'capacity',
  'raid',
  'posture',
  'antivirus',
  'backup',
  'smart',
  'patch',
  'inventory',
] as const

/** @returns the rhythms to send to the agent, whole milliseconds; nothing else of the policy concerns it. */
export function agentConfigOf({ values }: Policy): AgentConfig {
  const cadenceMs: { [K in (typeof CADENCES)[number]]?: number } = {}
  for (const name of CADENCES) {
    cadenceMs[name] = Math.min(DAY_MS, Math.max(SECOND_MS, Math.round(Number(values[`cadence.${name}Ms`]))))
  }
  return { cadenceMs }
}
