/** What makes a drive the same drive tomorrow: its key, and what kind it is. Pure. */
import type { Drive } from '../../../shared/checks/disk.ts'
import type { Peek } from '../json.ts'

/** A drive without its health. */
export type Identity = Pick<
  Drive,
  'key' | 'device' | 'type' | 'model' | 'serial' | 'firmware' | 'kind' | 'capacityBytes'
>

/** Cheap USB bridges answer with one serial number for every drive. */
const FAKE_SERIAL =
  /^(.)\1*$|^0*(?:123456789(?:ABCDEF)?|DEADBEEF)0*$|^unknown|^not (?:set|specified|available)|^n\/?a$|^none$/i
/** Disks of virtual machines and volumes of RAID controllers: what answers is not a physical drive. */
const VIRTUAL = /qemu|vmware|vbox|virtual|virtio|xen|raid\s?\d* volume|\bperc\b|logical volume|msft|volume\d*$/i

/** Stable key: `<model>/<serial>`, or `<device>/<type>` when the drive tells no serial of its own (contract of `Drive.key`). */
export function driveKey(identity: Pick<Drive, 'device' | 'type' | 'model' | 'serial'>): string {
  const { device, type, model, serial } = identity
  return (serial === null ? `${device}/${type ?? 'auto'}` : `${model ?? 'drive'}/${serial}`).slice(0, 256)
}

/** @returns null for a serial number that many drives share. */
export function ownSerial(serial: string | null): string | null {
  return serial === null || FAKE_SERIAL.test(serial) ? null : serial.slice(0, 128)
}

/** Whether a model or vendor name belongs to something that is no physical drive. */
export function isVirtualModel(name: string): boolean {
  return VIRTUAL.test(name)
}

/**
 * Identity from smartctl's JSON. An output without `device` (the open failed early) is named after the last argument.
 * @returns null when it names no device at all.
 */
export function parseIdentity(root: Peek): Identity | null {
  const argument = root.list('smartctl.argv', 64).at(-1)?.text('', 128) ?? null
  const device = root.text('device.name', 128) ?? (argument?.startsWith('-') === true ? null : argument)
  if (device === null || device === 'smartctl') return null
  const type = root.text('device.type', 64)
  const model = root.text('model_name', 128) ?? root.text('scsi_model_name', 128) ?? root.text('model_family', 128)
  const serial = ownSerial(root.text('serial_number', 128))
  const partial = { device, type, model, serial }
  const firmware = root.text('firmware_version', 64) ?? root.text('scsi_revision', 64) ?? root.text('revision', 64)
  return {
    ...partial,
    key: driveKey(partial),
    firmware,
    kind: kindOf(root, model),
    capacityBytes: root.count('user_capacity.bytes') ?? root.count('nvme_total_capacity'),
  }
}

function kindOf(root: Peek, model: string | null): Drive['kind'] {
  const vendor = root.text('vendor') ?? root.text('scsi_vendor') ?? ''
  if (isVirtualModel(`${vendor} ${model ?? ''}`)) return 'virtual'
  if (/^nvme/i.test(root.text('device.protocol') ?? root.text('device.type') ?? '')) return 'nvme'
  const rotation = root.count('rotation_rate')
  if (rotation === null) return 'unknown'
  return rotation === 0 ? 'ssd' : 'hdd'
}
