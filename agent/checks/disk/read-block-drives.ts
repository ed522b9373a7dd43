/** Physical drives as the kernel lists them in /sys/block, without waking one. I/O through the probe only. */
import type { Drive } from '../../../shared/checks/disk.ts'
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import { driveKey, type Identity, isVirtualModel, ownSerial } from './drive-identity.ts'

/** Made of other devices, of memory, of files or of the network. */
const NO_DRIVE = /^(?:loop|ram|zram|dm-|md|sr|fd|nbd|zd|drbd|bcache|rbd|mtdblock|nullb)/
const SECTOR_BYTES = 512

/** Drives with what the kernel and udev know of them. Errors: those of listing /sys/block. */
export async function readBlockDrives(probe: Probe): Promise<Result<readonly Identity[], Failure>> {
  const entries = await probe.list('/sys/block')
  if (!entries.ok) return entries
  const drives: Identity[] = []
  for (const { name } of entries.value.filter((entry) => !NO_DRIVE.test(entry.name))) {
    const drive = await readBlockDrive(probe, name)
    if (drive !== null) drives.push(drive)
  }
  return ok(drives)
}

/** @returns null for an empty card reader and for a stick: they come and go and tell no health. */
async function readBlockDrive(probe: Probe, name: string): Promise<Identity | null> {
  const folder = `/sys/block/${name}`
  const sectors = Number(await line(probe, `${folder}/size`))
  if (!(sectors > 0) || (await line(probe, `${folder}/removable`)) === '1') return null
  const udev = await readUdev(probe, await line(probe, `${folder}/dev`))
  const device = `/dev/${name}`
  const model = udev.model ?? (await line(probe, `${folder}/device/model`))
  const serial = ownSerial(udev.serial ?? (await line(probe, `${folder}/device/serial`)))
  const partial = { device, type: null, model, serial }
  const kind = kindOf(name, model, await line(probe, `${folder}/queue/rotational`))
  return { ...partial, key: driveKey(partial), firmware: null, kind, capacityBytes: sectors * SECTOR_BYTES }
}

function kindOf(name: string, model: string | null, rotational: string | null): Drive['kind'] {
  if (/^(?:vd|xvd)/.test(name) || (model !== null && isVirtualModel(model))) return 'virtual'
  if (name.startsWith('nvme')) return 'nvme'
  if (rotational === '0') return 'ssd'
  return rotational === '1' ? 'hdd' : 'unknown'
}

/** udev keeps model and serial number as the drive told them; /sys cuts an ATA model at 16 characters. */
async function readUdev(probe: Probe, number: string | null): Promise<{ model: string | null; serial: string | null }> {
  if (number === null || !/^\d+:\d+$/.test(number)) return { model: null, serial: null }
  const file = await probe.readFile(`/run/udev/data/b${number}`)
  return parseUdev(file.ok ? decode(file.value) : '')
}

/** @param text of /run/udev/data/b8:0; `ID_MODEL_ENC` writes blanks as `\x20`. */
export function parseUdev(text: string): { readonly model: string | null; readonly serial: string | null } {
  const value = (key: string) => new RegExp(`^E:${key}=(.{1,256})$`, 'm').exec(text)?.[1]?.trim() ?? null
  const encoded = value('ID_MODEL_ENC')
  const model = encoded?.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return {
    model: (model ?? value('ID_MODEL'))?.trim().slice(0, 128) ?? null,
    serial: value('ID_SERIAL_SHORT')?.slice(0, 128) ?? null,
  }
}

/** First line of a file of the kernel, trimmed; null: not there or empty. */
async function line(probe: Probe, path: string): Promise<string | null> {
  const file = await probe.readFile(path, { maxBytes: 512 })
  const text = file.ok ? (decode(file.value).split('\n', 1)[0] ?? '').trim().slice(0, 128) : ''
  return text === '' ? null : text
}
