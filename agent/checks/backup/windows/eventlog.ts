/**
 * Any product that writes to a Windows event log: log, provider and numbers are data of the machine's own configuration. Without
 * success numbers nothing is ever green; without failure numbers an error (level 1 or 2) is one. Pure.
 */

import type { Failure } from '../../../../shared/reading.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { Source, SourceInput } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { type Peek, parseJson } from '../../json.ts'
import type { CollectedJob } from '../collected-job.ts'
import { failJob, type JobName, jobsPart, UNKNOWN_PLACE } from '../run-facts.ts'
import { type EventVerdict, jobOfEvents } from './event-runs.ts'
import { type EventLog, readEventLog, type WindowsEvent } from './events.ts'

const SOURCE = 'backup/eventlog'

/** What counts, of one watch. */
export type EventNumbers = {
  readonly name: string
  readonly provider: string | null
  readonly successIds: readonly number[]
  readonly failureIds: readonly number[]
  readonly everyMs: number | null
}

const NO_NUMBERS: EventNumbers = { name: 'events', provider: null, successIds: [], failureIds: [], everyMs: null }

/**
 * Events in any form, or `{"watch":{"name","provider","successIds","failureIds"},"events":[…]}`; without a watch only failures can be
 * told. Errors: as `readEventLog`, `parse`.
 */
export const eventlogSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    const given = splitInput(input)
    if (!given.ok) return given
    const log = readEventLog(given.value.events, 'eventlog')
    return log.ok ? jobsPart(SOURCE, [watchedJob(given.value.numbers, log.value, input.now)]) : log
  },
}

/** The job of a watch. A log without events of these numbers proves nothing. */
export function watchedJob(numbers: EventNumbers, log: EventLog, now: number): CollectedJob {
  const name = nameOf(numbers)
  if (!log.exists)
    return failJob(SOURCE, name, { code: 'empty', detail: 'There is no log of that name on this machine' })
  const own = log.events.filter(({ provider }) => isOf(numbers.provider, provider))
  return jobOfEvents({ source: SOURCE, name, now }, own, (event) => verdictOf(numbers, event))
}

/** The job of a watch that could not be read. */
export function failedWatch(numbers: EventNumbers, failure: Failure): CollectedJob {
  return failJob(SOURCE, nameOf(numbers), failure)
}

function nameOf({ name, everyMs }: EventNumbers): JobName {
  return { tool: 'eventlog', name, destination: UNKNOWN_PLACE, everyMs }
}

function isOf(wanted: string | null, provider: string | null): boolean {
  return wanted === null || provider === null || wanted.toLowerCase() === provider.toLowerCase()
}

function verdictOf({ successIds, failureIds }: EventNumbers, { id, level }: WindowsEvent): EventVerdict {
  if (failureIds.includes(id)) return 'failed'
  const isError = level !== null && level <= 2
  if (successIds.includes(id)) return isError ? 'failed' : level === 3 ? 'partial' : 'success'
  if (failureIds.length > 0) return 'neutral'
  return isError ? 'failed' : level === null ? 'unknown' : 'neutral'
}

type Given = { readonly numbers: EventNumbers; readonly events: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'> }

function splitInput(input: SourceInput): Result<Given, Failure> {
  const text = decode(input.stdout).trim()
  const document = text.startsWith('{') ? parseJson(text) : null
  if (document === null || !document.ok || !document.value.has('watch'))
    return ok({ numbers: NO_NUMBERS, events: input })
  const watch = document.value.at('watch')
  const events = document.value.at('events').value
  if (!Array.isArray(events)) return err({ code: 'parse', detail: 'a watch without its events' })
  const numbers: EventNumbers = {
    name: watch.text('name', 64) ?? 'events',
    provider: watch.text('provider', 128),
    successIds: idsOf(watch, 'successIds'),
    failureIds: idsOf(watch, 'failureIds'),
    everyMs: null,
  }
  return ok({ numbers, events: { ...input, stdout: new TextEncoder().encode(JSON.stringify(events)) } })
}

function idsOf(watch: Peek, key: string): readonly number[] {
  return watch.list(key, 32).flatMap((item) => item.count('') ?? [])
}
