/**
 * The source `backup/urbackup-status`: `urbackupclientctl status` (JSON, client 2.x). Pure. It tells when the last backup of this client
 * was completed on the server, and runs of this boot; it does not tell how an older run failed, so that the age is the real test.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import type { Peek } from '../json.ts'
import { firstLine } from '../parts.ts'
import { parseJsonOutput } from './json-output.ts'
import { failJob, type JobName, jobsPart, NOTHING_TOLD, type RunFacts, readJob } from './run-facts.ts'
import { clockOf, fromEpochSeconds, parseWallTime, type ToolClock, toInstant } from './wall-time.ts'

const ID = 'backup/urbackup-status'
/** The client sends to an UrBackup server; where that stands is not told. */
const PLACE = { kind: 'server', label: null, sameDisk: null, offsite: null, encrypted: null } as const
/** The one job of a client. */
export const URBACKUP_JOB: JobName = { tool: 'urbackup', name: 'client', destination: PLACE, everyMs: null }

/** Errors: `empty`, `parse`; a client service that does not answer is a job that failed. */
export const urbackupStatusSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    if (input.exitCode !== 0) {
      const said = firstLine(`${input.stderr}\n${text}`)
      return jobsPart(ID, [
        failJob(ID, URBACKUP_JOB, { code: 'exit', detail: `ended with ${input.exitCode ?? 'a signal'}: ${said}` }),
      ])
    }
    const facts = parseUrbackupStatus(text, clockOf(input))
    return facts.ok ? jobsPart(ID, [readJob(ID, URBACKUP_JOB, facts.value)]) : facts
  },
}

/** Errors: `empty`, `parse` (the time of the last backup is not in it). */
export function parseUrbackupStatus(text: string, clock: ToolClock): Result<RunFacts, Failure> {
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  const status = document.value
  const key = ['last_backup_time', 'lastbackuptime'].find((name) => status.has(name))
  const isStatus = key !== undefined || status.has('running_processes') || status.has('internet_status')
  if (!isStatus) return err({ code: 'parse', detail: 'urbackupclientctl: no status in the answer' })
  const seconds = key === undefined ? null : (status.number(key) ?? numberIn(status.text(key)))
  const at = seconds === null && key !== undefined ? parseWallTime(status.text(key)) : fromEpochSeconds(seconds)
  const isNever = seconds !== null && seconds <= 0
  const running = status.list('running_processes', 50).some((one) => isBackup(one))
  return ok({
    ...NOTHING_TOLD,
    copies: isNever ? 0 : null,
    lastSuccessAt: toInstant(at, clock),
    lastResult: running ? null : lastOutcome(status),
  })
}

function numberIn(text: string | null): number | null {
  return text !== null && /^-?\d{1,12}$/.test(text) ? Number(text) : null
}

function isBackup(run: Peek): boolean {
  return /^(?:R_)?(?:INCR|FULL)/i.test(run.text('action') ?? '')
}

/** A process that ended badly since the service started; one that ended well may have been anything. */
function lastOutcome(status: Peek): RunFacts['lastResult'] {
  const last = status.list('finished_processes', 50).at(-1)
  return last?.flag('success') === false ? 'failed' : null
}
