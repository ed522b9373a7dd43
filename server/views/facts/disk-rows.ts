/** Fact rows of the check `disk`: drives, arrays, volumes. Pure. */
import type { Drive, RaidArray, Smart, Volume } from '../../../shared/checks/disk.ts'
import type { CheckFacts, Facts } from '../../facts/facts.ts'
import { blindRow, type RowDraft, rowOf, sampleOf, valueRow, yesNo } from './row.ts'
import { storageRows } from './storage-rows.ts'

type DiskFacts = CheckFacts<'disk'>
/** A forecast beyond this says nothing. */
const FORECAST_DAYS = 3_650

/** Rows of `disk`; a list that could not be read is one row. */
export function diskRows({ checks: { disk }, trends }: Facts): readonly RowDraft[] {
  const { drives, arrays, volumes } = disk.section
  return [
    ...(drives.state === 'value' && drives.value.length > 0
      ? drives.value.map((drive) => driveRow(disk, drive))
      : [rowOf({ facts: disk, key: 'disk.drives', part: 'drives' }, drives, (list) => ({ count: list.length }))]),
    ...(arrays.state === 'value'
      ? arrays.value.map((array) => arrayRow(disk, array, arrays.source))
      : [blindRow({ facts: disk, key: 'disk.arrays', part: 'arrays' }, arrays)]),
    ...(volumes.state === 'value' && volumes.value.length > 0
      ? volumes.value.map((volume) => volumeRow(disk, volume, trends))
      : [rowOf({ facts: disk, key: 'disk.volumes', part: 'volumes' }, volumes, (list) => ({ count: list.length }))]),
    ...storageRows(disk),
  ]
}

function driveRow(facts: DiskFacts, drive: Drive): RowDraft {
  return rowOf({ facts, key: 'disk.drive', part: 'drives', item: drive.key }, drive.smart, (smart) => ({
    name: drive.model ?? drive.device,
    device: drive.device,
    kind: drive.kind,
    serial: drive.serial,
    capacityBytes: drive.capacityBytes,
    passed: yesNo(smart.passed),
    temperatureCelsius: sampleOf(facts, `drive:${drive.key}:temperatureCelsius`),
    powerOnHours: sampleOf(facts, `drive:${drive.key}:powerOnHours`),
    wearPercent: smart.wearPercent,
    reallocatedSectors: smart.reallocatedSectors,
    pendingSectors: smart.pendingSectors,
    uncorrectable: uncorrectableOf(smart),
    lastSelfTest: smart.lastSelfTest,
  }))
}

function uncorrectableOf(smart: Smart): number | null {
  return smart.offlineUncorrectable ?? smart.nvme?.mediaErrors ?? smart.scsi?.uncorrectedErrors ?? null
}

function arrayRow(facts: DiskFacts, array: RaidArray, source: string): RowDraft {
  const permille = sampleOf(facts, `array:${array.name}:rebuildPermille`)
  return valueRow({ facts, key: 'disk.array', part: 'arrays', item: array.name }, source, {
    name: array.name,
    level: array.level,
    state: array.state,
    membersActive: array.membersActive,
    membersWanted: array.membersWanted,
    rebuildPercent: permille === null ? null : permille / 10,
  })
}

function volumeRow(facts: DiskFacts, volume: Volume, trends: Facts['trends']): RowDraft {
  const { mount } = volume
  return rowOf({ facts, key: 'disk.volume', part: 'volumes', item: mount }, volume.size, (size) => {
    const usedBytes = sampleOf(facts, `volume:${mount}:usedBytes`)
    const availableBytes = sampleOf(facts, `volume:${mount}:availableBytes`)
    const room = usedBytes === null || availableBytes === null ? null : usedBytes + availableBytes
    return {
      mount,
      device: volume.device,
      fsType: volume.fsType,
      usedPercent: room === null || room === 0 || usedBytes === null ? null : (usedBytes / room) * 100,
      usedBytes,
      availableBytes,
      totalBytes: size.totalBytes,
      inodesFree: sampleOf(facts, `volume:${mount}:inodesFree`),
      readOnly: yesNo(volume.readOnly),
      errors: volume.errorCount,
      daysUntilFull: daysUntilFull(availableBytes, trends.get(`disk/volume:${mount}:usedBytes`)?.perDay ?? null),
    }
  })
}

/** null: it does not grow, or nobody knows. */
function daysUntilFull(availableBytes: number | null, bytesPerDay: number | null): number | null {
  if (availableBytes === null || bytesPerDay === null || bytesPerDay <= 0) return null
  const days = availableBytes / bytesPerDay
  return days > FORECAST_DAYS ? null : Math.floor(days)
}
