/** Where copies go: from a repository address or a mounted folder, without credentials. Pure. */
import type { Destination } from '../../../shared/checks/backup.ts'

/** Type and label of a place. */
export type Place = Pick<Destination, 'kind' | 'label'>

const NETWORK: { readonly [fsType: string]: Destination['kind'] } = {
  nfs: 'nfs',
  nfs4: 'nfs',
  cifs: 'smb',
  smb3: 'smb',
  smbfs: 'smb',
  'fuse.sshfs': 'sftp',
  'fuse.rclone': 'cloud',
  'fuse.s3fs': 's3',
  davfs: 'cloud',
  'fuse.davfs': 'cloud',
}
const CLOUD = new Set(['b2', 'azure', 'gs', 'swift', 'rclone'])

/**
 * The place of a restic repository (`sftp:user@host:/p`, `rest:https://…`, `s3:…`, `rclone:…`); null: a folder of this
 * machine. The label holds host, bucket or remote, never a user, password, query or token.
 */
export function parseRepository(repository: string): Place | null {
  const [, scheme = '', rest = ''] = /^([a-z0-9]{2,10}):(.*)$/s.exec(repository) ?? []
  if (scheme === '') return null
  if (scheme === 'sftp') return { kind: 'sftp', label: hostOf(rest) }
  if (scheme === 's3') return { kind: 's3', label: addressOf(rest) }
  if (scheme === 'rest') return { kind: 'server', label: addressOf(rest) }
  if (CLOUD.has(scheme)) return { kind: 'cloud', label: `${scheme}:${rest.split(/[:/]/, 1)[0] ?? ''}`.slice(0, 256) }
  return { kind: 'unknown', label: null }
}

/** `user@host:/path` or `//user@host:22/path` → host. */
function hostOf(rest: string): string | null {
  const host = /^(?:\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/@]+)/.exec(rest)?.[1]
  return host?.slice(0, 256) ?? null
}

/** `https://user:secret@host:8000/bucket?x` → `host:8000/bucket`. */
function addressOf(rest: string): string | null {
  const address = rest.replace(/^[a-z]+:\/\//i, '').replace(/[?#].*$/s, '')
  const slash = address.indexOf('/')
  const authority = slash === -1 ? address : address.slice(0, slash)
  const path = slash === -1 ? '' : address.slice(slash)
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return host === '' ? null : `${host}${path}`.slice(0, 256)
}

/** One mount that matters here. */
export type Mount = { readonly point: string; readonly fsType: string; readonly device: string }

/** The mount that holds a path: the longest mount point above it, the last of equals (it covers the others). null: none. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  const holds = ({ point }: Mount) => point === '/' || path === point || path.startsWith(`${point}/`)
  return mounts.filter(holds).reduce<Mount | null>((best, one) => {
    return best === null || one.point.length >= best.point.length ? one : best
  }, null)
}

/** /proc/mounts → mounts. Spaces in paths stand there as `\040`. */
export function parseMounts(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [device, point, fsType] = line.split(' ')
    if (device === undefined || point === undefined || fsType === undefined) return []
    return [{ device: unescape8(device), point: unescape8(point), fsType }]
  })
}

function unescape8(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/**
 * Kind of the disk under a folder. @param sysPath target of /sys/dev/block/<major>:<minor>; null: not a block device.
 */
export function kindOfMount(mount: Mount | null, sysPath: string | null): Destination['kind'] {
  const network = mount === null ? undefined : NETWORK[mount.fsType]
  if (network !== undefined) return network
  if (sysPath !== null && /\/usb\d+\//.test(sysPath)) return 'usb'
  return mount === null ? 'unknown' : 'local'
}

/** `major:minor` of a device number as stat(2) gives it. */
export function deviceName(device: number): string {
  const low = device % 2 ** 32
  const high = Math.floor(device / 2 ** 32)
  const major = (Math.floor(low / 256) % 4_096) + Math.floor(high / 4_096) * 4_096
  const minor = (low % 256) + Math.floor(low / 2 ** 20) * 256
  return `${major}:${minor}`
}

/** Disk of a block device from its sysfs path (`…/block/sda/sda1` → `sda`); null: a stacked or unknown one (dm, md, loop). */
export function diskOf(sysPath: string): string | null {
  const disk = /\/block\/([^/]+)/.exec(sysPath)?.[1] ?? null
  return disk === null || sysPath.includes('/virtual/') ? null : disk
}

/** Two places by device number and, where that differs, by disk. null: could not be told. */
export function isSameDisk(
  a: { readonly device: number; readonly disk: string | null },
  b: { readonly device: number; readonly disk: string | null },
  network: boolean,
): boolean | null {
  if (a.device === b.device) return true
  if (network) return false
  return a.disk === null || b.disk === null ? null : a.disk === b.disk
}

/** Whether a kind of place is reached over a network. */
export function isNetwork(kind: Destination['kind']): boolean {
  return kind !== 'local' && kind !== 'usb' && kind !== 'unknown'
}
