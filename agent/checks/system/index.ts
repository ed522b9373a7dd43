/** The system check: its sources (parsers that `agent parse` names) and its tasks (what the agent runs). */
import type { Source, Task } from '../collector.ts'
import { identityTask, inventoryTask, vitalsTask } from './collect.ts'
import { systeminformation } from './inventory.ts'
import { ioregBattery, systemProfilerPower } from './macos-battery.ts'
import { osRelease } from './os-release.ts'
import { swVers, systemVersionPlist } from './sw-vers.ts'
import { sysctl } from './sysctl.ts'
import { systemProfilerHardware } from './system-profiler-hardware.ts'
import { systeminfo } from './systeminfo.ts'
import { detectVirt } from './virtualization.ts'
import { windowsBattery } from './windows-battery.ts'
import { windowsComputer } from './windows-computer.ts'
import { windowsEvents } from './windows-events.ts'
import { windowsVersion } from './windows-version.ts'
import { wtmp } from './wtmp.ts'

/** Parsers, in the order of `agent parse --list`. */
export const SYSTEM_SOURCES: readonly Source<'system'>[] = [
  osRelease,
  detectVirt,
  systeminformation,
  wtmp,
  windowsVersion,
  windowsComputer,
  windowsBattery,
  windowsEvents,
  systeminfo,
  swVers,
  systemVersionPlist,
  sysctl,
  systemProfilerHardware,
  systemProfilerPower,
  ioregBattery,
]

/** Tasks, the quick ones first: at start they run in this order. */
export const SYSTEM_TASKS: readonly Task<'system'>[] = [identityTask, vitalsTask, inventoryTask]
