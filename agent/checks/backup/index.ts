/** The room `backup`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { jobsTask } from './collect.ts'
import { dataTask } from './collect-data.ts'
import { fileDropSource } from './drop-job.ts'
import { hookSource } from './hook-source.ts'
import { resticCheckSource, resticSnapshotsSource, resticStatsSource } from './restic-sources.ts'

/** What the agent runs for the check `backup`. */
export const BACKUP_TASKS: readonly Task<'backup'>[] = [jobsTask, dataTask]

/** What `agent parse backup/…` knows. */
export const BACKUP_SOURCES: readonly Source<'backup'>[] = [
  resticSnapshotsSource,
  resticStatsSource,
  resticCheckSource,
  fileDropSource,
  hookSource,
]
