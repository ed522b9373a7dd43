/** Fact rows of the check `system`: what the machine is, and its vitals. Pure. */
import type { Battery } from '../../../shared/checks/system.ts'
import type { CheckFacts, Facts } from '../../facts/facts.ts'
import { blindRow, type RowDraft, rowOf, sampleOf, valueRow, yesNo } from './row.ts'

type SystemFacts = CheckFacts<'system'>
const VITALS = 'system/vitals'

/** Rows of `system`. A machine without a battery has no row for it. */
export function systemRows({ checks: { system: facts } }: Facts): readonly RowDraft[] {
  const { os, boot, virtualization, hardware, crashes, batteries } = facts.section
  return [
    rowOf({ facts, key: 'system.os', part: 'os' }, os, ({ name, version, kernel }) => ({ name, version, kernel })),
    rowOf({ facts, key: 'system.hardware', part: 'hardware' }, hardware, (value) => ({ ...value })),
    ...vitalRows(facts),
    rowOf({ facts, key: 'system.boot', part: 'boot' }, boot, ({ bootedAt }) => ({ bootedAt })),
    rowOf({ facts, key: 'system.virtualization', part: 'virtualization' }, virtualization, (value) => ({
      kind: value.kind,
      container: yesNo(value.container),
    })),
    rowOf({ facts, key: 'system.crashes', part: 'crashes' }, crashes, (value) => ({ ...value })),
    ...(batteries.state === 'value'
      ? batteries.value.map((battery) => batteryRow(facts, battery, batteries.source))
      : [blindRow({ facts, key: 'system.batteries', part: 'batteries' }, batteries)]),
  ]
}

function batteryRow(facts: SystemFacts, battery: Battery, source: string): RowDraft {
  const { name, designCapacity, fullCapacity, cycles } = battery
  const health =
    designCapacity === null || designCapacity === 0 || fullCapacity === null ? null : fullCapacity / designCapacity
  return valueRow({ facts, key: 'system.battery', part: 'batteries', item: name }, source, {
    name,
    healthPercent: health === null ? null : Math.round(health * 100),
    cycles,
  })
}

/** Vitals are samples: without any there is no row, since their absence stands in the agent's own facts. */
function vitalRows(facts: SystemFacts): readonly RowDraft[] {
  const used = sampleOf(facts, 'memory:usedBytes')
  const busy = sampleOf(facts, 'cpu:busyPermille')
  const load = sampleOf(facts, 'load:centi1')
  const { hardware } = facts.section
  const rows: RowDraft[] = []
  if (used !== null) {
    const row = valueRow({ facts, key: 'system.memory', part: 'vitals' }, VITALS, {
      usedBytes: used,
      totalBytes: hardware.state === 'value' ? hardware.value.memoryBytes : null,
      swapUsedBytes: sampleOf(facts, 'swap:usedBytes'),
    })
    rows.push({ ...row, collectedAt: facts.samples.get('memory:usedBytes')?.at ?? null })
  }
  if (busy !== null || load !== null) {
    const row = valueRow({ facts, key: 'system.load', part: 'vitals' }, VITALS, {
      busyPercent: busy === null ? null : busy / 10,
      load: load === null ? null : load / 100,
    })
    rows.push({
      ...row,
      collectedAt: facts.samples.get('cpu:busyPermille')?.at ?? facts.samples.get('load:centi1')?.at ?? null,
    })
  }
  return rows
}
