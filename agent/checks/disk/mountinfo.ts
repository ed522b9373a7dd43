/** Which mounts are volumes that can fill up or fail, and what the mount table says of them. Pure. */
import type { Volume } from '../../../shared/checks/disk.ts'
import { failed, read } from '../../../shared/reading.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { isBelow, isNetworkType } from '../network-mounts.ts'
import { type Mount, parseMountinfo, parseMounts } from './mount-table.ts'

/** Source id; also the `source` of the part. */
export const MOUNTS = 'disk/mounts'

/** File systems on a device of this machine. */
const LOCAL_TYPES: ReadonlySet<string> = new Set(
  'ext2 ext3 ext4 xfs btrfs bcachefs f2fs jfs reiserfs nilfs2 vfat msdos exfat ntfs ntfs3 fuseblk hfs hfsplus apfs zfs ocfs2 gfs2 ufs fuse.mergerfs fuse.ntfs-3g fuse.exfat fuse.zfs'.split(
    ' ',
  ),
)
/** Read-only by their nature: a medium or an image. */
const READ_ONLY_TYPES: ReadonlySet<string> = new Set(['iso9660', 'udf'])
/** Where the system itself keeps memory file systems. */
const SYSTEM_FOLDERS = ['/run', '/dev', '/sys', '/proc', '/var/run', '/var/lock']
/** Where container engines keep one memory file system per secret. */
const ENGINE_FOLDERS = [
  '/var/lib/kubelet',
  '/var/lib/docker',
  '/var/lib/containers',
  '/var/lib/containerd',
  '/snap',
  '/var/snap',
]
/** A container engine mounts these three files of the host into every container. */
const INJECTED_FILES = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']

/** File systems with a fixed number of inodes. XFS, ZFS and NTFS make them from free space: the number moves with it. */
const FIXED_INODES: ReadonlySet<string> = new Set(['ext2', 'ext3', 'ext4', 'tmpfs', 'overlay', 'jfs', 'f2fs', 'ufs'])

/** Whether `inodesTotal` of this file system is a number that stays. */
export function hasFixedInodes(fsType: string): boolean {
  return FIXED_INODES.has(fsType)
}

/**
 * One mount per volume, sorted by mount point. A volume mounted twice counts where it is mounted whole, then where its path
 * is shortest. In a container the overlay at `/` is the system volume.
 */
export function selectMounts(mounts: readonly Mount[]): readonly Mount[] {
  // A later mount on the same point hides the earlier one.
  const visible = [...new Map(mounts.map((mount) => [mount.mount, mount])).values()]
  const byVolume = new Map<string, Mount>()
  for (const mount of visible.filter(counts)) {
    const volume = mount.deviceNumber ?? `${mount.fsType} ${mount.device}`
    const known = byVolume.get(volume)
    if (known === undefined || rank(mount) < rank(known)) byVolume.set(volume, mount)
  }
  return [...byVolume.values()].sort((a, b) => (a.mount < b.mount ? -1 : 1)).slice(0, 128)
}

function counts(mount: Mount): boolean {
  const { fsType, options } = mount
  if (isBelow(mount.mount, ENGINE_FOLDERS) || INJECTED_FILES.includes(mount.mount)) return false
  if (fsType === 'overlay' || fsType === 'fuse.fuse-overlayfs') return mount.mount === '/'
  if (fsType === 'tmpfs') return isPlacedTmpfs(mount)
  // Snaps and images come on loop devices; a read-only one never fills and never fails.
  if (mount.device.startsWith('/dev/loop') && options.includes('ro')) return false
  return LOCAL_TYPES.has(fsType) || READ_ONLY_TYPES.has(fsType) || isNetworkType(fsType)
}

/** A memory file system that somebody placed on purpose: with a size, writable, and outside the system's own folders. */
function isPlacedTmpfs({ mount, options }: Mount): boolean {
  if (mount === '/tmp' || mount === '/var/tmp' || isBelow(mount, SYSTEM_FOLDERS)) return false
  return options.some((option) => option.startsWith('size=')) && !options.includes('ro')
}

/** Lower is better. */
function rank({ mount, root }: Mount): number {
  return (mount === '/' ? 0 : root === '/' ? 1_000 : 2_000) + mount.length
}

/**
 * What the table says of a volume. Only the options of the super block count as read-only: those of a mount are a matter of
 * the agent's own sandbox. `emergency_ro` is how newer kernels show an ext4 that shut itself after an error.
 * @param fstab read-only or not by mount point; null: /etc/fstab was not read.
 */
export function describeMount(
  mount: Mount,
  fstab: ReadonlyMap<string, boolean> | null,
): Omit<Volume, 'size' | 'errorCount'> {
  const readOnlyByNature = READ_ONLY_TYPES.has(mount.fsType)
  return {
    mount: mount.mount,
    device: mount.device,
    fsType: mount.fsType,
    network: isNetworkType(mount.fsType),
    system: mount.mount === '/',
    readOnly: mount.options.includes('ro') || mount.options.includes('emergency_ro'),
    readOnlyExpected: readOnlyByNature ? true : (fstab?.get(mount.mount) ?? null),
  }
}

/** `disk/mounts`: /proc/self/mountinfo or /proc/mounts. Sizes are not in it. */
export const mounts: Source<'disk'> = {
  id: MOUNTS,
  check: 'disk',
  parse: (input) => {
    const text = decode(input.stdout)
    if (text.trim() === '') return err({ code: 'empty', detail: 'the mount table is empty' })
    const infos = parseMountinfo(text)
    const table = infos.length > 0 ? infos : parseMounts(text)
    // Every Linux system has a root; a table without one was cut.
    if (!table.some((mount) => mount.mount === '/')) return err({ code: 'parse', detail: 'no root in the mount table' })
    const size = failed(MOUNTS, { code: 'unsupported', detail: 'the mount table tells no sizes' })
    const volumes = selectMounts(table).map((mount) => ({ ...describeMount(mount, null), errorCount: null, size }))
    return ok({ parts: { volumes: read(MOUNTS, volumes) }, samples: {} })
  },
}
