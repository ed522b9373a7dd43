/** Every question to Windows, check by check: what the scripts are made of. Pure data. */
import { ANTIVIRUS_QUERIES } from '../antivirus/windows-queries.ts'
import { BACKUP_QUERIES } from '../backup/windows-queries.ts'
import { DISK_QUERIES } from '../disk/windows-queries.ts'
import { PATCH_QUERIES } from '../patch/windows-queries.ts'
import { POSTURE_QUERIES } from '../posture/windows-queries.ts'
import { SYSTEM_QUERIES } from '../system/windows-queries.ts'
import type { WindowsQuery } from './query.ts'

/** All questions; a block's name is told once. */
export const WINDOWS_QUERIES: readonly WindowsQuery[] = [
  ...ANTIVIRUS_QUERIES,
  ...BACKUP_QUERIES,
  ...DISK_QUERIES,
  ...PATCH_QUERIES,
  ...POSTURE_QUERIES,
  ...SYSTEM_QUERIES,
]
