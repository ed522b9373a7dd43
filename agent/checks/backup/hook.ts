/**
 * Lines that `agent report --job NAME --exit N` leaves in the hook folder → runs of a job. Pure, both ways: the command
 * writes with `formatHookLine`, the collector reads with `parseHookLines`.
 */
import type { EpochMs } from '../../../shared/units.ts'
import { type Peek, parseJson } from '../json.ts'

/** One finished run. `at`: its end. Size and duration null: not told. */
export type HookRun = {
  readonly job: string
  readonly exit: number
  readonly at: EpochMs
  readonly bytes: number | null
  readonly durationSeconds: number | null
}

/** Ends of runs this far ahead of the clock are not believed. */
const AHEAD_MS = 10 * 60_000
/** More runs than a hook file that is read holds. */
const MAX_LINES = 5_000

/** @returns one line of JSON with its line end, for the file of the job. */
export function formatHookLine(run: HookRun): string {
  return `${JSON.stringify(run)}\n`
}

/** Name of the file in the hook folder: letters, digits, dot, dash and underscore; anything else becomes `_`. */
export function hookFileName(job: string): string {
  return `${
    job
      .replace(/[^A-Za-z0-9._-]/g, '_')
      .replace(/^\.+/, '_')
      .slice(0, 100) || '_'
  }.jsonl`
}

/** Runs in the order of the file, and how many lines were not understood (cut, foreign, or dated in the future). */
export function parseHookLines(
  text: string,
  now: EpochMs,
): { readonly runs: readonly HookRun[]; readonly malformed: number } {
  const lines = lastLines(text)
  const runs = lines.flatMap((line) => {
    const document = line.startsWith('{') && line.endsWith('}') ? parseJson(line) : null
    const run = document?.ok === true ? runOf(document.value) : null
    return run === null || run.at > now + AHEAD_MS ? [] : [run]
  })
  return { runs, malformed: lines.length - runs.length }
}

/** The last lines that hold something, in their order. */
function lastLines(text: string): readonly string[] {
  const lines: string[] = []
  for (let end = text.length; end > 0 && lines.length < MAX_LINES; ) {
    const start = text.lastIndexOf('\n', end - 1)
    const line = text.slice(start + 1, end)
    if (line.trim() !== '') lines.push(line)
    end = start
  }
  return lines.toReversed()
}

function runOf(line: Peek): HookRun | null {
  const job = line.text('job', 128)
  const exit = line.number('exit')
  const at = line.count('at')
  if (job === null || exit === null || !Number.isInteger(exit) || at === null || at === 0) return null
  return { job, exit, at, bytes: line.count('bytes'), durationSeconds: line.number('durationSeconds') }
}

/** What the runs of one job say together. `lastRunAt` null: it never reported. */
export type HookState = {
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastResult: 'success' | 'partial' | 'failed' | null
  /** Size told with the newest success; null: not told. */
  readonly bytes: number | null
}

/** Exit 0 is success, a listed code `partial` (borg 1, restic 3), every other code `failed`. Order of lines does not matter. */
export function judgeHookRuns(runs: readonly HookRun[], partialExits: readonly number[]): HookState {
  const newest = newestOf(runs)
  const success = newestOf(runs.filter(({ exit }) => exit === 0))
  return {
    lastRunAt: newest?.at ?? null,
    lastSuccessAt: success?.at ?? null,
    lastResult: newest === null ? null : resultOf(newest.exit, partialExits),
    bytes: success?.bytes ?? null,
  }
}

function newestOf(runs: readonly HookRun[]): HookRun | null {
  return runs.reduce<HookRun | null>((best, run) => (best === null || run.at >= best.at ? run : best), null)
}

function resultOf(exit: number, partialExits: readonly number[]): 'success' | 'partial' | 'failed' {
  if (exit === 0) return 'success'
  return partialExits.includes(exit) ? 'partial' : 'failed'
}
