/** Parses Win32_LogicalDisk and Win32_Volume: letters and mount points with their sizes and the dirty bit. Pure and total. */
import type { Volume } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { GB } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'

/** Source id. */
export const WINDOWS_LOGICAL_DISKS = 'disk/windows-logical-disks'
/** Source id. */
export const WINDOWS_VOLUMES = 'disk/windows-volumes'
/** Block of the question. */
export const LOGICAL_DISKS_BLOCK = 'disk-logical-disks'
/** Block of the question. */
export const VOLUMES_BLOCK = 'disk-volumes'

type VolumeSource = typeof WINDOWS_LOGICAL_DISKS | typeof WINDOWS_VOLUMES
/** A volume with its figures; null: not told. */
export type WindowsVolume = { readonly volume: Volume; readonly freeBytes: number | null }

/** DriveType: 1 no root, 2 removable, 3 fixed, 4 network, 5 optical, 6 RAM disk. Sticks and discs come and go. */
const PASSING = [1, 2, 5, 6]

/**
 * Fixed and network volumes. A volume that Windows lists without a size stays, with the reason: it is locked, damaged or not formatted.
 * Errors: those of `readWindowsRecords`; `parse` when no record is a volume.
 */
export function parseWindowsVolumes(
  bytes: Uint8Array,
  source: VolumeSource,
): Result<readonly WindowsVolume[], Failure> {
  const isLogical = source === WINDOWS_LOGICAL_DISKS
  const records = readWindowsRecords(bytes, isLogical ? LOGICAL_DISKS_BLOCK : VOLUMES_BLOCK)
  if (!records.ok) return records
  const known = records.value.filter((record) => placeOf(record) !== null)
  if (known.length === 0 && records.value.length > 0)
    return err({ code: 'parse', detail: 'objects, but none with the properties of a volume' })
  return ok(known.flatMap((record) => volumeOf(record, source)).slice(0, 128))
}

/** `C:` for a letter; a folder without its last backslash; `\\?\Volume{…}` for what is mounted nowhere. */
function placeOf(record: WindowsRecord): string | null {
  const name = record.text('DriveLetter', 8) ?? record.text('DeviceID', 512) ?? record.text('Name', 512)
  const place = /^[A-Z]:?$/i.test(name ?? '') || !record.has('Name') ? name : record.text('Name', 512)
  if (place === null) return null
  const bare = place.replace(/\\$/, '')
  return /^[A-Z]:?$/i.test(bare) ? `${bare.slice(0, 1).toUpperCase()}:` : bare
}

function volumeOf(record: WindowsRecord, source: VolumeSource): WindowsVolume[] {
  const mount = placeOf(record) ?? ''
  const type = record.count('DriveType')
  const totalBytes = record.count('Size') ?? record.count('Capacity')
  const fsType = record.text('FileSystem', 32)
  if (type !== null && PASSING.includes(type)) return []
  // Neither a type nor anything in it: an empty card reader of which nothing more was told.
  if (type === null && totalBytes === null && fsType === null) return []
  // Recovery and EFI partitions: nobody writes there, and they are full on purpose.
  if (mount.startsWith('\\\\?\\') && totalBytes !== null && totalBytes < GB) return []
  return [
    {
      volume: {
        mount,
        device: (record.text('DeviceID', 256) ?? mount).slice(0, 256),
        fsType: fsType ?? '',
        network: type === 4,
        system: record.flag('BootVolume') ?? record.flag('System') ?? mount === 'C:',
        readOnly: readOnlyOf(record.count('Access')),
        readOnlyExpected: null,
        errorCount: dirtyOf(record),
        size: sizeOf(source, mount, totalBytes),
      },
      freeBytes: record.count('FreeSpace'),
    },
  ]
}

/** Access of Win32_LogicalDisk: 1 readable, 2 and 3 writable, 0 not known; why it cannot be written is told by nobody. */
function readOnlyOf(access: number | null): boolean | null {
  if (access === 1) return true
  return access === 2 || access === 3 ? false : null
}

/** The dirty bit: NTFS found itself damaged, or was not closed in order, and waits for chkdsk. */
function dirtyOf(record: WindowsRecord): number | null {
  const dirty = record.flag('DirtyBitSet') ?? record.flag('VolumeDirty')
  return dirty === null ? null : Number(dirty)
}

function sizeOf(source: string, mount: string, totalBytes: number | null): Volume['size'] {
  if (totalBytes !== null && totalBytes > 0) return read(source, { totalBytes, inodesTotal: null })
  return failed(source, { code: 'unsupported', detail: `${mount} tells no size: locked, damaged or not formatted` })
}

/** Used and available bytes; null where the answer did not say. */
export function windowsVolumeSamples({ volume, freeBytes }: WindowsVolume): SampleValues {
  const totalBytes = volume.size.state === 'value' ? volume.size.value.totalBytes : null
  const isTold = totalBytes !== null && freeBytes !== null && freeBytes <= totalBytes
  return {
    [`volume:${volume.mount}:usedBytes`]: isTold ? totalBytes - freeBytes : null,
    [`volume:${volume.mount}:availableBytes`]: isTold ? freeBytes : null,
  }
}

function sourceOf(id: VolumeSource): Source<'disk'> {
  return {
    id,
    check: 'disk',
    parse: ({ stdout }) => {
      const found = parseWindowsVolumes(stdout, id)
      if (!found.ok) return found
      const samples: { [key: string]: number | null } = {}
      for (const one of found.value) Object.assign(samples, windowsVolumeSamples(one))
      const volumes = found.value.map(({ volume }) => volume)
      return ok({ parts: { volumes: read(id, volumes) }, samples })
    },
  }
}

/** `disk/windows-logical-disks`: volumes with a letter. */
export const windowsLogicalDisks = sourceOf(WINDOWS_LOGICAL_DISKS)
/** `disk/windows-volumes`: volumes with and without a letter. */
export const windowsVolumes = sourceOf(WINDOWS_VOLUMES)
