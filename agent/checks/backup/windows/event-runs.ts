/** What the events of one job say together: how the last finished run ended, and when the last good one was. Pure. */
import type { EpochMs } from '../../../../shared/units.ts'
import type { CollectedJob } from '../collected-job.ts'
import { failJob, type JobName, NOTHING_TOLD, type RunFacts, readJob } from '../run-facts.ts'
import type { WindowsEvent } from './events.ts'

/** `neutral`: says nothing about the end of a run. `unknown`: it does, or may, and how cannot be told. */
export type EventVerdict = 'success' | 'partial' | 'failed' | 'neutral' | 'unknown'

/** A clock that runs ahead a little is no future. */
const AHEAD_MS = 10 * 60_000

/** Where the events stand; one job. */
export type EventJob = { readonly source: string; readonly name: JobName; readonly now: EpochMs }

/**
 * The newest event that is not neutral tells how the last run ended. A newest one that cannot be told fails the job's status, and no
 * decisive event at all does so too: a log rolls over, so silence proves neither a copy nor its absence.
 * @param events oldest first.
 */
export function jobOfEvents(
  { source, name, now }: EventJob,
  events: readonly WindowsEvent[],
  verdictOf: (event: WindowsEvent) => EventVerdict,
): CollectedJob {
  const judged = events
    .map((event) => ({ at: event.at, verdict: verdictOf(event) }))
    .filter(({ verdict }) => verdict !== 'neutral')
  const newestOf = (wanted: EventVerdict) =>
    newestAt(
      judged.filter(({ verdict }) => verdict === wanted),
      now,
    )
  const last = judged.at(-1)
  const facts: RunFacts = {
    ...NOTHING_TOLD,
    lastSuccessAt: newestOf('success'),
    lastPartialAt: newestOf('partial'),
    lastRunAt: newestAt(judged.slice(-1), now),
    lastResult: last === undefined || last.verdict === 'unknown' || last.verdict === 'neutral' ? null : last.verdict,
  }
  if (facts.lastResult !== null) return readJob(source, name, facts)
  const detail =
    last === undefined
      ? 'The log holds no event that tells how a backup ended; it may have rolled over'
      : 'The newest event does not tell how the backup ended'
  const { job } = failJob(source, name, { code: last === undefined ? 'empty' : 'parse', detail })
  return { job, samples: readJob(source, name, facts).samples }
}

function newestAt(runs: readonly { readonly at: EpochMs | null }[], now: EpochMs): EpochMs | null {
  const known = runs.flatMap(({ at }) => (at !== null && at <= now + AHEAD_MS ? [at] : []))
  return known.length === 0 ? null : known.reduce((newest, at) => Math.max(newest, at))
}

/** The worse of two verdicts that are told; one that says nothing does not count. */
export function worseOf(a: EventVerdict, b: EventVerdict): EventVerdict {
  const order = ['neutral', 'success', 'unknown', 'partial', 'failed'] as const
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}
