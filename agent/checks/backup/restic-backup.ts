/**
 * The source `backup/restic-backup`: what one run of `restic backup` printed, text or `--json`, and its exit code. Pure.
 * Exit 0 is not enough: a source folder that is missing beside others that are there ends with 0 (0.14 recorded).
 */
import { err } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import type { Peek } from '../json.ts'
import { parseJsonLines } from './json-output.ts'
import { resticFailure } from './restic-failure.ts'
import { RESTIC_JOB } from './restic-job.ts'
import { failJob, jobsPart, NOTHING_TOLD, type RunFacts, readJob } from './run-facts.ts'
import { clockOf, parseWallTime, toInstant } from './wall-time.ts'

const ID = 'backup/restic-backup'
const LEFT_OUT =
  /does not exist, skipping|does not match any files, skipping|at least one source file could not be read|^error: |"message_type":"error"/im
const SAVED = /^snapshot [0-9a-f]{8,64} saved\s*$/m

/** What ended the run, from both streams. */
type Run = {
  readonly summary: Peek | null
  readonly isSaved: boolean
  readonly isLeftOut: boolean
  readonly isCut: boolean
}

/** Errors: `empty`, `parse` (no snapshot and no error in it); a repository that refused is a job that failed. */
export const resticBackupSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = `${decode(input.stdout)}\n${input.stderr}`
    if (text.trim() === '' && input.exitCode === 0)
      return err({ code: 'empty', detail: 'restic backup printed nothing' })
    const run = runOf(text)
    const result = resultOf(run, input.exitCode)
    if (result === null) return err({ code: 'parse', detail: 'restic backup: no snapshot was saved and no error told' })
    const failure = resticFailure(input.exitCode, text)
    if (result === 'failed' && failure.code !== 'exit') return jobsPart(ID, [failJob(ID, RESTIC_JOB, failure)])
    return jobsPart(ID, [readJob(ID, RESTIC_JOB, factsOf(run, result, input))])
  },
}

/** A run prints its progress many times a second, and with `--verbose` a line per file. */
function isTold(line: string): boolean {
  return !/"message_type":"(?:verbose_)?status"/.test(line.slice(0, 200))
}

function runOf(text: string): Run {
  const lines = text.includes('"message_type"') ? parseJsonLines(text, isTold) : null
  const summary =
    lines?.ok === true ? lines.value.lines.findLast((line) => line.text('message_type') === 'summary') : undefined
  const isCut = lines !== null && (!lines.ok || lines.value.broken > 0)
  const isSaved = SAVED.test(text) || (summary !== undefined && (summary.text('snapshot_id') ?? '') !== '')
  return { summary: summary ?? null, isSaved, isLeftOut: LEFT_OUT.test(text), isCut }
}

/** 0 saved, 3 saved with something left out, every other code failed (restic manual). */
function resultOf(run: Run, exitCode: number | null): RunFacts['lastResult'] {
  if (exitCode === 3) return 'partial'
  if (exitCode !== 0) return 'failed'
  if (!run.isSaved || run.isCut) return null
  return run.isLeftOut ? 'partial' : 'success'
}

/** restic tells when a run ended from 0.17 on; before, nothing in its output does. */
function factsOf({ summary }: Run, result: RunFacts['lastResult'], input: SourceInput): RunFacts {
  const clock = clockOf(input)
  const endedAt = toInstant(parseWallTime(summary?.text('backup_end') ?? null), clock)
  const seconds = summary?.number('total_duration') ?? null
  return {
    ...NOTHING_TOLD,
    lastResult: result,
    lastRunAt: endedAt,
    lastSuccessAt: result === 'success' ? endedAt : null,
    lastPartialAt: result === 'partial' ? endedAt : null,
    bytes: result === 'failed' ? null : (summary?.count('total_bytes_processed') ?? null),
    durationMs: seconds === null || seconds < 0 ? null : Math.round(seconds * 1_000),
  }
}
