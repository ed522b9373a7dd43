/** The system check: its sources (parsers that `agent parse` names) and its tasks (what the agent runs). */
import type { Source, Task } from '../collector.ts'
import { identityTask, inventoryTask, vitalsTask } from './collect.ts'
import { systeminformation } from './inventory.ts'
import { osRelease } from './os-release.ts'
import { detectVirt } from './virtualization.ts'

/** Parsers, in the order of `agent parse --list`. */
export const SYSTEM_SOURCES: readonly Source<'system'>[] = [osRelease, detectVirt, systeminformation]

/** Tasks, the quick ones first: at start they run in this order. */
export const SYSTEM_TASKS: readonly Task<'system'>[] = [identityTask, vitalsTask, inventoryTask]
