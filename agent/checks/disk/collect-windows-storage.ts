/** Volumes, Storage Spaces and logged errors of Windows, from the answers of its own PowerShell. I/O through the probe only. */
import { type Failure, failed, type Reading, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { askWindowsRaw } from '../windows/ask.ts'
import { DISK_EVENTS_BLOCK, parseDiskEvents, WINDOWS_DISK_EVENTS } from './windows-disk-events.ts'
import {
  parseStoragePools,
  parseVirtualDisks,
  STORAGE_POOLS_BLOCK,
  VIRTUAL_DISKS_BLOCK,
  WINDOWS_STORAGE_POOLS,
  WINDOWS_VIRTUAL_DISKS,
} from './windows-storage-spaces.ts'
import {
  parseWindowsVolumes,
  VOLUMES_BLOCK,
  WINDOWS_VOLUMES,
  type WindowsVolume,
  windowsVolumeSamples,
} from './windows-volumes.ts'

/** One question whose parser may tell that it is switched off. */
async function ask<T>(
  context: CollectContext,
  source: string,
  block: string,
  parse: (bytes: Uint8Array) => Result<T, Failure>,
): Promise<Result<T, Failure>> {
  if (context.off.has(source)) return err({ code: 'disabled', detail: `${source} is switched off for this machine` })
  const raw = await askWindowsRaw(context, block)
  return raw.ok ? parse(raw.value) : raw
}

const readingOf = <T>(source: string, result: Result<T, Failure>): Reading<T> =>
  result.ok ? read(source, result.value) : failed(source, result.error)

/** The volumes part. Sizes are asked of the file system itself at every run; what it does not answer comes from the list. */
export async function collectWindowsVolumes(context: CollectContext): Promise<Contribution<'disk'>> {
  const found = await ask(context, WINDOWS_VOLUMES, VOLUMES_BLOCK, (bytes) =>
    parseWindowsVolumes(bytes, WINDOWS_VOLUMES),
  )
  if (!found.ok) return { parts: { volumes: failed(WINDOWS_VOLUMES, found.error) }, samples: {} }
  const samples: { [key: string]: number | null } = {}
  for (const one of found.value) Object.assign(samples, windowsVolumeSamples(await fresh(context, one)))
  const volumes = found.value.map(({ volume }) => volume)
  return { parts: { volumes: read(WINDOWS_VOLUMES, volumes) }, samples }
}

async function fresh({ probe }: CollectContext, one: WindowsVolume): Promise<WindowsVolume> {
  const { volume } = one
  if (volume.network || volume.size.state !== 'value' || volume.mount.startsWith('\\\\')) return one
  const facts = await probe.statVolume(`${volume.mount}\\`, { network: false })
  return facts.ok && facts.value.totalBytes > 0 ? { volume, freeBytes: facts.value.availableBytes } : one
}

/** The arrays part: spaces. A Windows without Storage Spaces (7, 2008) has none of them, by nature. */
export async function collectWindowsArrays(context: CollectContext): Promise<Contribution<'disk'>> {
  const found = await ask(context, WINDOWS_VIRTUAL_DISKS, VIRTUAL_DISKS_BLOCK, parseVirtualDisks)
  const arrays = !found.ok && found.error.code === 'unsupported' ? ok([]) : found
  return {
    parts: { arrays: readingOf(WINDOWS_VIRTUAL_DISKS, arrays.ok ? ok([...arrays.value]) : arrays) },
    samples: {},
  }
}

/** The pools part: storage pools. */
export async function collectWindowsPools(context: CollectContext): Promise<Contribution<'disk'>> {
  const found = await ask(context, WINDOWS_STORAGE_POOLS, STORAGE_POOLS_BLOCK, parseStoragePools)
  if (found.ok) {
    const { pools, samples } = found.value
    return { parts: { pools: read(WINDOWS_STORAGE_POOLS, [...pools]) }, samples }
  }
  const none = found.error.code === 'unsupported'
  return {
    parts: { pools: none ? read(WINDOWS_STORAGE_POOLS, []) : failed(WINDOWS_STORAGE_POOLS, found.error) },
    samples: {},
  }
}

/** The deviceErrors part: what the System log holds of a week. */
export async function collectWindowsDeviceErrors(context: CollectContext): Promise<Contribution<'disk'>> {
  const found = await ask(context, WINDOWS_DISK_EVENTS, DISK_EVENTS_BLOCK, (bytes) =>
    parseDiskEvents(bytes, context.now),
  )
  return {
    parts: { deviceErrors: readingOf(WINDOWS_DISK_EVENTS, found.ok ? ok([...found.value]) : found) },
    samples: {},
  }
}
