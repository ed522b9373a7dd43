/** Registry of the sources that the agent can parse, by check. One line per check. Pure wiring. */
import type { CheckName } from '../../shared/checks/names.ts'
import { ANTIVIRUS_SOURCES } from './antivirus/index.ts'
import { BACKUP_SOURCES } from './backup/index.ts'
import type { Source } from './collector.ts'
import { DISK_SOURCES } from './disk/index.ts'
import { PATCH_SOURCES } from './patch/index.ts'
import { POSTURE_SOURCES } from './posture/index.ts'
import { SYSTEM_SOURCES } from './system/index.ts'

/** Sources of every check: what `agent parse` knows. */
export const SOURCES = {
  antivirus: ANTIVIRUS_SOURCES,
  backup: BACKUP_SOURCES,
  disk: DISK_SOURCES,
  patch: PATCH_SOURCES,
  posture: POSTURE_SOURCES,
  system: SYSTEM_SOURCES,
} as const satisfies { readonly [C in CheckName]: readonly Source<C>[] }
