/** What one tool said of one job → the job of the section and its samples. Pure. */
import type { BackupSection, Destination, Job, Lookalike } from '../../../shared/checks/backup.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Contribution } from '../collector.ts'
import type { CollectedJob } from './collected-job.ts'

const MAX_JOBS = 64
const MAX_LOOKALIKES = 32

/** A place of which nothing is told. */
export const UNKNOWN_PLACE: Destination = {
  kind: 'unknown',
  label: null,
  sameDisk: null,
  offsite: null,
  encrypted: null,
}

/** Whose run it is. */
export type JobName = {
  readonly tool: Job['tool']
  readonly name: string
  readonly destination: Destination
  /** Promised rhythm; null: not told. */
  readonly everyMs: number | null
}

/** What a tool tells of a job; null: it does not tell. Only a run that ended well moves `lastSuccessAt`. */
export type RunFacts = {
  readonly lastResult: 'success' | 'partial' | 'failed' | null
  readonly copies: number | null
  readonly bytes: number | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastRunAt: EpochMs | null
  readonly lastPartialAt: EpochMs | null
  /** Start of a run that has not ended. */
  readonly startedAt: EpochMs | null
  readonly durationMs: number | null
  /** The tool checked what it keeps and found nothing wrong. */
  readonly verifiedAt: EpochMs | null
}

/** Facts of a tool that tells nothing yet. */
export const NOTHING_TOLD: RunFacts = {
  lastResult: null,
  copies: null,
  bytes: null,
  lastSuccessAt: null,
  lastRunAt: null,
  lastPartialAt: null,
  startedAt: null,
  durationMs: null,
  verifiedAt: null,
}

/** Id of a job: `<tool>:<name>`, at most 128 characters, no control characters. */
export function jobId({ tool, name }: Pick<JobName, 'tool' | 'name'>): string {
  return `${tool}:${plainName(name)}`.slice(0, 128).toWellFormed()
}

/** A name of the outside world for ids and labels: one line, capped. */
export function plainName(name: string): string {
  const plain = name
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 100)
    .toWellFormed()
  return plain === '' ? 'unnamed' : plain
}

/** A job that could be read. How many copies there are moves with every run and is a sample; zero is part of the section. */
export function readJob(source: string, name: JobName, facts: RunFacts): CollectedJob {
  const { lastResult, copies, bytes } = facts
  const status = read(source, {
    lastResult,
    copies: copies === 0 ? 0 : null,
    tooSmall: bytes === null ? null : bytes === 0,
  })
  return { job: jobOf(name, status), samples: samplesOf(jobId(name), facts) }
}

/** A job that could not be judged, and why. */
export function failJob(source: string, name: JobName, failure: Failure): CollectedJob {
  return { job: jobOf(name, failed(source, failure)), samples: { [`job:${jobId(name)}:lastSuccessAt`]: null } }
}

function jobOf(name: JobName, status: Job['status']): Job {
  return {
    id: jobId(name),
    tool: name.tool,
    name: plainName(name.name),
    destination: name.destination,
    expectedEveryMs: name.everyMs,
    status,
  }
}

function samplesOf(id: string, facts: RunFacts): SampleValues {
  const told = (
    ['copies', 'bytes', 'lastRunAt', 'lastPartialAt', 'startedAt', 'durationMs', 'verifiedAt'] as const
  ).flatMap((key) => (facts[key] === null ? [] : [[`job:${id}:${key}`, facts[key]] as const]))
  return { [`job:${id}:lastSuccessAt`]: facts.lastSuccessAt, ...Object.fromEntries(told) }
}

/** The part `jobs` of one source. Errors: `parse` when there are more jobs than a section holds. */
export function jobsPart(source: string, collected: readonly CollectedJob[]): Result<Contribution<'backup'>, Failure> {
  if (collected.length > MAX_JOBS)
    return err({ code: 'parse', detail: `${collected.length} jobs, at most ${MAX_JOBS}` })
  const jobs = numbered(collected.map(({ job }) => job.id)).map((id, at) => ({ ...collected[at], id }))
  return ok({
    parts: {
      jobs: read(
        source,
        jobs.flatMap(({ job, id }) => (job === undefined ? [] : [{ ...job, id }])),
      ),
    },
    samples: Object.assign({}, ...jobs.map(({ samples, job, id }) => renamed(samples ?? {}, job?.id ?? id, id))),
  })
}

/** Ids that occur twice get a number: two jobs must not hide behind one. */
function numbered(ids: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return ids.map((id) => {
    const times = (seen.get(id) ?? 0) + 1
    seen.set(id, times)
    return times === 1 ? id : `${id.slice(0, 120)}#${times}`
  })
}

function renamed(samples: SampleValues, from: string, to: string): SampleValues {
  if (from === to) return samples
  const prefix = `job:${from}:`
  return Object.fromEntries(
    Object.entries(samples).map(([key, value]) => [
      key.startsWith(prefix) ? `job:${to}:${key.slice(prefix.length)}` : key,
      value,
    ]),
  )
}

/** Snapshots and synchronisation of one source; each with the time of its newest. */
export type FoundLookalike = Lookalike & { readonly newestAt: EpochMs | null }

/** The part `lookalikes`; beyond 32 the rest is counted into one entry. */
export function lookalikesPart(source: string, found: readonly FoundLookalike[]): Contribution<'backup'> {
  const kept = found.slice(0, MAX_LOOKALIKES)
  const samples = kept.flatMap(({ id, newestAt }) =>
    newestAt === null ? [] : [[`lookalike:${id}:newestAt`, newestAt] as const],
  )
  const lookalikes: BackupSection['lookalikes'] = read(
    source,
    kept.map(({ id, name, kind, count }) => ({ id, name, kind, count })),
  )
  return { parts: { lookalikes }, samples: Object.fromEntries(samples) }
}

/** A lookalike of kind snapshot: it lies on the disk that it is of, and goes with it. */
export function snapshots(tool: string, name: string, count: number, newestAt: EpochMs | null): FoundLookalike {
  const id = `${tool}:${plainName(name)}`.slice(0, 128).toWellFormed()
  return { id, name: plainName(`${tool} ${name}`), kind: 'snapshot', count, newestAt }
}
