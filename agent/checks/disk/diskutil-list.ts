/** Parses `diskutil list`, as property list and as text: which disks there are. Pure and total. */
import { type Failure, NEVER, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parsePlist } from '../macos/plist.ts'
import { driveKey } from './drive-identity.ts'

/** Source id. */
export const DISKUTIL_LIST = 'disk/diskutil-list'

/** A whole disk by its identifier (`disk0`), with its size in bytes; null: not told. */
export type ListedDisk = { readonly id: string; readonly capacityBytes: number | null }

/**
 * Whole disks that hold partitions of their own; APFS containers, disk images and Core Storage volumes are made of others.
 * Errors: `empty`, `parse`. An empty list means that diskutil listed none.
 */
export function parseDiskutilList(bytes: Uint8Array): Result<readonly ListedDisk[], Failure> {
  const isText = bytes[0] !== 0x62 && !/^\s{0,64}</.test(decode(bytes.subarray(0, 512)))
  if (isText) return readText(decode(bytes))
  const root = parsePlist(bytes)
  if (!root.ok) return root
  const { value } = root
  if (!value.has('WholeDisks') && !value.has('AllDisksAndPartitions'))
    return err({ code: 'parse', detail: 'a property list, but not of diskutil list' })
  const described = value.list('AllDisksAndPartitions', 256)
  const made = new Set(
    described
      .filter((disk) => disk.has('APFSPhysicalStores') || disk.has('APFSVolumes'))
      .map((disk) => disk.text('DeviceIdentifier')),
  )
  const sizes = new Map(described.map((disk) => [disk.text('DeviceIdentifier'), disk.count('Size')]))
  const whole = value.list('WholeDisks', 256).flatMap((disk) => disk.text('', 64) ?? [])
  const ids = whole.length > 0 ? whole : described.flatMap((disk) => disk.text('DeviceIdentifier', 64) ?? [])
  const own = ids.filter((id) => /^disk\d{1,4}$/.test(id) && !made.has(id))
  return ok(own.map((id) => ({ id, capacityBytes: sizes.get(id) ?? null })).slice(0, 128))
}

/** `/dev/disk0 (internal, physical):`; older systems say no more than the device. */
function readText(text: string): Result<readonly ListedDisk[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const heads = [...text.matchAll(/^\/dev\/(disk\d{1,4})(?: \(([^)\n]{0,80})\))?:?[ \t]*$/gm)].slice(0, 256)
  if (heads.length === 0) return err({ code: 'parse', detail: 'not the output of diskutil list' })
  const disks = heads.flatMap(([, id = '', note = '']) =>
    /synthesized|virtual|disk image/.test(note) ? [] : [{ id, capacityBytes: null }],
  )
  return ok(disks.slice(0, 128))
}

/** `disk/diskutil-list`: the drives there are, without a word on their health. */
export const diskutilList: Source<'disk'> = {
  id: DISKUTIL_LIST,
  check: 'disk',
  parse: ({ stdout }) => {
    const disks = parseDiskutilList(stdout)
    if (!disks.ok) return disks
    const drives = disks.value.map(({ id, capacityBytes }) => {
      const partial = { device: `/dev/${id}`, type: null, model: null, serial: null }
      return {
        ...partial,
        key: driveKey(partial),
        firmware: null,
        kind: 'unknown' as const,
        capacityBytes,
        smart: NEVER,
      }
    })
    return ok({ parts: { drives: read(DISKUTIL_LIST, drives) }, samples: {} })
  },
}
