/**
 * What is due, and when to look. Time is cut into slots of one cadence, shifted by this machine's phase; a task is due when
 * the slot of its last run is over. So a dropped tick, a blocked loop or a sleep only delays it, and 500 machines do not
 * report in the same second. Pure.
 */
import type { EpochMs } from '../../shared/units.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { CADENCES, type CadenceName } from '../checks/collector.ts'

/** What the schedule must know of a task. */
export type Schedulable = { readonly id: string; readonly cadence: CadenceName }

/** When a task ran last, and what its wake files were then. */
export type LastRun = {
  readonly startedAt: EpochMs
  /** Fingerprint of the task's wake files at that run; null: it has none. */
  readonly wakeStamp: string | null
}

/** Everything that the answer depends on. */
export type ScheduleState = {
  readonly now: EpochMs
  /** Any number that differs between machines and stays on one. */
  readonly seed: number
  readonly cadenceMs: (name: CadenceName) => number
  readonly lastRuns: ReadonlyMap<string, LastRun>
  /** Fingerprints of wake files now, for tasks that have some. */
  readonly wakeStamps: ReadonlyMap<string, string>
}

/** @returns this machine's shift within a cadence, ms, whole seconds. Shorter cadences that divide longer ones share its moments. */
export function phaseMsOf(seed: number, cadenceMs: number): number {
  const seconds = Math.max(1, Math.floor(cadenceMs / SECOND_MS))
  return (Math.abs(Math.trunc(seed)) % seconds) * SECOND_MS
}

/** @returns the tasks that are due, those of short cadences first. */
export function findDue<T extends Schedulable>(tasks: readonly T[], state: ScheduleState): readonly T[] {
  const due = tasks.filter((task) => isDue(task, state))
  return due.toSorted((a, b) => CADENCES.indexOf(a.cadence) - CADENCES.indexOf(b.cadence))
}

function isDue(task: Schedulable, state: ScheduleState): boolean {
  const last = state.lastRuns.get(task.id)
  if (last === undefined) return true
  const stamp = state.wakeStamps.get(task.id)
  if (stamp !== undefined && stamp !== last.wakeStamp) return true
  // The wall clock was set back: the stored time says nothing any more.
  if (state.now < last.startedAt) return true
  const cadenceMs = state.cadenceMs(task.cadence)
  const phaseMs = phaseMsOf(state.seed, cadenceMs)
  return slotOf(state.now, cadenceMs, phaseMs) > slotOf(last.startedAt, cadenceMs, phaseMs)
}

function slotOf(at: EpochMs, cadenceMs: number, phaseMs: number): number {
  return Math.floor((at - phaseMs) / cadenceMs)
}

/**
 * @returns a cron expression with seconds (UTC) whose moments begin the slots of a cadence. Cadences that no expression can
 * say (45 min, 7 s) are looked at every minute or second instead; the slots decide.
 */
export function cronOf(cadenceMs: number, phaseMs: number): string {
  const phase = Math.floor(phaseMs / SECOND_MS)
  const [second, minute, hour] = [phase % 60, Math.floor(phase / 60) % 60, Math.floor(phase / 3_600)]
  if (cadenceMs < MINUTE_MS)
    return MINUTE_MS % cadenceMs === 0 ? `${every(second, 59, cadenceMs / SECOND_MS)} * * * * *` : '* * * * * *'
  if (cadenceMs < HOUR_MS && HOUR_MS % cadenceMs === 0)
    return `${second} ${every(minute, 59, cadenceMs / MINUTE_MS)} * * * *`
  if (cadenceMs <= DAY_MS && cadenceMs % HOUR_MS === 0 && DAY_MS % cadenceMs === 0) {
    return `${second} ${minute} ${every(hour, 23, cadenceMs / HOUR_MS)} * * *`
  }
  return `${second} * * * * *`
}

function every(first: number, last: number, step: number): string {
  if (step === 1) return '*'
  return first + step > last ? String(first) : `${first}-${last}/${step}`
}
