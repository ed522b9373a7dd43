/**
 * The source `backup/duplicity-status`: `duplicity collection-status`, as text or with `--log-fd`, and the statistics of a run
 * (0.8.22 recorded). Pure. An empty target exits 0 too: only a backup chain in it is a copy. Its times are local.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { withoutCredentials } from '../without-credentials.ts'
import { failJob, jobsPart, NOTHING_TOLD, type RunFacts, readJob, UNKNOWN_PLACE } from './run-facts.ts'
import { clockOf, fromEpochSeconds, newestInstant, parseWallTime, type ToolClock, toInstant } from './wall-time.ts'

const ID = 'backup/duplicity-status'

/** Errors: `empty`, `parse`; a refused target is a job that failed. */
export const duplicityStatusSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout).replace(/^\. ?/gm, '')
    const named = { tool: 'duplicity', name: 'target', destination: UNKNOWN_PLACE, everyMs: null } as const
    if (/^Backup source directory .{0,500} does not exist/m.test(`${input.stderr}\n${text}`)) {
      return jobsPart(ID, [readJob(ID, named, { ...NOTHING_TOLD, lastResult: 'failed' })])
    }
    if (input.exitCode !== 0) {
      return jobsPart(ID, [failJob(ID, named, duplicityFailure(input.exitCode, `${input.stderr}\n${text}`))])
    }
    if (text.trim() === '') return err({ code: 'empty', detail: 'duplicity printed nothing' })
    const clock = clockOf(input)
    const run = runFacts(text, clock)
    const found = run === null ? statusFacts(text, clock) : ok(run)
    return found.ok ? jobsPart(ID, [readJob(ID, named, found.value)]) : found
  },
}

/** Exit 23: another run holds the lock; 31 and 30: no rights or a wrong passphrase (recorded and manual of 0.8). */
function duplicityFailure(exitCode: number | null, said: string): Failure {
  const detail = `duplicity ended with ${exitCode ?? 'a signal'}: ${firstLine(withoutCredentials(said))}`
  if (exitCode === 23 || /another (?:instance|duplicity)|lockfile/i.test(said)) return { code: 'locked', detail }
  return { code: /GPGError|GnuPG|passphrase|denied|password/i.test(said) ? 'access-denied' : 'exit', detail }
}

function statusFacts(text: string, clock: ToolClock): Result<RunFacts, Failure> {
  const sets = [
    ...text.matchAll(
      /^ *(?:Full|Incremental) {2,60}([A-Z][a-z]{2} [A-Z][a-z]{2} .{1,3} [\d:]{8} \d{4}) {1,40}\d{1,6}$/gm,
    ),
  ]
  const ends = [...text.matchAll(/^Chain end time: (.{10,40})$/gm)]
  const last = /^Last full backup date: (.{1,40})$/m.exec(text)?.[1]?.trim() ?? null
  const chains = sets.length > 0 || ends.length > 0
  const isNone = /^No backup chains with active signatures found/m.test(text) || last === 'none'
  if (!chains && !isNone)
    return err({ code: 'parse', detail: 'duplicity: no backup chain and no word that there is none' })
  if (!chains) return ok({ ...NOTHING_TOLD, copies: 0 })
  const times = [...sets, ...ends].map(([, time = '']) => parseWallTime(time))
  const spoiled =
    /^(?:Also found|Found) [1-9]\d* (?:incomplete|orphaned)|incomplete-sets-num [1-9]|^Warning, found/m.test(text)
  // What is there says when copies were made; incomplete sets are what aborted runs left behind.
  return ok({
    ...NOTHING_TOLD,
    lastResult: spoiled ? 'partial' : null,
    copies: Math.max(sets.length, 1),
    lastSuccessAt: newestInstant(times, clock),
  })
}

/** The statistics that a run prints at its end; null: none. */
function runFacts(text: string, clock: ToolClock): RunFacts | null {
  if (!/^-+\[ Backup Statistics \]-+$/m.test(text)) return null
  const number = (key: string) => {
    const found = new RegExp(`^${key} (\\d{1,15}(?:\\.\\d{1,6})?)`, 'm').exec(text)?.[1]
    return found === undefined ? null : Number(found)
  }
  const errors = number('Errors')
  const ended = toInstant(fromEpochSeconds(number('EndTime')), clock)
  const seconds = number('ElapsedTime')
  const result = errors === null ? null : errors === 0 ? 'success' : 'partial'
  return {
    ...NOTHING_TOLD,
    lastResult: result,
    lastRunAt: ended,
    lastSuccessAt: result === 'success' ? ended : null,
    lastPartialAt: result === 'partial' ? ended : null,
    bytes: number('SourceFileSize'),
    durationMs: seconds === null ? null : Math.round(seconds * 1_000),
  }
}
