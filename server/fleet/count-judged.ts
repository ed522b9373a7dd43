/** What a judgement counts in the columns of the fleet: open findings by severity, accepted ones apart, outcomes by state. Pure. */
import type { EpochMs } from '../../shared/units.ts'
import { acceptanceOf } from '../findings/accepted.ts'
import type { MachineState } from './machine-state.ts'

/** The columns that a judgement moves. */
export const JUDGED_COLUMNS = [
  'critical',
  'warning',
  'info',
  'accepted',
  'firing',
  'pass',
  'fail',
  'unknown',
  'notApplicable',
] as const

/** @returns the counts of one machine at `now`; an accepted finding counts as nothing else. */
export function countJudged(
  { findings, outcomes, acceptances }: Pick<MachineState, 'findings' | 'outcomes' | 'acceptances'>,
  now: EpochMs,
): { readonly [C in (typeof JUDGED_COLUMNS)[number]]: number } {
  const counts = { critical: 0, warning: 0, info: 0, accepted: 0, firing: 0 }
  for (const finding of findings) {
    if (finding.resolvedAt !== null) continue
    if (acceptanceOf(acceptances, finding, now) !== null) {
      counts.accepted += 1
      continue
    }
    counts[finding.severity] += 1
    if (finding.alert.state === 'firing') counts.firing += 1
  }
  const states = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 }
  for (const { state } of outcomes) states[state] += 1
  const { 'not-applicable': notApplicable, ...told } = states
  return { ...counts, ...told, notApplicable }
}
