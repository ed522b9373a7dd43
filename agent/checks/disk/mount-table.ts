/** Parses the kernel's mount tables and /etc/fstab. Pure and total. */
import { unescapeMount } from '../network-mounts.ts'

/** One line of /proc/self/mountinfo (or /proc/mounts, which tells neither device number nor root). */
export type Mount = {
  readonly mount: string
  /** Source as named: `/dev/sda1`, `server:/export`, `tmpfs`. */
  readonly device: string
  readonly fsType: string
  /** `8:1`; null: not told. Two mounts with one number show one volume. */
  readonly deviceNumber: string | null
  /** Folder of the volume that is mounted; `/` unless it is a bind mount or a subvolume. */
  readonly root: string
  /** Options of the volume itself (super block), not of this mount: a sandbox makes its own view read-only. */
  readonly options: readonly string[]
}

const MAX_LINES = 10_000

/** Lines that are not understood are left out. @param text /proc/self/mountinfo. */
export function parseMountinfo(text: string): readonly Mount[] {
  return text.split('\n', MAX_LINES).flatMap((line) => {
    const dash = line.indexOf(' - ')
    if (dash < 0) return []
    const [, , deviceNumber, root, mount] = line.slice(0, dash).split(' ')
    const [fsType, device, options] = line.slice(dash + 3).split(' ')
    if (deviceNumber === undefined || root === undefined || mount === undefined) return []
    if (fsType === undefined || device === undefined) return []
    return [entry({ mount, device, fsType, deviceNumber, root, options })]
  })
}

/** @param text /proc/mounts or /proc/self/mounts. Its options are those of mount and volume together. */
export function parseMounts(text: string): readonly Mount[] {
  return text.split('\n', MAX_LINES).flatMap((line) => {
    const [device, mount, fsType, options] = line.split(' ')
    if (device === undefined || mount === undefined || fsType === undefined || options === undefined) return []
    return mount.startsWith('/') ? [entry({ mount, device, fsType, deviceNumber: null, root: '/', options })] : []
  })
}

type Fields = Omit<Mount, 'options'> & { readonly options: string | undefined }

function entry(fields: Fields): Mount {
  return {
    mount: unescapeMount(fields.mount).slice(0, 512),
    device: unescapeMount(fields.device).slice(0, 256),
    fsType: fields.fsType.slice(0, 32),
    deviceNumber: fields.deviceNumber,
    root: unescapeMount(fields.root),
    options: (fields.options ?? '').split(','),
  }
}

/** Whether /etc/fstab mounts each of its mount points read-only. */
export function parseFstab(text: string): ReadonlyMap<string, boolean> {
  const readOnly = new Map<string, boolean>()
  for (const line of text.split('\n', MAX_LINES)) {
    const [device, mount, , options] = line.trim().split(/[ \t]+/, 4)
    if (device === undefined || device.startsWith('#') || mount === undefined || !mount.startsWith('/')) continue
    readOnly.set(unescapeMount(mount), (options ?? '').split(',').includes('ro'))
  }
  return readOnly
}
