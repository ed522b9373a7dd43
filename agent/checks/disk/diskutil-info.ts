/** Parses `diskutil info`, as property list (`-plist`, one disk or `-all`) and as text. Pure and total. */
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import { type Failure, failed, type Reading, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, peek } from '../json.ts'
import { parsePlist } from '../macos/plist.ts'
import { bareSmart } from './bare-smart.ts'
import { driveKey, isVirtualModel } from './drive-identity.ts'

/** Source id. */
export const DISKUTIL_INFO = 'disk/diskutil-info'

/** A disk with what only macOS tells of it. `whole`: a drive, no partition; null: not told. */
export type MacosDisk = { readonly drive: Drive; readonly whole: boolean | null; readonly isPhysical: boolean }

/** One disk per document. Errors: `empty`, `parse`, and `exit` for what diskutil says of a disk that is not there. */
export function parseDiskutilInfo(bytes: Uint8Array): Result<readonly MacosDisk[], Failure> {
  const root = bytes[0] === 0x62 ? parsePlist(bytes) : readDocument(decode(bytes))
  if (!root.ok) return root
  const documents = root.value.has('DeviceIdentifier') ? [root.value] : root.value.list('', 256)
  const disks = documents.flatMap(diskOf)
  const error = root.value.text('ErrorMessage', 200)
  if (disks.length > 0) return ok(disks)
  if (error !== null) return err({ code: 'exit', detail: `diskutil: ${error}` })
  return err({ code: 'parse', detail: 'a property list, but not of diskutil info' })
}

/** Drivers of other makers write lines of their own before the property list (SATSMARTLib). */
function readDocument(text: string): Result<Peek, Failure> {
  const at = text.search(/<(?:\?xml|plist)\b/)
  return at < 0 ? readText(text) : parsePlist(new TextEncoder().encode(text.slice(at)))
}

function diskOf(root: Peek): MacosDisk[] {
  const device = root.text('DeviceIdentifier', 64)
  if (device === null) return []
  const model = root.text('MediaName', 128) ?? root.text('IORegistryEntryName', 128)
  const path = `/dev/${device.replace(/^\/dev\//, '')}`
  const partial = { device: path, type: null, model, serial: null }
  const isVirtual =
    /^virtual$/i.test(root.text('VirtualOrPhysical') ?? '') || /disk image/i.test(root.text('BusProtocol') ?? '')
  const kind = isVirtual || (model !== null && isVirtualModel(model)) ? 'virtual' : kindOf(root)
  const capacityBytes = root.count('Size') ?? root.count('TotalSize')
  return [
    {
      drive: {
        ...partial,
        key: driveKey(partial),
        firmware: null,
        kind,
        capacityBytes,
        smart: macosSmart(DISKUTIL_INFO, root.text('SMARTStatus', 64), kind),
      },
      whole: root.flag('WholeDisk'),
      isPhysical: !isVirtual,
    },
  ]
}

function kindOf(root: Peek): Drive['kind'] {
  const protocol = root.text('BusProtocol', 64) ?? ''
  if (/nvme|pci-?express|apple fabric/i.test(protocol)) return 'nvme'
  const solid = root.flag('SolidState')
  return solid === null ? 'unknown' : solid ? 'ssd' : 'hdd'
}

/**
 * `Verified` is a general flag and proves nothing; `Failing` and `About to fail` are the drive's own word. `Not Supported` is what
 * every drive behind USB says.
 */
export function macosSmart(source: string, status: string | null, kind: Drive['kind']): Reading<Smart> {
  const word = status?.toLowerCase() ?? ''
  if (/fail/.test(word)) return read(source, bareSmart(false))
  if (kind === 'virtual' && word !== '')
    return failed(source, { code: 'unsupported', detail: 'a virtual disk has no health of its own' })
  if (word === 'verified') return read(source, bareSmart(null))
  if (word === '') return failed(source, { code: 'empty', detail: 'macOS tells no SMART status of this drive' })
  return failed(source, { code: 'unsupported', detail: `macOS tells no health of this drive (SMART status: ${word})` })
}

/** Labels of the text form → keys of the property list. They are English on every Mac. */
const LABELS: { readonly [label: string]: string } = {
  'Device Identifier': 'DeviceIdentifier',
  'Device / Media Name': 'MediaName',
  'SMART Status': 'SMARTStatus',
  Protocol: 'BusProtocol',
  Whole: 'WholeDisk',
  'Solid State': 'SolidState',
  Virtual: 'Virtual',
  'Disk Size': 'Size',
  'Total Size': 'TotalSize',
}

function readText(text: string): Result<Peek, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const disks: { [key: string]: unknown }[] = []
  for (const line of text.split('\n', 20_000)) {
    const match = /^[ \t]{0,16}([A-Z][\w /()-]{1,60}):[ \t]{1,60}(\S.{0,300})$/.exec(line)
    const key = LABELS[match?.[1]?.trim() ?? '']
    const value = match?.[2]?.trim() ?? ''
    if (key === undefined) continue
    if (key === 'DeviceIdentifier') disks.push({})
    const disk = disks.at(-1)
    if (disk !== undefined) assign(disk, key, value)
  }
  if (disks.length > 0) return ok(peek(disks))
  return err({
    code: /could not find disk/i.test(text) ? 'exit' : 'parse',
    detail: `diskutil info: ${text.trim().slice(0, 120)}`,
  })
}

function assign(disk: { [key: string]: unknown }, key: string, value: string): void {
  if (key === 'Size' || key === 'TotalSize') {
    const bytes = /\((\d{1,16}) Bytes\)/.exec(value)?.[1]
    if (bytes !== undefined) disk[key] = Number(bytes)
  } else if (key === 'Virtual') disk['VirtualOrPhysical'] = /^yes/i.test(value) ? 'Virtual' : 'Physical'
  else if (key === 'WholeDisk' || key === 'SolidState') {
    if (/^(?:yes|no)$/i.test(value)) disk[key] = /^yes$/i.test(value)
  } else disk[key] = value
}

/** `disk/diskutil-info`: whole physical disks with their general flag. */
export const diskutilInfo: Source<'disk'> = {
  id: DISKUTIL_INFO,
  check: 'disk',
  parse: ({ stdout }) => {
    const disks = parseDiskutilInfo(stdout)
    if (!disks.ok) return disks
    const drives = disks.value.filter(({ whole }) => whole !== false).map(({ drive }) => drive)
    if (drives.length === 0) return err({ code: 'unsupported', detail: 'a partition or volume, no drive' })
    return ok({ parts: { drives: read(DISKUTIL_INFO, drives.slice(0, 128)) }, samples: {} })
  },
}
