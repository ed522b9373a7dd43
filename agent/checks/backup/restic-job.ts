/** The job of an output of restic whose repository is not known. Pure data. */
import { type JobName, UNKNOWN_PLACE } from './run-facts.ts'

/** restic has no repository without encryption. */
export const RESTIC_JOB: JobName = {
  tool: 'restic',
  name: 'repository',
  destination: { ...UNKNOWN_PLACE, encrypted: true },
  everyMs: null,
}
