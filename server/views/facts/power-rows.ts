/** Fact rows of the uninterruptible power supplies. Pure. */
import type { CheckFacts } from '../../facts/facts.ts'
import { blindRow, type RowDraft, sampleOf, valueRow, yesNo } from './row.ts'

/** A machine without a supply has no row for it. */
export function powerRows(facts: CheckFacts<'posture'>): readonly RowDraft[] {
  const { ups } = facts.section
  if (ups.state !== 'value') return [blindRow({ facts, key: 'posture.upses', part: 'ups' }, ups)]
  return ups.value.map(({ name, status, replaceBattery }) => {
    const seconds = sampleOf(facts, `ups:${name}:runtimeSeconds`)
    return valueRow({ facts, key: 'posture.ups', part: 'ups', item: name }, ups.source, {
      name,
      status,
      replaceBattery: yesNo(replaceBattery),
      chargePercent: sampleOf(facts, `ups:${name}:chargePercent`),
      runtimeMs: seconds === null ? null : seconds * 1_000,
    })
  })
}
