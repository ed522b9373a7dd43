/** The room `patch`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { aptHistorySource } from './apt-history.ts'
import { aptListSource } from './apt-list.ts'
import { aptConfigSource } from './apt-periodic.ts'
import { aptSource } from './apt-updates.ts'
import { updatesTask } from './collect.ts'
import { automaticTask, stateTask } from './collect-state.ts'
import { dpkgAuditSource } from './dpkg-audit.ts'
import { rebootRequiredSource } from './reboot.ts'

/** What the agent runs for the check `patch`. */
export const PATCH_TASKS: readonly Task<'patch'>[] = [updatesTask, automaticTask, stateTask]

/** What `agent parse patch/…` knows. */
export const PATCH_SOURCES: readonly Source<'patch'>[] = [
  aptSource,
  aptListSource,
  aptHistorySource,
  aptConfigSource,
  dpkgAuditSource,
  rebootRequiredSource,
]
