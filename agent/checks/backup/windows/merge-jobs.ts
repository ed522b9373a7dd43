/** Two sources that speak of one job: what each of them knows is put together, and the newer run tells the result. Pure. */
import type { Job } from '../../../../shared/checks/backup.ts'
import type { SampleValues } from '../../../../shared/checks/samples.ts'
import type { CollectedJob } from '../collected-job.ts'

/** Jobs by id; the first of equals names the place when it knows one. */
export function mergeJobs(collected: readonly CollectedJob[]): readonly CollectedJob[] {
  const byId = new Map<string, CollectedJob>()
  for (const one of collected) {
    const known = byId.get(one.job.id)
    byId.set(one.job.id, known === undefined ? one : merged(known, one))
  }
  return [...byId.values()]
}

function merged(a: CollectedJob, b: CollectedJob): CollectedJob {
  const destination = a.job.destination.kind === 'unknown' && a.job.destination.label === null ? b : a
  return {
    job: { ...a.job, destination: destination.job.destination, status: statusOf(a, b) },
    samples: samplesOf(a.samples, b.samples),
  }
}

/** One that was read outweighs one that was not; of two, the later run, and of runs at one time the worse. */
function statusOf(a: CollectedJob, b: CollectedJob): Job['status'] {
  const [first, second] = [a.job.status, b.job.status]
  if (first.state !== 'value') return second.state === 'value' ? second : first
  if (second.state !== 'value') return first
  const ranks = ['failed', 'partial', 'success'] as const
  const rank = (job: typeof first) => (job.value.lastResult === null ? 3 : ranks.indexOf(job.value.lastResult))
  const later =
    runOf(a) === runOf(b) ? (rank(first) <= rank(second) ? first : second) : runOf(a) > runOf(b) ? first : second
  const other = later === first ? second : first
  const copies = later.value.copies ?? other.value.copies
  const hasSuccess = successOf(a) !== null || successOf(b) !== null
  return { ...later, value: { ...later.value, copies: copies === 0 && hasSuccess ? null : copies } }
}

const find = ({ job, samples }: CollectedJob, measure: string) => samples[`job:${job.id}:${measure}`] ?? null
const successOf = (one: CollectedJob) => find(one, 'lastSuccessAt')
const runOf = (one: CollectedJob) => find(one, 'lastRunAt') ?? successOf(one) ?? 0

/** The larger of two numbers: times are newest then, and sizes are only told by one of them. */
function samplesOf(a: SampleValues, b: SampleValues): SampleValues {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...keys].map((key) => [key, larger(a[key] ?? null, b[key] ?? null)]))
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}
