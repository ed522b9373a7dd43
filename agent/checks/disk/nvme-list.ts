/** Drives in `nvme list`: flat entries of 1.x, subsystems with controllers and namespaces of 2.x, and the table. Pure. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { NEVER } from '../../../shared/reading.ts'
import type { Peek } from '../json.ts'
import { driveKey, ownSerial } from './drive-identity.ts'
import { toldText } from './text-lines.ts'

type Told = {
  readonly device: string
  readonly model: string | null
  readonly serial: string | null
  readonly firmware: string | null
  readonly bytes: number | null
}

/** One drive for each controller; namespaces of one controller are one drive. */
export function parseNvmeList(root: Peek): readonly Drive[] {
  const flat = root.list('Devices', 128).flatMap(flatOf)
  const nested = root
    .list('Devices', 16)
    .flatMap((entry) => entry.list('Subsystems', 128))
    .flatMap((entry) => [...entry.list('Controllers', 16).flatMap((one) => nestedOf(one, entry))])
  const drives = [...flat, ...nested].map(driveOf)
  return [...new Map(drives.map((drive) => [drive.key, drive])).values()].slice(0, 128)
}

function flatOf(entry: Peek): readonly Told[] {
  const path = entry.text('DevicePath', 128)
  if (path === null) return []
  const identity = {
    model: entry.text('ModelNumber', 128),
    serial: entry.text('SerialNumber', 128),
    firmware: entry.text('Firmware', 64),
  }
  return [{ device: path, ...identity, bytes: entry.count('PhysicalSize') }]
}

function nestedOf(entry: Peek, subsystem: Peek): readonly Told[] {
  const name = entry.text('Controller', 64)
  if (name === null) return []
  const own = entry.list('Namespaces', 64)
  const spaces = own.length > 0 ? own : subsystem.list('Namespaces', 64)
  const sizes = spaces.flatMap((space) => space.count('PhysicalSize') ?? [])
  const identity = {
    model: entry.text('ModelNumber', 128),
    serial: entry.text('SerialNumber', 128),
    firmware: entry.text('Firmware', 64),
  }
  return [{ device: `/dev/${name}`, ...identity, bytes: sizes.length === 0 ? null : sizes.reduce((a, b) => a + b, 0) }]
}

function driveOf({ device, model, serial, firmware, bytes }: Told): Drive {
  const partial = { device, type: 'nvme', model, serial: ownSerial(serial) }
  const capacityBytes = bytes !== null && Number.isSafeInteger(bytes) ? bytes : null
  return { ...partial, key: driveKey(partial), firmware, kind: 'nvme', capacityBytes, smart: NEVER }
}

/** The table: columns as wide as the dashes under their heads. @returns null when there is no such table. */
export function parseNvmeTable(
  lines: readonly string[],
): { readonly drives: readonly Drive[]; readonly samples: Record<never, never> } | null {
  const at = lines.findIndex((line) => /^-{3,}(?: -{3,}){3,}$/.test(line.trim()))
  const heads = lines[at - 1] ?? ''
  if (at < 1 || !/^Node\b/.test(heads)) return null
  const columns = [...(lines[at] ?? '').matchAll(/-+/g)].map(({ 0: dashes, index }) => ({
    head: heads.slice(index, index + dashes.length).trim(),
    from: index,
    to: index + dashes.length,
  }))
  const drives = lines.slice(at + 1).flatMap((line): readonly Drive[] => {
    if (!line.startsWith('/dev/')) return []
    const cell = (head: string) => {
      const column = columns.find((one) => one.head === head)
      return column === undefined ? null : toldText(line.slice(column.from, column.to))
    }
    const device = cell('Node')
    return device === null
      ? []
      : [driveOf({ device, model: cell('Model'), serial: cell('SN'), firmware: cell('FW Rev'), bytes: null })]
  })
  return { drives: drives.slice(0, 128), samples: {} }
}
