/** Puts contributions of tasks or sources together as the agent does, and checks them against the schema of the section. */
import { Value } from 'typebox/value'
import { expect } from 'vitest'
import type { Contribution } from '../../agent/checks/collector.ts'
import { emptySection, SECTION_SCHEMAS, type Section } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'

/** @returns the section; the test fails where it does not hold to the schema or a sample is no integer. */
export function sectionOf<C extends CheckName>(check: C, ...contributions: readonly Contribution<C>[]): Section<C> {
  const samples = Object.assign({}, ...contributions.map((one) => one.samples)) as { [key: string]: number | null }
  const parts = Object.assign({}, ...contributions.map((one) => one.parts))
  const section = { ...emptySection(check), ...parts, samples: Object.keys(samples).sort() } as Section<C>
  expect(Value.Errors(SECTION_SCHEMAS[check], section)).toEqual([])
  for (const [key, value] of Object.entries(samples))
    if (value !== null) expect(value, key).toSatisfy(Number.isSafeInteger)
  return section
}
