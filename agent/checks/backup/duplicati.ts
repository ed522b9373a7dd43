/**
 * The source `backup/duplicati`: the report that Duplicati 2 sends (`--send-http-url`, JSON), its mail text, and what `duplicati-cli`
 * prints. Pure. Only `Success` of a backup is a success; `Warning` is partial, `Error`, `Fatal` and an exception failed.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import type { Peek } from '../json.ts'
import { looksLikeJson, parseJsonOutput } from './json-output.ts'
import { jobsPart, NOTHING_TOLD, type RunFacts, readJob, UNKNOWN_PLACE } from './run-facts.ts'
import { clockOf, fromEpochSeconds, parseWallTime, type ToolClock, toInstant, type WallTime } from './wall-time.ts'

const ID = 'backup/duplicati'

type Report = { readonly name: string; readonly facts: RunFacts }

/** Errors: `empty`, `parse` (no result in it). */
export const duplicatiSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    if (text.trim() === '' && input.stderr.trim() === '')
      return err({ code: 'empty', detail: 'Duplicati said nothing' })
    const clock = clockOf(input)
    const report = looksLikeJson(text)
      ? parseReport(text, clock, input.exitCode)
      : parseWords(`${text}\n${input.stderr}`, clock, input.exitCode)
    if (!report.ok) return report
    const named = { tool: 'duplicati', name: report.value.name, destination: UNKNOWN_PLACE, everyMs: null } as const
    return jobsPart(ID, [readJob(ID, named, report.value.facts)])
  },
}

type Outcome = RunFacts['lastResult']

function outcomeOf(word: string | null): Outcome {
  if (word === null) return null
  if (/^success$/i.test(word)) return 'success'
  return /^warning$/i.test(word) ? 'partial' : /^(?:error|fatal|failure|failed)$/i.test(word) ? 'failed' : null
}

/** The worse of two; null counts as not told. */
function worse(a: Outcome, b: Outcome): Outcome {
  const order = ['failed', 'partial', 'success'] as const
  return order.find((one) => a === one || b === one) ?? null
}

/** Exit codes of duplicati-cli: 0 and 1 (nothing changed) fine, 2 warnings, 50 not finished, 100 and more errors. */
function outcomeOfExit(exitCode: number | null): Outcome {
  if (exitCode === 0 || exitCode === 1) return null
  return exitCode === 2 ? 'partial' : 'failed'
}

function parseReport(text: string, clock: ToolClock, exitCode: number | null): Result<Report, Failure> {
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  const root = document.value
  const data = root.has('Data') ? root.at('Data') : root
  const told = outcomeOf(data.text('ParsedResult') ?? root.text('ParsedResult'))
  const isException = data.has('ClassName') || data.has('Exception') || root.has('Exception')
  if (told === null && !isException) return err({ code: 'parse', detail: 'Duplicati: no ParsedResult in the report' })
  const operation = data.text('MainOperation') ?? root.text('Extra.OperationName') ?? root.text('OperationName')
  const name = root.text('Extra.backup-name') ?? root.text('BackupName') ?? root.text('backup-name') ?? 'backup'
  const spoiled = isSpoiled(data) ? 'partial' : null
  const result = worse(worse(told, isException ? 'failed' : null), worse(spoiled, outcomeOfExit(exitCode)))
  const began = toInstant(timeOf(data.text('BeginTime')), clock)
  const ended = toInstant(timeOf(data.text('EndTime') ?? data.text('BeginTime')), clock)
  const bytes = data.count('SizeOfExaminedFiles')
  const copies = data.count('BackendStatistics.BackupListCount')
  return ok({ name, facts: factsOf({ operation, result, began, ended, bytes, copies }) })
}

/** Something was left out although the result is called a success. */
function isSpoiled(data: Peek): boolean {
  const counts = ['FilesWithError', 'ErrorsActualLength', 'WarningsActualLength'].map((key) => data.count(key) ?? 0)
  const lists = ['Errors', 'Warnings'].map((key) => data.list(key, 1).length)
  const isCut = data.flag('PartialBackup') === true || data.flag('Interrupted') === true || data.flag('Dryrun') === true
  return isCut || [...counts, ...lists].some((count) => count > 0)
}

type Told = {
  readonly operation: string | null
  readonly result: Outcome
  readonly began: number | null
  readonly ended: number | null
  readonly bytes: number | null
  readonly copies: number | null
}

/** A restore that went well proves that one works; a test or a repair says nothing about the last backup. */
function factsOf({ operation, result, began, ended, bytes, copies }: Told): RunFacts {
  const isBackup = operation === null || /^backup$/i.test(operation)
  const base = { ...NOTHING_TOLD, copies, lastRunAt: isBackup ? ended : null }
  if (!isBackup) {
    const isTest = /^(?:test|verify)$/i.test(operation ?? '')
    return {
      ...base,
      verifiedAt: isTest && result === 'success' ? ended : null,
      lastResult: result === 'failed' ? 'failed' : null,
    }
  }
  return {
    ...base,
    lastResult: result,
    bytes: result === 'failed' ? null : bytes,
    lastSuccessAt: result === 'success' ? ended : null,
    lastPartialAt: result === 'partial' ? ended : null,
    durationMs: began !== null && ended !== null && ended >= began ? ended - began : null,
  }
}

/** `2025-04-21T23:46:38.3568274Z`, or `4/21/2025 11:46:38 PM (1745279198)` whose seconds are the only part without a language. */
function timeOf(text: string | null): WallTime | null {
  const seconds = /\((\d{9,11})\)\s*$/.exec((text ?? '').slice(0, 100))?.[1]
  return seconds === undefined ? parseWallTime(text) : fromEpochSeconds(Number(seconds))
}

/** `Key: value` lines of the mail, or the running words of the command. */
function parseWords(text: string, clock: ToolClock, exitCode: number | null): Result<Report, Failure> {
  const value = (key: string) => new RegExp(`^ {0,4}${key}: ?(.{0,200})$`, 'm').exec(text)?.[1]?.trim() ?? null
  const told = outcomeOf(value('ParsedResult'))
  const isDone = /^Backup completed successfully!\s*$/m.test(text)
  const isBroken = /^(?:Fatal error|ErrorID:|The operation \w{1,20} (?:has )?failed|.{0,200}Exception:)/m.test(text)
  const hasErrors = /^ {0,4}(?:Errors|FilesWithError|ErrorsActualLength): ?(?!0\b|\[\s*\])\S/m.test(text)
  const hasWarnings = /^ {0,4}(?:Warnings|WarningsActualLength): ?(?!0\b|\[\s*\])\S/m.test(text)
  const seen = isBroken || hasErrors ? 'failed' : hasWarnings ? 'partial' : null
  const result = worse(worse(told ?? (isDone ? 'success' : null), seen), outcomeOfExit(exitCode))
  if (result === null) return err({ code: 'parse', detail: 'Duplicati: neither a result nor an error in the text' })
  const ended = toInstant(timeOf(value('EndTime')), clock)
  const bytes = /^ {0,4}SizeOfExaminedFiles: .{0,60}\((\d{1,15})\)\s*$/m.exec(text)?.[1]
  const operation = value('MainOperation') ?? /^Duplicati (\w{3,20}) report for /m.exec(text)?.[1] ?? null
  const name = /^Duplicati \w{3,20} report for (.{1,100})$/m.exec(text)?.[1]?.trim() ?? 'backup'
  const sizeBytes = bytes === undefined ? null : Number(bytes)
  const began = toInstant(timeOf(value('BeginTime')), clock)
  return ok({ name, facts: factsOf({ operation, result, began, ended, bytes: sizeBytes, copies: null }) })
}
