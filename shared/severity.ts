/** Severities of findings and states of outcomes, and their order. Pure. */

/** Worst first. `unknown` is an outcome, never a severity. */
export const SEVERITIES = ['critical', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What a rule says of one item. */
export type OutcomeState = 'pass' | 'fail' | 'unknown' | 'not-applicable'

/** @returns the worse of two severities; null counts as nothing found. */
export function worst(a: Severity | null, b: Severity | null): Severity | null {
  if (a === null) return b
  if (b === null) return a
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b
}

/** Words for people (ui.md 4): urgent, attention, note, not proven, accepted, good. Computed here and nowhere else. */
export type Standing = 'urgent' | 'attention' | 'note' | 'not-proven' | 'accepted' | 'good'

/** @returns the standing that a person sees for an outcome of a rule. */
export function standingOf(state: OutcomeState, severity: Severity | null): Standing {
  if (state === 'unknown') return 'not-proven'
  if (state !== 'fail') return 'good'
  if (severity === 'critical') return 'urgent'
  return severity === 'warning' ? 'attention' : 'note'
}
