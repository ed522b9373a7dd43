/** The disk check: its sources (parsers that `agent parse` names) and its tasks (what the agent runs). */
import type { Source, Task } from '../collector.ts'
import { arraysTask } from './collect-arrays.ts'
import { drivesTask } from './collect-drives.ts'
import { volumesTask } from './collect-volumes.ts'
import { mdstat } from './mdstat.ts'
import { mounts } from './mountinfo.ts'
import { smartctl } from './smartctl.ts'
import { smartctlScan } from './smartctl-scan.ts'

/** Parsers, in the order of `agent parse --list`. */
export const DISK_SOURCES: readonly Source<'disk'>[] = [smartctl, smartctlScan, mdstat, mounts]

/** Tasks, the quick ones first: at start they run in this order. */
export const DISK_TASKS: readonly Task<'disk'>[] = [volumesTask, arraysTask, drivesTask]
