/** The parsers of disks and volumes that only Windows and macOS have, and `df`. Pure wiring. */
import type { Source } from '../collector.ts'
import { df } from './df.ts'
import { diskutilApfs } from './diskutil-apfs.ts'
import { diskutilAppleRaid } from './diskutil-apple-raid.ts'
import { diskutilInfo } from './diskutil-info.ts'
import { diskutilList } from './diskutil-list.ts'
import { mountMacos } from './mount-macos.ts'
import { systemProfilerStorage } from './system-profiler-storage.ts'
import { windowsDiskDrives } from './windows-disk-drives.ts'
import { windowsDiskEvents } from './windows-disk-events.ts'
import { windowsPhysicalDisks } from './windows-physical-disks.ts'
import { windowsPredictFailure } from './windows-predict-failure.ts'
import { windowsReliability } from './windows-reliability.ts'
import { windowsSmartData } from './windows-smart-data.ts'
import { windowsStoragePools, windowsVirtualDisks } from './windows-storage-spaces.ts'
import { windowsLogicalDisks, windowsVolumes } from './windows-volumes.ts'

/** In the order of `agent parse --list`. */
export const OTHER_SYSTEMS: readonly Source<'disk'>[] = [
  df,
  diskutilApfs,
  diskutilAppleRaid,
  diskutilInfo,
  diskutilList,
  mountMacos,
  systemProfilerStorage,
  windowsDiskDrives,
  windowsDiskEvents,
  windowsPhysicalDisks,
  windowsPredictFailure,
  windowsReliability,
  windowsSmartData,
  windowsStoragePools,
  windowsVirtualDisks,
  windowsLogicalDisks,
  windowsVolumes,
]
