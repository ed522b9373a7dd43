/** What the Windows sources about drives share: names, serial numbers, kinds. Pure. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { driveKey, type Identity, isVirtualModel, ownSerial } from './drive-identity.ts'

/** Bus types of MSFT_PhysicalDisk (learn.microsoft.com, MSFT_PhysicalDisk): virtual, file-backed virtual, Storage Spaces. */
const VIRTUAL_BUS: ReadonlySet<string> = new Set(['14', '15', '16', 'virtual', 'file backed virtual', 'spaces'])
const NVME_BUS: ReadonlySet<string> = new Set(['17', 'nvme'])

/** What a source tells of a drive's identity. `number`: that of `\\.\PHYSICALDRIVE<n>`; null: not told. */
export type WindowsDrive = {
  readonly number: string
  readonly model: string | null
  readonly serial: string | null
  readonly firmware: string | null
  readonly bus: string | null
  readonly media: string | null
  readonly capacityBytes: number | null
}

/** The name by which Windows opens the drive. */
export function windowsDevice(number: string): string {
  return `\\\\.\\PHYSICALDRIVE${number}`.slice(0, 128)
}

/** Identity without health; `type` is null, because only smartctl has one. */
export function windowsIdentity(told: WindowsDrive): Identity {
  const partial = {
    device: windowsDevice(told.number),
    type: null,
    model: told.model,
    serial: windowsSerial(told.serial),
  }
  return {
    ...partial,
    key: driveKey(partial),
    firmware: told.firmware?.slice(0, 64) ?? null,
    kind: kindOf(told),
    capacityBytes: told.capacityBytes,
  }
}

function kindOf({ model, bus, media }: WindowsDrive): Drive['kind'] {
  const busWord = bus?.toLowerCase() ?? ''
  if (VIRTUAL_BUS.has(busWord) || (model !== null && isVirtualModel(model))) return 'virtual'
  if (NVME_BUS.has(busWord)) return 'nvme'
  const word = media?.toLowerCase() ?? ''
  if (word === '3' || word === 'hdd') return 'hdd'
  return word === '4' || word === 'ssd' || word === '5' || word === 'scm' ? 'ssd' : 'unknown'
}

/**
 * Windows 7 tells the ASCII codes of the serial number with each pair of characters swapped, as ATA stores it
 * (sample Win32_DiskDrive-win7); NVMe numbers end with `_00000001.` (the namespace), others with a full stop.
 */
export function windowsSerial(text: string | null): string | null {
  const plain = (text ?? '').trim()
  const coded = /^(?:[0-9a-f]{2}){16,32}$/i.test(plain) && plain.length % 4 === 0 ? fromSwappedHex(plain) : plain
  const bare = coded
    .replace(/_0{4,32}\w{0,32}\.?$/, '')
    .replace(/\.$/, '')
    .trim()
  return bare === '' ? null : ownSerial(bare)
}

function fromSwappedHex(hex: string): string {
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  // A number that only looks like hex (some makers use long ones) is not ASCII when decoded.
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e)) return hex
  return bytes
    .map((_, index) => String.fromCharCode(bytes[index ^ 1] ?? 0x20))
    .join('')
    .trim()
}

/** Letters and digits alone, to know one drive again in the words of two tools. */
export function comparableSerial(serial: string | null): string | null {
  const bare = (serial ?? '').toUpperCase().replace(/[^0-9A-Z]/g, '')
  return bare.length < 4 ? null : bare
}
