/** Volumes and RAID sets of macOS: `mount` says which there are, the file systems their sizes, diskutil the sets. I/O through the probe only. */
import type { Volume } from '../../../shared/checks/disk.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { DISKUTIL_APPLE_RAID, parseAppleRaid } from './diskutil-apple-raid.ts'
import { MOUNT_MACOS, macosVolumes, parseMountMacos } from './mount-macos.ts'

const STATFS = 'disk/statfs'
/** Volumes come and go seldom; their sizes are asked of the file systems at every run, without a child. */
const MOUNTS_KEPT_MS = 30 * MINUTE_MS
/** A Mac without a set is asked again after hours: hardly any has one. */
const SETS_KEPT_MS = 30 * MINUTE_MS
const NO_SETS_KEPT_MS = 6 * HOUR_MS

/** An answer that stands for a while; a failed one is asked again at the next run. */
async function keptFor<T>(
  { memo, now }: Pick<CollectContext, 'memo' | 'now'>,
  keptMs: (value: T) => number,
  ask: () => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const known = memo.get('answer') as { readonly askedAt: EpochMs; readonly value: T } | undefined // only this function writes it
  if (known !== undefined && Math.abs(now - known.askedAt) < keptMs(known.value)) return ok(known.value)
  const found = await ask()
  if (found.ok) memo.set('answer', { askedAt: now, value: found.value })
  else memo.delete('answer')
  return found
}

/** The volumes part. The sealed system volume shows the sizes of its container; the data volume beside it is the one that fills. */
export async function collectMacosVolumes(context: CollectContext): Promise<Contribution<'disk'>> {
  const { probe, off } = context
  if (off.has(MOUNT_MACOS)) {
    const reason = { code: 'disabled', detail: `${MOUNT_MACOS} is switched off for this machine` } as const
    return { parts: { volumes: failed(MOUNT_MACOS, reason) }, samples: {} }
  }
  const mounts = await keptFor(
    context,
    () => MOUNTS_KEPT_MS,
    async () => {
      const output = await probe.exec('mount', [])
      return output.ok ? parseMountMacos(decode(output.value.stdout)) : output
    },
  )
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
export async function collectMacosArrays(context: CollectContext): Promise<Contribution<'disk'>> {
  const { probe, off } = context
  if (off.has(DISKUTIL_APPLE_RAID)) {
    const reason = { code: 'disabled', detail: `${DISKUTIL_APPLE_RAID} is switched off for this machine` } as const
    return { parts: { arrays: failed(DISKUTIL_APPLE_RAID, reason) }, samples: {} }
  }
  const found = await keptFor(
    context,
    ({ arrays }: { readonly arrays: readonly unknown[] }) => (arrays.length === 0 ? NO_SETS_KEPT_MS : SETS_KEPT_MS),
    async () => {
      const output = await probe.exec('diskutil', ['appleRAID', 'list', '-plist'], { timeoutMs: MINUTE_MS })
      return output.ok ? parseAppleRaid(output.value.stdout) : output
    },
  )
  if (!found.ok) return { parts: { arrays: failed(DISKUTIL_APPLE_RAID, found.error) }, samples: {} }
  return { parts: { arrays: read(DISKUTIL_APPLE_RAID, [...found.value.arrays]) }, samples: found.value.samples }
}
