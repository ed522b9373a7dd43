/** Whether two lists of outcomes say the same, in the same order. Ages do not count: they grow by themselves. Pure. */
import type { Outcome } from '../shared/outcome.ts'

/** Durations (`ageMs`, `forMs`) follow from the instants beside them and the time of looking. */
const isAge = (key: string) => key.endsWith('Ms')

function sameValues(a: object, b: object): boolean {
  const [own, other] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))]
  return own.length === other.size && own.every(([key, value]) => isAge(key) || other.get(key) === value)
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  if (a === b) return true
  if (a.rule !== b.rule || a.item !== b.item || a.state !== b.state) return false
  if (a.state === 'fail' && b.state === 'fail') return a.severity === b.severity && sameValues(a.values, b.values)
  if (a.state === 'unknown' && b.state === 'unknown') {
    return a.code === b.code && a.detail === b.detail && a.source === b.source
  }
  return true
}

/** Values of rules are flat (shared/rules.ts), so one level is compared. */
export function sameOutcomes(a: readonly Outcome[], b: readonly Outcome[]): boolean {
  return a.length === b.length && a.every((outcome, index) => sameOutcome(outcome, b[index] ?? outcome))
}
