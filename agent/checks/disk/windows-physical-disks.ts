/** Parses MSFT_PhysicalDisk (`Get-PhysicalDisk`): which drives Windows sees, and what its own flag says of them. Pure and total. */
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import { type Failure, failed, type Reading, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { bareSmart } from './bare-smart.ts'
import { windowsIdentity } from './windows-drive.ts'

/** Source id; also the `source` of what only Windows itself tells of a drive. */
export const WINDOWS_PHYSICAL_DISKS = 'disk/windows-physical-disks'
/** Block of the question. */
export const PHYSICAL_DISKS_BLOCK = 'disk-physical-disks'

/** HealthStatus: 0 healthy, 1 warning, 2 unhealthy, 5 unknown; `Get-PhysicalDisk` says the words. */
const BAD_HEALTH = /^(?:1|2|warning|unhealthy)$/i
/** OperationalStatus: 5 predictive failure, 6 error, 7 non-recoverable error (CIM_ManagedSystemElement). */
const BAD_STATUS = /^(?:5|6|7|predictive ?failure|error|non-?recoverable ?error)$/i

/** One drive per record. Errors: those of `readWindowsRecords`; `parse` when no record is a physical disk. */
export function parsePhysicalDisks(bytes: Uint8Array): Result<readonly Drive[], Failure> {
  const records = readWindowsRecords(bytes, PHYSICAL_DISKS_BLOCK)
  if (!records.ok) return records
  const drives = records.value.flatMap(driveOf)
  if (drives.length === 0 && records.value.length > 0)
    return err({ code: 'parse', detail: 'objects, but none with the properties of a physical disk' })
  return ok(drives.slice(0, 128))
}

function driveOf(record: WindowsRecord): Drive[] {
  const number = record.text('DeviceId', 16) ?? record.text('Number', 16) ?? record.text('DeviceNumber', 16)
  const model = record.text('Model', 128) ?? record.text('FriendlyName', 128)
  if (number === null && model === null) return []
  const identity = windowsIdentity({
    number: number ?? '?',
    model,
    serial: serialOf(record),
    firmware: record.text('FirmwareVersion', 64),
    bus: record.text('BusType', 32),
    media: record.text('MediaType', 32),
    capacityBytes: record.count('Size'),
  })
  return [{ ...identity, smart: smartOf(record, identity.kind) }]
}

/** An NVMe drive tells the number on its label as that of its adapter; `SerialNumber` is its namespace's EUI-64. */
function serialOf(record: WindowsRecord): string | null {
  const isNvme = /^(?:17|nvme)$/i.test(record.text('BusType', 32) ?? '')
  return (isNvme ? record.text('AdapterSerialNumber', 128) : null) ?? record.text('SerialNumber', 128)
}

function smartOf(record: WindowsRecord, kind: Drive['kind']): Reading<Smart> {
  const health = record.text('HealthStatus', 32) ?? ''
  const isBad = BAD_HEALTH.test(health) || statusesOf(record).some((status) => BAD_STATUS.test(status))
  if (isBad) return read(WINDOWS_PHYSICAL_DISKS, bareSmart(false))
  // A virtual disk needs no health of its own, but only one that Windows calls healthy.
  if (kind !== 'virtual' || !/^(?:0|healthy)$/i.test(health)) return read(WINDOWS_PHYSICAL_DISKS, bareSmart(null))
  const detail = "a virtual disk; its health is that of the host's drives"
  return failed(WINDOWS_PHYSICAL_DISKS, { code: 'unsupported', detail })
}

/** Words may hold a blank (`Predictive Failure`), which a list of numbers would be split at. */
function statusesOf(record: WindowsRecord): readonly string[] {
  const whole = record.text('OperationalStatus', 200)
  return [...record.texts('OperationalStatus'), ...(whole === null ? [] : whole.replace(/^\{|\}$/g, '').split(/ ?, ?/))]
}

/** `disk/windows-physical-disks`: drives with the general flag of Windows, which never proves that one is healthy. */
export const windowsPhysicalDisks: Source<'disk'> = {
  id: WINDOWS_PHYSICAL_DISKS,
  check: 'disk',
  parse: ({ stdout }) => {
    const drives = parsePhysicalDisks(stdout)
    if (!drives.ok) return drives
    return ok({ parts: { drives: read(WINDOWS_PHYSICAL_DISKS, [...drives.value]) }, samples: {} })
  },
}
