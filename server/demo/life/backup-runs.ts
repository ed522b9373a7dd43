/** Runs of a backup job: when each ended and how. Pure. */
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import { chance } from '../chance.ts'
import { atLocal, localDay } from '../local-time.ts'
import type { JobSpec } from '../scenario/machine-spec.ts'
import type { DemoMachine } from '../scenario/world.ts'
import { stretchAt, stretchFrom } from './presence.ts'

/** One run that ended. */
export type Run = { readonly endedAt: EpochMs; readonly isGood: boolean; readonly bytes: number }

/** What a job says of itself: its newest run and its newest good one. */
export type JobState = { readonly last: Run; readonly lastGood: Run | null; readonly copies: number }

const KEPT = 30
const LOOK_DAYS = 100

/** The run of a local day; null: none, because the machine was off or the job did not exist. */
export function runOf(machine: DemoMachine, job: JobSpec, day: number): Run | null {
  const endedAt = endOf(machine, job, day)
  if (endedAt === null || endedAt < beganAt(machine, job)) return null
  const isGood = !machine.happenings.some(
    ({ kind, job: id, from, to }) =>
      kind === 'backup-fails' && id === job.id && endedAt >= from && (to === null || endedAt < to),
  )
  const grown = 1 + (endedAt - machine.anchorAt) / (2_000 * DAY_MS)
  const bytes = Math.round(job.bytes * grown * (0.99 + 0.02 * chance(machine.seed, machine.spec.key, job.id, day)))
  return { endedAt, isGood, bytes }
}

/** From when on a job exists. */
function beganAt({ anchorAt }: DemoMachine, { sinceDaysAgo }: JobSpec): EpochMs {
  return sinceDaysAgo === null ? 0 : atLocal(localDay(anchorAt) - sinceDaysAgo, 8 * 60)
}

function endOf(machine: DemoMachine, job: JobSpec, day: number): EpochMs | null {
  const lengthMs = job.durationMinutes * MINUTE_MS
  if (job.startMinutes !== null) {
    const startsAt = atLocal(day, job.startMinutes)
    const stretch = stretchAt(machine, startsAt)
    return stretch !== null && stretch.to > startsAt + lengthMs ? startsAt + lengthMs : null
  }
  const stretch = stretchFrom(machine, atLocal(day, 0))
  if (stretch === null || localDay(stretch.from) !== day) return null
  const endedAt = stretch.from + 30 * MINUTE_MS + lengthMs
  return stretch.to > endedAt ? endedAt : null
}

const days = new WeakMap<DemoMachine, Map<string, Run | null>>()

function knownRun(machine: DemoMachine, job: JobSpec, day: number): Run | null {
  const runs = days.get(machine) ?? new Map<string, Run | null>()
  days.set(machine, runs)
  const key = `${day} ${job.id}`
  let run = runs.get(key)
  if (run === undefined) {
    run = runOf(machine, job, day)
    runs.set(key, run)
  }
  return run
}

/** The job at an instant; null: it has not run yet, and nobody sees it. */
export function jobState(machine: DemoMachine, job: JobSpec, at: EpochMs): JobState | null {
  const today = localDay(at)
  let last: Run | null = null
  let lastGood: Run | null = null
  for (let day = today; day > today - LOOK_DAYS && lastGood === null; day -= 1) {
    const run = knownRun(machine, job, day)
    if (run === null || run.endedAt > at) continue
    last ??= run
    if (run.isGood) lastGood = run
  }
  if (last === null) return null
  const age = Math.floor((at - beganAt(machine, job)) / DAY_MS)
  return { last, lastGood, copies: Math.max(lastGood === null ? 0 : 1, Math.min(KEPT, age)) }
}

/** Every run that ended in `[from, to)`, oldest first. */
export function runsBetween(machine: DemoMachine, job: JobSpec, from: EpochMs, to: EpochMs): readonly Run[] {
  const runs: Run[] = []
  for (let day = localDay(from) - 1; day <= localDay(to) + 1; day += 1) {
    const run = knownRun(machine, job, day)
    if (run !== null && run.endedAt >= from && run.endedAt < to) runs.push(run)
  }
  return runs
}
