/** Task `disk/volumes`: sizes, inodes, read-only and error state of every volume, from the kernel. No child except for network mounts. */
import type { Volume } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { failed, read } from '../../../shared/reading.ts'
import type { Probe, VolumeFacts } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { isNetworkType } from '../network-mounts.ts'
import { collectMacosVolumes } from './collect-macos-storage.ts'
import { collectWindowsVolumes } from './collect-windows-storage.ts'
import { type Mount, parseFstab, parseMountinfo } from './mount-table.ts'
import { describeMount, hasFixedInodes, MOUNTS, selectMounts } from './mountinfo.ts'

const STATFS = 'disk/statfs'
/** A total that moves with what others store (ZFS, network shares) is told again only when it moved by more than this. */
const STEADY_PERMILLE = 10

/** Every minute, from the kernel alone. */
export const volumesTask: Task<'disk'> = {
  id: 'disk/volumes',
  check: 'disk',
  cadence: 'capacity',
  parts: ['volumes'],
  timeoutMs: 60_000,
  collect: collectVolumes,
}

async function collectVolumes(context: CollectContext): Promise<Contribution<'disk'>> {
  const { probe, off, memo } = context
  if (probe.platform === 'win32') return collectWindowsVolumes(context)
  if (probe.platform === 'darwin') return collectMacosVolumes(context)
  if (off.has(MOUNTS)) return nothing({ code: 'disabled', detail: `${MOUNTS} is switched off for this machine` })
  const table = await probe.readFile('/proc/self/mountinfo', { maxBytes: 4 * 1024 * 1024 })
  if (!table.ok) return nothing(table.error)
  const all = parseMountinfo(decode(table.value))
  if (all.length === 0) return nothing({ code: 'parse', detail: '/proc/self/mountinfo holds no mount' })
  const fstabFile = await probe.readFile('/etc/fstab')
  const fstab = fstabFile.ok ? parseFstab(decode(fstabFile.value)) : null
  const described = await Promise.all(selectMounts(all).map((mount) => readVolume(probe, mount, fstab, memo)))
  const found = described.filter((one) => one !== null)
  const samples: { [key: string]: number | null } = {}
  for (const one of found) Object.assign(samples, one.samples)
  return {
    parts: {
      volumes: read(
        MOUNTS,
        found.map((one) => one.volume),
      ),
    },
    samples,
  }
}

function nothing(failure: Parameters<typeof failed>[1]): Contribution<'disk'> {
  return { parts: { volumes: failed(MOUNTS, failure) }, samples: {} }
}

type Described = { readonly volume: Volume; readonly samples: SampleValues }

/** @returns null for a single file that a container engine mounted from the host. */
async function readVolume(
  probe: Probe,
  mount: Mount,
  fstab: ReadonlyMap<string, boolean> | null,
  memo: Map<string, unknown>,
): Promise<Described | null> {
  const network = isNetworkType(mount.fsType)
  if (!network && mount.root !== '/') {
    const place = await probe.stat(mount.mount, { follow: true })
    if (place.ok && place.value.kind === 'file') return null
  }
  const errorCount = network ? null : await readErrorCount(probe, mount)
  const about = { ...describeMount(mount, fstab), errorCount }
  const facts = await probe.statVolume(mount.mount, { network })
  if (!facts.ok) return { volume: { ...about, size: failed(STATFS, facts.error) }, samples: unread(mount) }
  if (facts.value.totalBytes === 0) {
    const size = failed(STATFS, { code: 'unsupported', detail: `${mount.mount} (${mount.fsType}) tells no size` })
    return { volume: { ...about, size }, samples: unread(mount) }
  }
  const totalBytes = steady(memo, mount, facts.value.totalBytes)
  const inodesTotal = hasFixedInodes(mount.fsType) && facts.value.inodesTotal > 0 ? facts.value.inodesTotal : null
  return {
    volume: { ...about, size: read(STATFS, { totalBytes, inodesTotal }) },
    samples: figures(mount, facts.value, inodesTotal),
  }
}

function figures({ mount }: Mount, facts: VolumeFacts, inodesTotal: number | null): SampleValues {
  return {
    [`volume:${mount}:usedBytes`]: Math.max(0, facts.totalBytes - facts.freeBytes),
    [`volume:${mount}:availableBytes`]: facts.availableBytes,
    ...(inodesTotal === null ? {} : { [`volume:${mount}:inodesFree`]: facts.inodesFree }),
  }
}

/** A volume that does not answer keeps its keys, without numbers. */
function unread({ mount, fsType }: Mount): SampleValues {
  return {
    [`volume:${mount}:usedBytes`]: null,
    [`volume:${mount}:availableBytes`]: null,
    ...(hasFixedInodes(fsType) ? { [`volume:${mount}:inodesFree`]: null } : {}),
  }
}

function steady(memo: Map<string, unknown>, { mount, fsType }: Mount, totalBytes: number): number {
  if (fsType !== 'zfs' && !isNetworkType(fsType)) return totalBytes
  const slot = `total ${mount}`
  const known = memo.get(slot)
  if (typeof known === 'number' && Math.abs(known - totalBytes) * 1_000 <= known * STEADY_PERMILLE) return known
  memo.set(slot, totalBytes)
  return totalBytes
}

/**
 * ext4 counts its errors; since an ext4 that shut itself after an I/O error may still show `rw` in every mount table
 * (Debian 12, kernel 6.1: real-systems.md 9.1), the count is the better witness.
 * @returns null where no count is kept.
 */
async function readErrorCount(probe: Probe, { fsType, deviceNumber }: Mount): Promise<number | null> {
  if (!/^ext[234]$/.test(fsType) || deviceNumber === null) return null
  // `../../devices/…/block/sda/sda1`: the last part is the name under /sys/fs/ext4.
  const link = await probe.readLink(`/sys/dev/block/${deviceNumber}`)
  const name = link.ok ? link.value.split('/').at(-1) : undefined
  if (name === undefined || name === '') return null
  const file = await probe.readFile(`/sys/fs/ext4/${name}/errors_count`, { maxBytes: 64 })
  const text = file.ok ? decode(file.value).trim() : ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}
