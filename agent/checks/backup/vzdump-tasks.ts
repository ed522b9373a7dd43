/**
 * Proxmox VE: `/var/log/pve/tasks/index` (and `active`), `pvesh get …/tasks --output-format json` → runs of vzdump. Pure.
 * `OK` is a success, `WARNINGS: n` partial, every other word failed; a task without an end still runs.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Peek } from '../json.ts'
import { looksLikeJson, parseJsonOutput } from './json-output.ts'
import { mapEntries } from './map-entries.ts'
import { NOTHING_TOLD, type RunFacts } from './run-facts.ts'
import { fromEpochSeconds, type ToolClock, toInstant } from './wall-time.ts'

/** One run. `guest`: the only guest of the task; empty: a job over several. */
type Task = {
  readonly guest: string
  readonly startedAt: EpochMs | null
  readonly endedAt: EpochMs | null
  readonly result: 'success' | 'partial' | 'failed' | 'running'
}

/** Runs of one backup job. */
export type VzdumpJob = { readonly name: string; readonly facts: RunFacts }

const MAX_TASKS = 20_000
/** A guest that was saved alone fewer times than this was saved by hand: nobody promised to go on. */
const RECURRING = 3

/** Whether a text is the index of tasks and not the log of one. */
export function isTaskList(text: string): boolean {
  return looksLikeJson(text) || /^UPID:/m.test(text)
}

/** Errors: `empty`, `parse`. A list of other tasks without a backup is a job that never ran. */
export function parseVzdumpTasks(text: string, clock: ToolClock): Result<readonly VzdumpJob[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no task in the list' })
  const tasks = looksLikeJson(text) ? fromJson(text, clock) : fromIndex(text, clock)
  if (!tasks.ok) return tasks
  const byGuest = Map.groupBy(tasks.value, ({ guest }) => guest)
  const jobs = [...byGuest].filter(([guest, own]) => guest === '' || !byGuest.has('') || own.length >= RECURRING)
  if (jobs.length === 0) return ok([{ name: 'vzdump', facts: { ...NOTHING_TOLD, copies: 0 } }])
  return ok(jobs.map(([guest, own]) => ({ name: guest === '' ? 'vzdump' : `guest ${guest}`, facts: factsOf(own) })))
}

function factsOf(tasks: readonly Task[]): RunFacts {
  const newest = (results: readonly Task['result'][]) => {
    const times = tasks.flatMap(({ result, endedAt }) => (results.includes(result) ? [endedAt ?? 0] : []))
    const latest = Math.max(0, ...times)
    return latest === 0 ? null : latest
  }
  const ended = tasks.filter(({ result }) => result !== 'running')
  const last = ended.reduce<Task | null>((best, one) => ((one.endedAt ?? 0) >= (best?.endedAt ?? 0) ? one : best), null)
  const running = tasks.filter(({ result }) => result === 'running')
  const startedAt = Math.max(0, ...running.map((task) => task.startedAt ?? 0))
  const hasTimes = last !== null && last.startedAt !== null && last.endedAt !== null && last.endedAt >= last.startedAt
  return {
    ...NOTHING_TOLD,
    lastResult: last === null || last.result === 'running' ? null : last.result,
    lastSuccessAt: newest(['success']),
    lastPartialAt: newest(['partial']),
    lastRunAt: newest(['success', 'partial', 'failed']),
    startedAt: startedAt === 0 ? null : startedAt,
    durationMs: hasTimes ? (last.endedAt ?? 0) - (last.startedAt ?? 0) : null,
  }
}

function resultOf(status: string): Task['result'] {
  if (status === 'OK') return 'success'
  return /^WARNINGS: ?\d+$/.test(status) ? 'partial' : 'failed'
}

function fromIndex(text: string, clock: ToolClock): Result<readonly Task[], Failure> {
  const lines = text.split('\n').filter((line) => line.startsWith('UPID:'))
  const tasks = lines.slice(-MAX_TASKS).map((line) => taskOf(line, clock))
  return tasks.includes('broken')
    ? err({ code: 'parse', detail: 'a task in the list is cut' })
    : ok(tasks.filter((task): task is Task => typeof task === 'object' && task !== null))
}

const UPID =
  /^UPID:([^:]{1,100}):([0-9A-Fa-f]{1,8}):([0-9A-Fa-f]{1,12}):([0-9A-Fa-f]{8}):([^:]{1,50}):([^:]{0,50}):[^:]{1,100}:$/

/** `UPID… 5EF2A3B1 OK` of the index, `UPID… 0` and `UPID… 1 5EF2A3B1 OK` of `active`. null: a task of another kind. */
function taskOf(line: string, clock: ToolClock): Task | null | 'broken' {
  const [id = '', ...rest] = line.slice(0, 1_000).trim().split(' ')
  const upid = UPID.exec(id)
  if (upid === null) return 'broken'
  if (upid[5] !== 'vzdump') return null
  const words = (rest[0] === '0' || rest[0] === '1') && rest[0].length === 1 ? rest.slice(1) : rest
  const startedAt = instantOfHex(upid[4] ?? '', clock)
  const guest = (upid[6] ?? '').slice(0, 20)
  if (words.length === 0) return rest.length === 0 ? 'broken' : { guest, startedAt, endedAt: null, result: 'running' }
  const endedAt = instantOfHex(words[0] ?? '', clock)
  const status = words.slice(1).join(' ').trim()
  return endedAt === null || status === '' ? 'broken' : { guest, startedAt, endedAt, result: resultOf(status) }
}

function instantOfHex(hex: string, clock: ToolClock): EpochMs | null {
  return /^[0-9A-Fa-f]{8}$/.test(hex) ? toInstant(fromEpochSeconds(Number.parseInt(hex, 16)), clock) : null
}

function fromJson(text: string, clock: ToolClock): Result<readonly Task[], Failure> {
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  const { value } = document
  const place = Array.isArray(value.value) ? value : value.at('data')
  if (!Array.isArray(place.value)) return err({ code: 'parse', detail: 'not a list of tasks' })
  const list = mapEntries(place, MAX_TASKS, (item) => (item.text('upid') === null ? null : item))
  if (list === null) return err({ code: 'parse', detail: 'an entry is no task' })
  const own = list.filter((item) => (item.text('type') ?? item.text('upid')?.split(':')[5]) === 'vzdump')
  return ok(own.map((item) => taskOfJson(item, clock)))
}

function taskOfJson(item: Peek, clock: ToolClock): Task {
  const seconds = (key: string) => item.number(key) ?? Number(item.text(key) ?? Number.NaN)
  const status = item.text('status')
  const endedAt = toInstant(fromEpochSeconds(seconds('endtime')), clock)
  return {
    guest: (item.text('id') ?? '').slice(0, 20),
    startedAt: toInstant(fromEpochSeconds(seconds('starttime')), clock),
    endedAt,
    result: status === null || status === 'running' ? 'running' : resultOf(status),
  }
}
