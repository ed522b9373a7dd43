/** Drives of macOS: what system_profiler and diskutil list, and smartctl beside them. I/O through the probe only. */
import type { Drive } from '../../../shared/checks/disk.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { DISKUTIL_INFO, parseDiskutilInfo } from './diskutil-info.ts'
import { parseDiskutilList } from './diskutil-list.ts'
import { readBesideSystem } from './read-beside-system.ts'
import type { DriveReport } from './smartctl.ts'
import { parseSystemProfilerStorage, SYSTEM_PROFILER_STORAGE } from './system-profiler-storage.ts'

/** The drives part on macOS. */
export async function collectMacosDrives(context: CollectContext): Promise<Contribution<'disk'>> {
  return readBesideSystem(context, {
    source: SYSTEM_PROFILER_STORAGE,
    own: await readOwn(context),
    // smartctl names an NVMe drive by its place in the registry, or `/dev/disk0` as macOS does.
    sameDevice: (own, told) => own.device === told.device,
    needsSmartctl: 'needs-smartctl-macos',
  })
}

/** system_profiler knows serial numbers; diskutil knows the drives (USB, Thunderbolt) that it leaves out. */
async function readOwn(context: CollectContext): Promise<Result<readonly DriveReport[], Failure>> {
  const profiled = await readProfiler(context)
  const listed = await readDiskutil(context, profiled.ok ? profiled.value : [])
  if (!profiled.ok && !listed.ok) return profiled
  const drives = [...(profiled.ok ? profiled.value : []), ...(listed.ok ? listed.value : [])]
  return ok(drives.map((drive) => ({ drive, samples: {} })))
}

async function readProfiler({ probe, off }: CollectContext): Promise<Result<readonly Drive[], Failure>> {
  if (off.has(SYSTEM_PROFILER_STORAGE)) return disabled(SYSTEM_PROFILER_STORAGE)
  const args = ['-json', 'SPNVMeDataType', 'SPSerialATADataType']
  const output = await probe.exec('system_profiler', args, { timeoutMs: MINUTE_MS })
  if (!output.ok) return output
  const found = parseSystemProfilerStorage(output.value.stdout)
  return found.ok ? ok(found.value.drives ?? []) : found
}

async function readDiskutil(
  { probe, off }: CollectContext,
  known: readonly Drive[],
): Promise<Result<readonly Drive[], Failure>> {
  if (off.has(DISKUTIL_INFO)) return disabled(DISKUTIL_INFO)
  const list = await probe.exec('diskutil', ['list', '-plist', 'physical'], { timeoutMs: MINUTE_MS })
  const disks = list.ok ? parseDiskutilList(list.value.stdout) : list
  if (!disks.ok) return disks
  const devices = disks.value
    .map(({ id }) => `/dev/${id}`)
    .filter((device) => !known.some((one) => one.device === device))
  const drives: Drive[] = []
  for (const device of devices.slice(0, 32)) {
    const info = await probe.exec('diskutil', ['info', '-plist', device], { target: device, timeoutMs: MINUTE_MS })
    const found = info.ok ? parseDiskutilInfo(info.value.stdout) : info
    if (found.ok) drives.push(...found.value.filter(({ isPhysical }) => isPhysical).map(({ drive }) => drive))
  }
  return ok(drives)
}

function disabled(source: string): Result<never, Failure> {
  return err({ code: 'disabled', detail: `${source} is switched off for this machine` })
}
