/** Volumes and RAID sets of macOS: `mount` says which there are, the file systems their sizes, diskutil the sets. I/O through the probe only. */
import type { Volume } from '../../../shared/checks/disk.ts'
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { DISKUTIL_APPLE_RAID, parseAppleRaid } from './diskutil-apple-raid.ts'
import { MOUNT_MACOS, macosVolumes, parseMountMacos } from './mount-macos.ts'

const STATFS = 'disk/statfs'

/** The volumes part. The sealed system volume shows the sizes of its container; the data volume beside it is the one that fills. */
export async function collectMacosVolumes({ probe, off }: CollectContext): Promise<Contribution<'disk'>> {
  if (off.has(MOUNT_MACOS)) {
    const reason = { code: 'disabled', detail: `${MOUNT_MACOS} is switched off for this machine` } as const
    return { parts: { volumes: failed(MOUNT_MACOS, reason) }, samples: {} }
  }
  const output = await probe.exec('mount', [])
  const mounts = output.ok ? parseMountMacos(decode(output.value.stdout)) : output
  if (!mounts.ok) return { parts: { volumes: failed(MOUNT_MACOS, mounts.error) }, samples: {} }
  const samples: { [key: string]: number | null } = {}
  const volumes: Volume[] = []
  for (const volume of macosVolumes(mounts.value)) volumes.push(await sized(probe, volume, samples))
  return { parts: { volumes: read(MOUNT_MACOS, volumes) }, samples }
}

async function sized(
  probe: CollectContext['probe'],
  volume: Volume,
  samples: { [key: string]: number | null },
): Promise<Volume> {
  const { mount, network, fsType } = volume
  const facts = await probe.statVolume(mount, { network })
  const isTold = facts.ok && facts.value.totalBytes > 0
  samples[`volume:${mount}:usedBytes`] = isTold ? Math.max(0, facts.value.totalBytes - facts.value.freeBytes) : null
  samples[`volume:${mount}:availableBytes`] = isTold ? facts.value.availableBytes : null
  if (!facts.ok) return { ...volume, size: failed(STATFS, facts.error) }
  if (!isTold) return { ...volume, size: failed(STATFS, { code: 'unsupported', detail: `${mount} tells no size` }) }
  const { totalBytes, inodesTotal, inodesFree } = facts.value
  // APFS has no fixed number, and answers with what its counters hold.
  const hasInodes = fsType !== 'apfs' && inodesTotal > 0 && inodesTotal < 2 ** 40
  if (hasInodes) samples[`volume:${mount}:inodesFree`] = inodesFree
  return { ...volume, size: read(STATFS, { totalBytes, inodesTotal: hasInodes ? inodesTotal : null }) }
}

/** The arrays part: sets of Apple's software RAID. */
export async function collectMacosArrays({ probe, off }: CollectContext): Promise<Contribution<'disk'>> {
  if (off.has(DISKUTIL_APPLE_RAID)) {
    const reason = { code: 'disabled', detail: `${DISKUTIL_APPLE_RAID} is switched off for this machine` } as const
    return { parts: { arrays: failed(DISKUTIL_APPLE_RAID, reason) }, samples: {} }
  }
  const output = await probe.exec('diskutil', ['appleRAID', 'list', '-plist'], { timeoutMs: MINUTE_MS })
  const found = output.ok ? parseAppleRaid(output.value.stdout) : output
  if (!found.ok) return { parts: { arrays: failed(DISKUTIL_APPLE_RAID, found.error) }, samples: {} }
  return { parts: { arrays: read(DISKUTIL_APPLE_RAID, [...found.value.arrays]) }, samples: found.value.samples }
}
