/** The room `backup`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { borgLogSource } from './borg-log.ts'
import { borgInfoSource, borgListSource, borgmaticSource } from './borg-sources.ts'
import { jobsTask } from './collect.ts'
import { dataTask } from './collect-data.ts'
import { lookalikesTask } from './collect-lookalikes.ts'
import { fileDropSource } from './drop-job.ts'
import { duplicatiSource } from './duplicati.ts'
import { duplicityStatusSource } from './duplicity-status.ts'
import { hookSource } from './hook-source.ts'
import { kopiaSnapshotsSource } from './kopia-snapshots.ts'
import { proxmoxBackupSource } from './proxmox-backup.ts'
import { resticBackupSource } from './restic-backup.ts'
import { resticCheckSource } from './restic-check.ts'
import { resticSnapshotsSource, resticStatsSource } from './restic-sources.ts'
import { rsnapshotLogSource } from './rsnapshot-log.ts'
import { btrfsSnapshotsSource, snapperListSource, timeshiftListSource, zfsSnapshotsSource } from './snapshot-sources.ts'
import { SYSTEM_BACKUP_SOURCES } from './system-sources.ts'
import { urbackupStatusSource } from './urbackup-status.ts'
import { veeamEmSource } from './veeam-em.ts'
import { veeamSessionsSource } from './veeam-sessions.ts'
import { vzdumpLogSource } from './vzdump-log.ts'

/** What the agent runs for the check `backup`. */
export const BACKUP_TASKS: readonly Task<'backup'>[] = [jobsTask, dataTask, lookalikesTask]

/** What `agent parse backup/…` knows. */
export const BACKUP_SOURCES: readonly Source<'backup'>[] = [
  resticSnapshotsSource,
  resticStatsSource,
  resticCheckSource,
  resticBackupSource,
  borgListSource,
  borgInfoSource,
  borgLogSource,
  borgmaticSource,
  kopiaSnapshotsSource,
  duplicatiSource,
  duplicityStatusSource,
  rsnapshotLogSource,
  timeshiftListSource,
  snapperListSource,
  zfsSnapshotsSource,
  btrfsSnapshotsSource,
  vzdumpLogSource,
  urbackupStatusSource,
  veeamSessionsSource,
  veeamEmSource,
  proxmoxBackupSource,
  fileDropSource,
  hookSource,
  ...SYSTEM_BACKUP_SOURCES,
]
