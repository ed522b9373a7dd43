/** Parses Win32_DiskDrive, which every Windows has: identity and a coarse status. Pure and total. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { bareSmart } from './bare-smart.ts'
import { windowsIdentity } from './windows-drive.ts'

/** Source id. */
export const WINDOWS_DISK_DRIVES = 'disk/windows-disk-drives'
/** Block of the question. */
export const DISK_DRIVES_BLOCK = 'disk-drives'

/** Values of Status that are not translated (learn.microsoft.com, Win32_DiskDrive). */
const BAD = /^(?:pred fail|degraded|error|nonrecover)$/i

/** A drive, and how root/wmi names it. `isRemovable`: a stick or a card reader, which comes and goes and tells no health. */
export type NamedDrive = { readonly drive: Drive; readonly pnpId: string | null; readonly isRemovable: boolean }

/**
 * Every drive that Windows lists.
 * Errors: those of `readWindowsRecords`; `parse` when no record is a drive.
 */
export function parseDiskDrives(bytes: Uint8Array): Result<readonly NamedDrive[], Failure> {
  const records = readWindowsRecords(bytes, DISK_DRIVES_BLOCK)
  if (!records.ok) return records
  const known = records.value.filter((record) => record.has('Index') || record.has('DeviceID') || record.has('Model'))
  if (known.length === 0 && records.value.length > 0)
    return err({ code: 'parse', detail: 'objects, but none with the properties of a disk drive' })
  return ok(known.map(driveOf).slice(0, 128))
}

function driveOf(record: WindowsRecord): NamedDrive {
  const media = record.text('MediaType', 64)
  // An empty card reader tells neither a size nor a kind of medium.
  const isRemovable =
    media === null
      ? !record.has('Size') && /^USB/i.test(record.text('InterfaceType', 16) ?? '')
      : /^removable media/i.test(media)
  const status = record.text('Status', 32) ?? ''
  const isBad = BAD.test(status)
  const number =
    record.text('Index', 8) ?? /PHYSICALDRIVE(\d{1,5})$/i.exec(record.text('DeviceID', 64) ?? '')?.[1] ?? '?'
  const identity = windowsIdentity({
    number,
    model: modelOf(record.text('Model', 128) ?? record.text('Caption', 128)),
    serial: record.text('SerialNumber', 128),
    firmware: record.text('FirmwareRevision', 64),
    bus: null,
    media: null,
    capacityBytes: record.count('Size'),
  })
  const pnpId = record.text('PNPDeviceID', 200)?.replaceAll('&amp;', '&') ?? null
  if (isBad) return { drive: { ...identity, smart: read(WINDOWS_DISK_DRIVES, bareSmart(false)) }, pnpId, isRemovable }
  if (identity.kind !== 'virtual' || status.toUpperCase() !== 'OK')
    return { drive: { ...identity, smart: read(WINDOWS_DISK_DRIVES, bareSmart(null)) }, pnpId, isRemovable }
  const detail = "a virtual disk; its health is that of the host's drives"
  const smart = failed(WINDOWS_DISK_DRIVES, { code: 'unsupported', detail })
  return { drive: { ...identity, smart }, pnpId, isRemovable }
}

/** Windows adds what it is connected by. */
function modelOf(text: string | null): string | null {
  return text === null ? null : text.replace(/ (?:ATA|SCSI Disk|USB|SATA) Device$/i, '').trim()
}

/** `disk/windows-disk-drives`: a drive fails where Windows says so; its OK is no proof of health. */
export const windowsDiskDrives: Source<'disk'> = {
  id: WINDOWS_DISK_DRIVES,
  check: 'disk',
  parse: ({ stdout }) => {
    const found = parseDiskDrives(stdout)
    if (!found.ok) return found
    const isTold = ({ drive, isRemovable }: NamedDrive) =>
      !isRemovable || (drive.smart.state === 'value' && drive.smart.value.passed === false)
    const drives = found.value.filter(isTold).map(({ drive }) => drive)
    return ok({ parts: { drives: read(WINDOWS_DISK_DRIVES, drives) }, samples: {} })
  },
}
