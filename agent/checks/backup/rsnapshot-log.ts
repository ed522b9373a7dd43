/**
 * The source `backup/rsnapshot-log`: /var/log/rsnapshot.log (1.4.5 recorded). Pure. Its times are local.
 * Only the lowest level copies; the others rotate what is there and "complete successfully" long after the copying has stopped.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { jobsPart, NOTHING_TOLD, type RunFacts, readJob, UNKNOWN_PLACE } from './run-facts.ts'
import { clockOf, newestInstant, parseWallTime, type ToolClock, type WallTime } from './wall-time.ts'

const ID = 'backup/rsnapshot-log'

/** One line about a run of a level. `error`: in the middle of a run or instead of one. */
type Event = {
  readonly level: string
  readonly kind: 'started' | 'success' | 'partial' | 'failed' | 'error'
  readonly time: WallTime | null
}

/** Levels from the one that runs most often; names are free, these are those of its configuration files. */
const ORDER = 'sync hourly alpha daily beta weekly gamma monthly delta yearly epsilon'.split(' ')

/** Errors: `empty`, `parse` (no line of rsnapshot). */
export const rsnapshotLogSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const facts = parseRsnapshotLog(decode(input.stdout), null, clockOf(input))
    if (!facts.ok) return facts
    return jobsPart(ID, [
      readJob(ID, { tool: 'rsnapshot', name: 'rsnapshot', destination: UNKNOWN_PLACE, everyMs: null }, facts.value),
    ])
  },
}

/** @param lowest the level that copies, from rsnapshot.conf; null: taken from the names in the log. */
export function parseRsnapshotLog(text: string, lowest: string | null, clock: ToolClock): Result<RunFacts, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'the log of rsnapshot is empty' })
  const events = text.split('\n').flatMap((line) => (line.includes('rsnapshot ') ? eventOf(line) : []))
  if (events.length === 0) return err({ code: 'parse', detail: 'no run of rsnapshot in the log' })
  const levels = [...new Set(events.map(({ level }) => level))]
  const level = lowest ?? levels.toSorted((a, b) => rank(a, levels) - rank(b, levels))[0] ?? ''
  return ok(factsOf(events, level, clock))
}

function rank(level: string, levels: readonly string[]): number {
  const known = ORDER.indexOf(level)
  return known === -1 ? ORDER.length + levels.indexOf(level) : known
}

const LINE =
  /^\[([^\]]{10,40})\] (?:\S{0,200}\/)?rsnapshot (?:-{1,2}\S{1,40} (?:\S{0,200}\/\S{1,200} |\S{1,100}\.conf ){0,1}){0,4}(\w{1,40}): (.{1,500})/

function eventOf(line: string): readonly Event[] {
  const match = LINE.exec(line.slice(0, 1_000))
  if (match === null) return []
  const [, stamp = '', level = '', words = ''] = match
  return [{ level, kind: kindOf(words), time: parseWallTime(stamp) }]
}

function kindOf(words: string): Event['kind'] {
  if (words === 'started') return 'started'
  if (/^completed successfully\s*$/.test(words)) return 'success'
  if (/completed, but with some (?:warnings|errors)/.test(words)) return words.includes('errors') ? 'failed' : 'partial'
  return /^WARNING:/.test(words) ? 'started' : 'error'
}

function factsOf(events: readonly Event[], level: string, clock: ToolClock): RunFacts {
  const own = events.filter((event) => event.level === level)
  const last = own.at(-1)
  const lastOther = events.filter((event) => event.level !== level).at(-1)
  const times = (...kinds: readonly Event['kind'][]) =>
    own.flatMap(({ kind, time }) => (kinds.includes(kind) ? [time] : []))
  const isRunning = last?.kind === 'started'
  const finished = times('success', 'partial', 'failed', 'error')
  return {
    ...NOTHING_TOLD,
    // A run that began and says no end may still run, or was killed: then its result is not known, and not that of the one before.
    lastResult: resultOf(last?.kind, lastOther?.kind),
    lastSuccessAt: newestInstant(times('success'), clock),
    lastPartialAt: newestInstant(times('partial'), clock),
    lastRunAt: newestInstant(finished, clock),
    startedAt: isRunning ? newestInstant([last?.time ?? null], clock) : null,
  }
}

function resultOf(own: Event['kind'] | undefined, other: Event['kind'] | undefined): RunFacts['lastResult'] {
  if (own === 'failed' || own === 'error') return 'failed'
  if (own !== 'success' && own !== 'partial') return null
  const isSpoiled = own === 'partial' || other === 'failed' || other === 'error' || other === 'partial'
  return isSpoiled ? 'partial' : 'success'
}
