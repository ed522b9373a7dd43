/**
 * Ages inside the values of a finding. A finding keeps the age that it was opened or changed with, because time alone makes no other
 * finding of it; whoever says it says the age as of the moment that is spoken of. Pure.
 */
import type { RuleId, RuleValues } from '../rules.ts'
import type { EpochMs } from '../units.ts'

/** Instants that an age counts from, by the name of the age. */
const COUNTED_FROM = {
  ageMs: ['lastSuccessAt', 'signaturesAt', 'oldestSince', 'refreshedAt', 'lastAt', 'scrubbedAt', 'createdAt'],
  forMs: ['lastReportAt', 'since', 'bootedAt'],
} as const

/** @returns the values with their ages at `at`; an age without its instant stays as it is. */
export function agedValues<R extends RuleId>(values: RuleValues[R], at: EpochMs): RuleValues[R] {
  const known = new Map<string, unknown>(Object.entries(values))
  for (const [age, instants] of Object.entries(COUNTED_FROM)) {
    const from = instants.map((name) => known.get(name)).find((value) => typeof value === 'number')
    if (known.has(age) && typeof from === 'number') known.set(age, Math.max(0, at - from))
  }
  // Only numbers that were there were replaced by numbers.
  return Object.fromEntries(known) as RuleValues[R]
}
