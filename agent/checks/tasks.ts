/** Registry of what the agent runs, by check. One line per check. */
import type { CheckName } from '../../shared/checks/names.ts'
import { ANTIVIRUS_TASKS } from './antivirus/index.ts'
import { BACKUP_TASKS } from './backup/index.ts'
import type { Task } from './collector.ts'
import { DISK_TASKS } from './disk/index.ts'
import { PATCH_TASKS } from './patch/index.ts'
import { POSTURE_TASKS } from './posture/index.ts'
import { SYSTEM_TASKS } from './system/index.ts'

/** Tasks of every check; together the tasks of a check fill its section. */
export const TASKS = {
  antivirus: ANTIVIRUS_TASKS,
  backup: BACKUP_TASKS,
  disk: DISK_TASKS,
  patch: PATCH_TASKS,
  posture: POSTURE_TASKS,
  system: SYSTEM_TASKS,
} as const satisfies { readonly [C in CheckName]: readonly Task<C>[] }
