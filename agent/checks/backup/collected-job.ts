/** What the collection of one job gives. Types only. */
import type { Job } from '../../../shared/checks/backup.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'

/** A job and the numbers that move with it. */
export type CollectedJob = { readonly job: Job; readonly samples: SampleValues }
