/**
 * The source `backup/borg-log`: what one run of borg wrote with `--log-json` (or `create --json`), and its exit code. Pure.
 * Only a `create` that ended with exit 0 and without a warning is a success; exit 1 leaves an archive and is partial (1.2.4 recorded).
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import type { Peek } from '../json.ts'
import { parseBorgArchives } from './borg-archives.ts'
import { borgFailure } from './borg-failure.ts'
import { parseJsonLines, parseJsonOutput } from './json-output.ts'
import { placeOf } from './place-of.ts'
import { failJob, jobsPart, NOTHING_TOLD, type RunFacts, readJob } from './run-facts.ts'
import { clockOf, fromEpochSeconds, newestInstant, type ToolClock } from './wall-time.ts'

const ID = 'backup/borg-log'

/** A run lists a line per file and its progress: messages, files that failed and the last of its progress say how it ended. */
function isToldIn(text: string): (line: string) => boolean {
  const at = text.lastIndexOf('"archive_progress"')
  const progress = at === -1 ? null : (text.slice(text.lastIndexOf('\n', at) + 1).split('\n', 1)[0] ?? null)
  return (line) => line === progress || line.includes('"log_message"') || /"status": ?"E"/.test(line)
}

/** What the lines of one run say. */
type Run = {
  readonly kind: 'create' | 'check' | 'other'
  /** Words of the first error line; null: none. */
  readonly error: string | null
  readonly hasWarning: boolean
  /** A check said in its own words that it found nothing wrong. */
  readonly isClean: boolean
  readonly repository: string | null
  readonly endedAt: number | null
}

/** Errors: `empty`, `parse` (a stream that is cut or foreign and tells no error). */
export const borgLogSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = `${decode(input.stdout)}\n${input.stderr}`
    const clock = clockOf(input)
    const archive = parseJsonOutput(text)
    if (archive.ok && archive.value.has('archive')) return ofArchive(text, input, clock)
    const parsed = parseJsonLines(text, isToldIn(text))
    if (!parsed.ok) return parsed
    const { lines, foreign, broken } = parsed.value
    const run = runOf(lines, clock)
    if (run.error === null && input.exitCode === 0 && (broken > 0 || lines.length === 0)) {
      return err({ code: 'parse', detail: `${broken + foreign} lines are no line of borg --log-json` })
    }
    const named = {
      tool: 'borg',
      name: 'repository',
      destination: placeOf(run.repository),
      everyMs: null,
    } as const
    const judged = judgeRun(run, input.exitCode, text)
    return jobsPart(ID, [judged.ok ? readJob(ID, named, judged.value) : failJob(ID, named, judged.error)])
  },
}

function ofArchive(text: string, { exitCode }: SourceInput, clock: ToolClock): ReturnType<Source<'backup'>['parse']> {
  const found = parseBorgArchives(text, clock)
  if (!found.ok) return found
  const result = resultOf(exitCode)
  return jobsPart(
    ID,
    found.value.map(({ name, destination, facts }) => {
      const at = facts.lastSuccessAt
      const times = result === 'success' ? {} : { lastSuccessAt: null, lastPartialAt: result === 'partial' ? at : null }
      const told = { ...facts, ...times, lastRunAt: at, lastResult: result }
      return readJob(ID, { tool: 'borg', name, destination, everyMs: null }, told)
    }),
  )
}

/** 0 is success, 1 and the modern codes from 100 are warnings (borg 1.4), all others failed. */
function resultOf(exitCode: number | null): 'success' | 'partial' | 'failed' {
  if (exitCode === 0) return 'success'
  return exitCode === 1 || (exitCode !== null && exitCode >= 100 && exitCode <= 127) ? 'partial' : 'failed'
}

function runOf(lines: readonly Peek[], clock: ToolClock): Run {
  const messages = lines.map((line) => ({
    text: line.text('message', 2_000) ?? '',
    level: line.text('levelname') ?? '',
    logger: line.text('name') ?? '',
    id: line.text('msgid') ?? '',
  }))
  const errors = messages.filter(({ level }) => level === 'ERROR' || level === 'CRITICAL')
  const isCheck = messages.some(({ text }) => /^(?:Remote: )?Starting (?:repository|archive consistency) /.test(text))
  const made = messages.some(({ text, logger }) => logger === 'borg.output.stats' && text.startsWith('Archive name: '))
  const isCreate = made || lines.some((line) => line.text('type') === 'archive_progress')
  const repository = messages.find(({ text }) => text.startsWith('Repository: '))?.text.slice('Repository: '.length)
  return {
    kind: isCheck ? 'check' : isCreate ? 'create' : 'other',
    error:
      errors.length === 0
        ? null
        : errors
            .map(({ id, text }) => `${id} ${text}`)
            .join('\n')
            .slice(0, 4_000),
    hasWarning:
      messages.some(({ level }) => level === 'WARNING') ||
      lines.some((line) => line.text('type') === 'file_status' && line.text('status') === 'E'),
    isClean: messages.some(({ text }) => text.endsWith(', no problems found.')),
    repository: repository ?? null,
    endedAt: newestInstant(
      lines.map((line) => fromEpochSeconds(line.number('time'))),
      clock,
    ),
  }
}

function judgeRun(run: Run, exitCode: number | null, text: string): Result<RunFacts, Failure> {
  const { kind, endedAt } = run
  const facts = { ...NOTHING_TOLD, lastRunAt: endedAt }
  const failure = borgFailure(exitCode, run.error ?? text)
  if (run.error !== null || resultOf(exitCode) === 'failed') {
    // A lock or a wrong passphrase says nothing about the copies; damage and everything else does.
    return failure.code === 'exit' || kind === 'check' ? ok({ ...facts, lastResult: 'failed' }) : err(failure)
  }
  if (kind === 'check') {
    const isBad = exitCode !== 0 || run.hasWarning
    return ok({ ...facts, lastResult: isBad ? 'failed' : null, verifiedAt: !isBad && run.isClean ? endedAt : null })
  }
  if (exitCode !== 0 || run.hasWarning) return ok({ ...facts, lastResult: 'partial', lastPartialAt: endedAt })
  return ok(kind === 'create' ? { ...facts, lastResult: 'success', lastSuccessAt: endedAt } : facts)
}
