/**
 * Log of Cobian Backup 11 and Cobian Reflector (`Logs\log YYYY-MM-DD.txt`, UTF-16, local times). A task ends with
 * `** Backup done for the task "X". Errors: N. Processed files: N. Backed up files: N. Total size: … **`. The words are those of the
 * chosen language; the name in quotes and the order of the numbers are not. Lines of errors begin with `ERR`. Pure and linear.
 */
import { err } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import type { CollectedJob } from '../collected-job.ts'
import { failJob, type JobName, jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { clockOf, parseWallTime, type ToolClock, toInstant } from '../wall-time.ts'

const SOURCE = 'backup/cobian'

type End = { readonly task: string; readonly errors: number; readonly processed: number; readonly at: EpochMs | null }

/** Errors: `empty` (nothing in it), `parse` (no task has ended in it), `exit`. */
export const cobianSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    if (input.exitCode !== 0 && input.exitCode !== null)
      return err({ code: 'exit', detail: `ended with ${input.exitCode}` })
    const text = decode(input.stdout)
    if (text.trim() === '') return err({ code: 'empty', detail: 'the log is empty' })
    const ends = endsIn(text, clockOf(input))
    if (ends.length === 0) return err({ code: 'parse', detail: 'no task has ended in this log' })
    const tasks = [...new Set(ends.map(({ task }) => task))].slice(0, 64)
    return jobsPart(
      SOURCE,
      tasks.map((task) =>
        jobOf(
          task,
          ends.filter((end) => end.task === task),
        ),
      ),
    )
  },
}

function endsIn(text: string, clock: ToolClock): readonly End[] {
  const ends: End[] = []
  // A long line is wrapped by whoever printed it; its end is the two stars.
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (!line.includes('** ') || !line.includes('"')) continue
    const isWhole = line.trimEnd().endsWith('**')
    const whole = (isWhole ? line : `${line} ${lines[index + 1] ?? ''}`).slice(0, 600)
    const found = /\*\* [^"\n]{1,80}"([^"\n]{1,120})"[^"\d\n]{1,60}(\d{1,9})\D{1,40}?(\d{1,9})\D{1,40}?(\d{1,9})/.exec(
      whole,
    )
    if (found === null) continue
    const [, task = '', errors = '', processed = ''] = found
    ends.push({ task, errors: Number(errors), processed: Number(processed), at: instantOf(line, clock) })
  }
  return ends
}

function instantOf(line: string, clock: ToolClock): EpochMs | null {
  const time = /(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)\s{1,4}\*\*/.exec(line.slice(0, 80))?.[1]
  return time === undefined ? null : toInstant(parseWallTime(time), clock)
}

function jobOf(task: string, ends: readonly End[]): CollectedJob {
  const name: JobName = { tool: 'cobian', name: task, destination: UNKNOWN_PLACE, everyMs: null }
  const last = ends.at(-1)
  const good = ends.filter(({ errors, processed }) => errors === 0 && processed > 0)
  const facts = {
    ...NOTHING_TOLD,
    lastRunAt: last?.at ?? null,
    lastSuccessAt: good.reduce<EpochMs | null>(
      (newest, { at }) => (at === null ? newest : Math.max(newest ?? 0, at)),
      null,
    ),
    lastResult: last === undefined ? null : resultOf(last),
  }
  if (facts.lastResult !== null) return readJob(SOURCE, name, facts)
  const failure = { code: 'empty', detail: 'The last run looked at no file' } as const
  return { job: failJob(SOURCE, name, failure).job, samples: readJob(SOURCE, name, facts).samples }
}

/** Errors with files beside them left something out; errors without any file made no copy. */
function resultOf({ errors, processed }: End): 'success' | 'partial' | 'failed' | null {
  if (errors > 0) return processed > 0 ? 'partial' : 'failed'
  return processed > 0 ? 'success' : null
}
