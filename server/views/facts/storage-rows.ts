/** Fact rows of what lies between drives and volumes: pools, controllers, errors that the system logged about devices. Pure. */
import type { Controller, DeviceErrors, Pool } from '../../../shared/checks/disk.ts'
import type { CheckFacts } from '../../facts/facts.ts'
import { blindRow, type RowDraft, sampleOf, valueRow } from './row.ts'

type DiskFacts = CheckFacts<'disk'>
const BAD_DRIVES: readonly string[] = ['failed', 'missing', 'predicted']

/** Most machines have none of these: a list that was read and is empty has no row. */
export function storageRows(facts: DiskFacts): readonly RowDraft[] {
  const { pools, controllers, deviceErrors } = facts.section
  return [
    ...(pools.state === 'value'
      ? pools.value.map((pool) => poolRow(facts, pool, pools.source))
      : [blindRow({ facts, key: 'disk.pools', part: 'pools' }, pools)]),
    ...(controllers.state === 'value'
      ? controllers.value.map((controller) => controllerRow(facts, controller, controllers.source))
      : [blindRow({ facts, key: 'disk.controllers', part: 'controllers' }, controllers)]),
    ...(deviceErrors.state === 'value'
      ? deviceErrors.value.map((errors) => deviceErrorRow(facts, errors, deviceErrors.source))
      : [blindRow({ facts, key: 'disk.device-errors', part: 'deviceErrors' }, deviceErrors)]),
  ]
}

function poolRow(facts: DiskFacts, pool: Pool, source: string): RowDraft {
  const { name, kind, state, dataErrors, lastScrub } = pool
  const used = sampleOf(facts, `pool:${name}:usedPermille`)
  const errors = [pool.readErrors, pool.writeErrors, pool.checksumErrors].filter((count) => count !== null)
  return valueRow({ facts, key: 'disk.pool', part: 'pools', item: name }, source, {
    name,
    kind,
    state,
    usedPercent: used === null ? null : used / 10,
    errors: errors.length === 0 ? null : errors.reduce((sum, count) => sum + count, 0),
    dataErrors,
    lastScrub,
    scrubbedAt: sampleOf(facts, `pool:${name}:scrubbedAt`),
  })
}

function controllerRow(facts: DiskFacts, controller: Controller, source: string): RowDraft {
  const { id, model, state, battery, drives } = controller
  return valueRow({ facts, key: 'disk.controller', part: 'controllers', item: id }, source, {
    name: model ?? id,
    state,
    battery,
    drives: drives.length,
    badDrives: drives.filter((drive) => BAD_DRIVES.includes(drive.state)).length,
  })
}

function deviceErrorRow(facts: DiskFacts, errors: DeviceErrors, source: string): RowDraft {
  return valueRow({ facts, key: 'disk.device-error', part: 'deviceErrors', item: errors.device }, source, errors)
}
