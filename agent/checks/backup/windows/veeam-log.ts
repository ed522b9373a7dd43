/**
 * Log of a job of Veeam Agent for Windows (`%ProgramData%\Veeam\Endpoint\<job>\*.Backup.log`), where its event log is absent because a
 * Backup & Replication server manages it. "Job session" is the verdict; "Task session" is one object of it. Local times. Pure.
 */

import type { Failure } from '../../../../shared/reading.ts'
import { err, type Result } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { Contribution, Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { readWindowsRecords } from '../../windows/records.ts'
import { failJob, type JobName, jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { clockOf, parseWallTime, type ToolClock, toInstant } from '../wall-time.ts'

const SOURCE = 'backup/veeam-log'
const ENDS: { readonly [status: string]: 'success' | 'partial' | 'failed' } = {
  success: 'success',
  warning: 'partial',
  failed: 'failed',
  error: 'failed',
}

type Session = { readonly job: string | null; readonly status: string; readonly at: EpochMs | null }

/** The raw text of one log, or the answers of block `veeam-log`. Errors: `empty` (no session ended in it), `parse`, `exit`. */
export const veeamLogSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    if (input.exitCode !== 0 && input.exitCode !== null)
      return err({ code: 'exit', detail: `ended with ${input.exitCode}` })
    const text = decode(input.stdout).trim()
    if (text === '') return err({ code: 'empty', detail: 'the log is empty' })
    if (/^(?:\{|\[\s*[{\]])/.test(text)) return ofAnswers(input.stdout, clockOf(input))
    const sessions = sessionsIn(text, clockOf(input))
    return sessions.length === 0
      ? err({ code: 'empty', detail: 'no job session has ended in this log' })
      : partOf(sessions)
  },
}

function ofAnswers(stdout: Uint8Array, clock: ToolClock): Result<Contribution<'backup'>, Failure> {
  const records = readWindowsRecords(stdout, 'veeam-log')
  if (!records.ok) return records
  const sessions: Session[] = []
  for (const record of records.value) {
    const status = record.text('Status', 32)
    if (status === null) return err({ code: 'parse', detail: 'a session without its status' })
    const at = record.instant('At')
    sessions.push({ job: record.text('Job', 100), status, at: at !== null && at <= clock.now + 600_000 ? at : null })
  }
  return partOf(sessions)
}

function sessionsIn(text: string, clock: ToolClock): readonly Session[] {
  let job: string | null = null
  const found: Session[] = []
  for (const line of text.split('\n')) {
    if (!line.includes('Name: ') && !line.includes('Job session ') && !line.includes('Name:[')) continue
    job = /(?:Job Name: ?|Name: ?)\[([^\]\n]{1,100})\]/.exec(line.slice(0, 400))?.[1] ?? job
    const at = line.indexOf('Job session ')
    if (at < 0) continue
    const status = /^Job session ['"]?[^'"\n]{1,80}['"]? has been completed, status: ['"]?([A-Za-z]{2,20})/.exec(
      line.slice(at, at + 300),
    )
    if (status !== null) found.push({ job, status: status[1] ?? '', at: instantOf(line, clock) })
  }
  return found
}

/** `[11.09.2026 16:34:05.123]`, day first. */
function instantOf(line: string, clock: ToolClock): EpochMs | null {
  const [, day, month, year, time] = /^\s{0,4}\[(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)/.exec(line) ?? []
  return day === undefined ? null : toInstant(parseWallTime(`${year}-${month}-${day} ${time}`), clock)
}

function partOf(sessions: readonly Session[]): Result<Contribution<'backup'>, Failure> {
  const names = [...new Set(sessions.map(({ job }) => job ?? 'Veeam Agent'))]
  return jobsPart(
    SOURCE,
    names.map((job) =>
      jobOf(
        job,
        sessions.filter((one) => (one.job ?? 'Veeam Agent') === job),
      ),
    ),
  )
}

function jobOf(job: string, sessions: readonly Session[]) {
  const name: JobName = { tool: 'veeam', name: job, destination: UNKNOWN_PLACE, everyMs: null }
  const ended = sessions.map(({ status, at }) => ({ at, end: endOf(status) }))
  const last = ended.at(-1)
  const newest = (wanted: string) => newestAt(ended.filter(({ end }) => end === wanted))
  const facts = {
    ...NOTHING_TOLD,
    lastResult: last?.end ?? null,
    lastRunAt: last?.at ?? null,
    lastSuccessAt: newest('success'),
    lastPartialAt: newest('partial'),
  }
  if (facts.lastResult !== null) return readJob(SOURCE, name, facts)
  const failure = { code: 'parse', detail: 'the last session ended with a word that is not known' } as const
  return { job: failJob(SOURCE, name, failure).job, samples: readJob(SOURCE, name, facts).samples }
}

function endOf(status: string): 'success' | 'partial' | 'failed' | null {
  const key = status.toLowerCase()
  return Object.hasOwn(ENDS, key) ? (ENDS[key] ?? null) : null
}

function newestAt(runs: readonly { readonly at: EpochMs | null }[]): EpochMs | null {
  const known = runs.flatMap(({ at }) => (at === null ? [] : [at]))
  return known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b))
}
