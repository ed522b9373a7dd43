/**
 * `tmutil status`, the old-style property list and -X, and `tmutil currentphase`: whether a backup runs now. A run under way says
 * nothing about the last one. Percent -1 means unknown. Pure.
 */
import type { Failure } from '../../../../shared/reading.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { Contribution, Source, SourceInput } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { parsePlist } from '../../macos/plist.ts'
import { firstLine } from '../../parts.ts'
import { type JobName, jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { refusalIn } from './time-machine-denied.ts'
import { timeMachineId } from './time-machine-id.ts'

/** What runs now. `percent`: 0 to 100, null: unknown or nothing runs. `since`: since when it has been in its phase. */
export type TimeMachineStatus = {
  readonly running: boolean
  readonly phase: string | null
  readonly percent: number | null
  readonly since: EpochMs | null
  readonly destination: string | null
}

const MAX_LINES = 2_000

/** Errors: `access-denied`, `empty`, `parse` (whether it runs is not told), `exit`. */
export const timeMachineStatusSource: Source<'backup'> = {
  id: 'backup/time-machine-status',
  check: 'backup',
  parse: (input) => {
    const status = readStatus(input)
    return status.ok ? partOf('backup/time-machine-status', status.value) : status
  },
}

/** One word: `BackupNotRunning`, or the phase of a run. Errors: as the status. */
export const timeMachinePhaseSource: Source<'backup'> = {
  id: 'backup/time-machine-phase',
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout).trim()
    const failure = failureOf(text, input)
    if (failure !== null) return err(failure)
    if (!/^[A-Z][A-Za-z]{2,60}$/.test(text)) return err({ code: 'parse', detail: 'not a phase of Time Machine' })
    const running = text !== 'BackupNotRunning'
    const status = { running, phase: running ? text : null, percent: null, since: null, destination: null }
    return partOf('backup/time-machine-phase', status)
  },
}

/** The status in either form. */
export function readStatus(
  input: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode' | 'now'>,
): Result<TimeMachineStatus, Failure> {
  const text = decode(input.stdout).trim()
  const failure = failureOf(text, input)
  if (failure !== null) return err(failure)
  const values = text.startsWith('<') || text.startsWith('bplist') ? ofPlist(input.stdout) : ofText(text)
  if (values === null) return err({ code: 'parse', detail: 'tmutil status: not a whole answer' })
  const running = values.get('Running')
  if (running !== '0' && running !== '1')
    return err({ code: 'parse', detail: 'tmutil status: whether it runs is not told' })
  const percent = Number(values.get('Percent') ?? '-1')
  const since = Date.parse((values.get('DateOfStateChange') ?? '').replace(/^(\S+) (\S+) \+0000$/, '$1T$2Z'))
  const isRunning = running === '1'
  return ok({
    running: isRunning,
    phase: values.get('BackupPhase') ?? null,
    percent: isRunning && percent >= 0 && percent <= 1 ? Math.round(percent * 100) : null,
    since: isRunning && Number.isSafeInteger(since) && since > 0 && since <= input.now + 600_000 ? since : null,
    destination: values.get('DestinationID') ?? null,
  })
}

function failureOf(text: string, { stderr, exitCode }: Pick<SourceInput, 'stderr' | 'exitCode'>): Failure | null {
  const refusal = refusalIn(text, stderr)
  if (refusal !== null) return refusal
  if (exitCode !== 0 && exitCode !== null) {
    return { code: 'exit', detail: `tmutil ended with ${exitCode}: ${firstLine(stderr || text)}` }
  }
  return text === '' ? { code: 'empty', detail: 'tmutil printed nothing' } : null
}

function ofPlist(stdout: Uint8Array): ReadonlyMap<string, string> | null {
  const plist = parsePlist(stdout)
  if (!plist.ok) return null
  const root = plist.value
  const running = root.flag('Running') ?? (root.number('Running') === null ? null : root.number('Running') === 1)
  const text = (key: string) => root.text(key) ?? root.number(key)?.toString() ?? null
  const pairs = [
    ['Running', running === null ? null : running ? '1' : '0'],
    ['Percent', text('Progress.Percent') ?? text('Percent')],
    ['BackupPhase', text('BackupPhase')],
    ['DestinationID', text('DestinationID')],
    ['DateOfStateChange', text('DateOfStateChange')],
  ] as const
  return new Map(pairs.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])))
}

/** `{ Key = value; Progress = { Percent = "0.5"; }; }`; an answer whose braces do not match is cut. */
function ofText(text: string): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>()
  let depth = 0
  let opened = 0
  // An answer cut here is not whole: its braces do not match.
  for (const line of text.split('\n', MAX_LINES)) {
    const trimmed = line.trim()
    if (trimmed.endsWith('{')) opened += 1
    if (trimmed.endsWith('{')) depth += 1
    if (/^\}[;,]?$/.test(trimmed)) depth -= 1
    const [, key, raw = ''] = /^"?([A-Za-z_]\w{0,60})"? = (.{0,400});$/.exec(trimmed) ?? []
    // The percentage of the nested Progress is the one that is meant where there are two.
    if (key !== undefined && (!values.has(key) || depth > 1)) values.set(key, raw.replace(/^"|"$/g, ''))
  }
  return opened > 0 && depth === 0 ? values : null
}

/** An idle Time Machine may not even be set up: it says nothing of any job. */
function partOf(source: string, status: TimeMachineStatus): Result<Contribution<'backup'>, Failure> {
  if (!status.running) return ok({ parts: {}, samples: {} })
  const name: JobName = {
    tool: 'time-machine',
    name: status.destination === null ? 'Time Machine' : timeMachineId(status.destination, null),
    destination: UNKNOWN_PLACE,
    everyMs: null,
  }
  return jobsPart(source, [readJob(source, name, { ...NOTHING_TOLD, startedAt: status.since })])
}
