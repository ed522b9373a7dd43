/** The disk check: its sources (parsers that `agent parse` names) and its tasks (what the agent runs). */
import type { Source, Task } from '../collector.ts'
import { arraysTask } from './collect-arrays.ts'
import { controllersTask } from './collect-controllers.ts'
import { deviceErrorsTask } from './collect-device-errors.ts'
import { drivesTask } from './collect-drives.ts'
import { poolsTask } from './collect-pools.ts'
import { volumesTask } from './collect-volumes.ts'
import { LINUX_AND_VENDORS } from './linux-sources.ts'
import { mdstat } from './mdstat.ts'
import { mounts } from './mountinfo.ts'
import { OTHER_SYSTEMS } from './other-systems.ts'
import { smartctl } from './smartctl.ts'
import { smartctlScan } from './smartctl-scan.ts'

/** Parsers, in the order of `agent parse --list`. */
export const DISK_SOURCES: readonly Source<'disk'>[] = [
  smartctl,
  smartctlScan,
  mdstat,
  mounts,
  ...LINUX_AND_VENDORS,
  ...OTHER_SYSTEMS,
]

/** Tasks, the quick ones first: at start they run in this order. */
export const DISK_TASKS: readonly Task<'disk'>[] = [
  volumesTask,
  arraysTask,
  poolsTask,
  controllersTask,
  deviceErrorsTask,
  drivesTask,
]
