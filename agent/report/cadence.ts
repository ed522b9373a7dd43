/** How often each kind of task runs: defaults, and what the server's configuration may change within bounds. Pure. */
import type { AgentConfig } from '../../shared/protocol/agent-config.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { CadenceName } from '../checks/collector.ts'

/** Defaults (design.md 6). */
export const DEFAULT_CADENCE_MS: { readonly [N in CadenceName]: number } = {
  vitals: MINUTE_MS,
  capacity: MINUTE_MS,
  raid: 5 * MINUTE_MS,
  posture: 15 * MINUTE_MS,
  antivirus: 15 * MINUTE_MS,
  backup: 15 * MINUTE_MS,
  smart: 6 * HOUR_MS,
  patch: 6 * HOUR_MS,
  inventory: DAY_MS,
}

/** Bounds of what a server may ask for: often enough to test with, never so rarely that a machine looks dead. */
export const MIN_CADENCE_MS = SECOND_MS
const MAX_CADENCE_MS = DAY_MS

/** @returns the cadence that holds, whole seconds. */
export function cadenceMsOf(name: CadenceName, config: AgentConfig): number {
  const asked = config.cadenceMs?.[name] ?? DEFAULT_CADENCE_MS[name]
  const bounded = Math.min(MAX_CADENCE_MS, Math.max(MIN_CADENCE_MS, asked))
  return Math.round(bounded / SECOND_MS) * SECOND_MS
}
