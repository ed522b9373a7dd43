/**
 * Events of the Windows log in every form in which they are kept: the agent's own script, PowerShell (Get-WinEvent, Get-EventLog),
 * wevtutil as XML and as text. Pure and total. Numbers and times only; translated messages are kept for a second look, never the first.
 */
import type { Failure } from '../../../../shared/reading.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { SourceInput } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { firstLine } from '../../parts.ts'
import { readWindowsRecords, type WindowsRecord } from '../../windows/records.ts'
import { readEventText } from './events-text.ts'
import { readEventXml } from './events-xml.ts'

/** One event; null: not told. */
export type WindowsEvent = {
  readonly id: number
  /** 1 critical, 2 error, 3 warning, 4 information. */
  readonly level: number | null
  readonly at: EpochMs | null
  readonly recordId: number | null
  readonly provider: string | null
  /** What the event says beside its numbers: unnamed values, or the rendered and possibly translated message. */
  readonly message: string | null
  /** A named value of EventData; null: it has none of that name. */
  value(name: string): string | null
}

/** A log as it was read. `exists` false: Windows has no such log, the product never wrote one. Events: oldest first. */
export type EventLog = { readonly exists: boolean; readonly events: readonly WindowsEvent[] }

const NO_EVENTS: EventLog = { exists: true, events: [] }

/**
 * @param block name of the question in the agent's script. "No event matches" and "no such log" are answers, told by PowerShell's
 * untranslated error ids. Errors: `access-denied`, `exit`, `empty` (nothing at all was printed), `parse` (also: an event is cut).
 */
export function readEventLog(
  input: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>,
  block: string,
): Result<EventLog, Failure> {
  const text = decode(input.stdout).trim()
  const absence = absenceIn(
    text.startsWith('{') || text.startsWith('[') ? input.stderr : `${text.slice(0, 4_096)}\n${input.stderr}`,
  )
  if (absence !== null) return absence
  if (input.exitCode !== 0 && input.exitCode !== null) return exitFailure(input.exitCode, input.stderr)
  if (text.startsWith('<')) return asLog(readEventXml(text))
  if (/^Event\[\d+\]/.test(text)) return asLog(readEventText(text))
  const records = readWindowsRecords(input.stdout, block)
  return records.ok ? ofRecords(records.value) : records
}

/** NoMatchingEventsFound and NoMatchingLogsFound of Get-WinEvent; 15007 of wevtutil (ERROR_EVT_CHANNEL_NOT_FOUND). */
function absenceIn(text: string): Result<EventLog, Failure> | null {
  if (/NoMatchingEventsFound/i.test(text)) return ok(NO_EVENTS)
  if (/NoMatchingLogsFound|\b15007\b/i.test(text)) return ok({ exists: false, events: [] })
  const refused = /UnauthorizedAccessException|LogInfoUnavailable|0x80070005|Access is denied/i.test(text)
  return refused ? err({ code: 'access-denied', detail: 'the event log may not be read' }) : null
}

function exitFailure(exitCode: number, stderr: string): Result<never, Failure> {
  if (exitCode === 15007) return err({ code: 'empty', detail: 'there is no log of that name' })
  const code = exitCode === 5 ? 'access-denied' : 'exit'
  return err({ code, detail: `ended with ${exitCode}: ${firstLine(stderr)}`.slice(0, 300) })
}

function asLog(events: Result<readonly WindowsEvent[], Failure>): Result<EventLog, Failure> {
  return events.ok ? ok({ exists: true, events: oldestFirst(events.value) }) : events
}

function ofRecords(records: readonly WindowsRecord[]): Result<EventLog, Failure> {
  const facts = records.find((record) => record.has('LogExists'))
  const events: WindowsEvent[] = []
  for (const record of records) {
    if (record.has('LogExists')) continue
    const event = eventOf(record)
    if (event === null) return err({ code: 'parse', detail: 'an event without its number' })
    events.push(event)
  }
  if (facts !== undefined && facts.flag('LogExists') === null) {
    return err({ code: 'parse', detail: 'whether the log exists is not told' })
  }
  return ok({ exists: facts?.flag('LogExists') !== false, events: oldestFirst(events) })
}

/** EventLogEntryType of .NET (Get-EventLog): 1 error, 2 warning, 4 information. */
const ENTRY_LEVELS: { readonly [type: string]: number } = {
  '1': 2,
  '2': 3,
  '4': 4,
  error: 2,
  warning: 3,
  information: 4,
}

/** Display names of levels in the languages of our customers; any other stays untold. */
const LEVEL_WORDS: { readonly [word: string]: number } = {
  critical: 1,
  critique: 1,
  kritisch: 1,
  error: 2,
  erreur: 2,
  fehler: 2,
  warning: 3,
  avertissement: 3,
  warnung: 3,
  information: 4,
  informationen: 4,
}

/** A level by its word; null: not a word that is known. */
export function levelOfWord(word: string | null): number | null {
  const key = (word ?? '').trim().toLowerCase()
  return Object.hasOwn(LEVEL_WORDS, key) ? (LEVEL_WORDS[key] ?? null) : null
}

function eventOf(record: WindowsRecord): WindowsEvent | null {
  const id = record.count('Id') ?? record.count('EventID')
  if (id === null) return null
  const entry = (record.text('EntryType') ?? '').toLowerCase()
  const level = record.count('Level') ?? ENTRY_LEVELS[entry] ?? levelOfWord(record.text('LevelDisplayName'))
  const [data] = record.records('Data')
  const [eventData] = record.records('EventData')
  return {
    id,
    level: level === 0 ? null : level,
    at: record.instant('TimeCreated') ?? record.instant('TimeGenerated'),
    recordId: record.count('RecordId') ?? record.count('Index'),
    provider: record.text('ProviderName') ?? record.text('Source'),
    message: record.text('Message', 2_000) ?? record.text('Text', 2_000),
    value: (name) => data?.text(name) ?? eventData?.text(name) ?? record.text(name),
  }
}

/** By time, else by record number; without either, Get-WinEvent has printed the newest first. */
function oldestFirst(events: readonly WindowsEvent[]): readonly WindowsEvent[] {
  if (events.every(({ at }) => at !== null)) {
    return events.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.recordId ?? 0) - (b.recordId ?? 0))
  }
  if (events.every(({ recordId }) => recordId !== null)) {
    return events.toSorted((a, b) => (a.recordId ?? 0) - (b.recordId ?? 0))
  }
  return events.toReversed()
}
