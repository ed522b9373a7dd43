/**
 * The source `backup/veeam-sessions`: `veeamconfig session list` and `job list` of Veeam Agent for Linux 2 to 6. Pure. Local times without
 * seconds. Only `Success` of a backup is a success; with an expired license there are no sessions at all: age is the real test.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { failJob, jobsPart, NOTHING_TOLD, type RunFacts, readJob, UNKNOWN_PLACE } from './run-facts.ts'
import { textLines } from './text-lines.ts'
import { clockOf, newestInstant, parseWallTime, type ToolClock, type WallTime } from './wall-time.ts'

const ID = 'backup/veeam-sessions'

type Session = {
  readonly job: string
  readonly result: 'success' | 'partial' | 'failed' | 'running'
  readonly startedAt: WallTime | null
  readonly endedAt: WallTime | null
}

/** Sessions of one job. */
export type VeeamJob = { readonly name: string; readonly facts: RunFacts }

/** Errors: `empty`, `parse`; a service that does not answer is a job that failed. */
export const veeamSessionsSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    const named = { tool: 'veeam', name: 'Veeam Agent', destination: UNKNOWN_PLACE, everyMs: null } as const
    if (input.exitCode !== 0) {
      const said = firstLine(`${input.stderr}\n${text}`)
      const code = /permission|denied|root|not in group/i.test(said) ? 'access-denied' : 'exit'
      const detail = `veeamconfig ended with ${input.exitCode ?? 'a signal'}: ${said}`
      return jobsPart(ID, [failJob(ID, named, { code, detail })])
    }
    const jobs = parseVeeamSessions(text, clockOf(input))
    return jobs.ok
      ? jobsPart(
          ID,
          jobs.value.map(({ name, facts }) => readJob(ID, { ...named, name }, facts)),
        )
      : jobs
  },
}

const ROW = /^(\S.{0,200}?) {2,}(\S.{0,60}?) +\{?([0-9a-fA-F]{8}-[0-9a-fA-F-]{27})\}? +(\S.{0,300})$/
const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?/g

/** Errors: `empty`, `parse` (no table, or fewer rows than its last line counts). */
export function parseVeeamSessions(text: string, clock: ToolClock): Result<readonly VeeamJob[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'veeamconfig printed nothing' })
  const all = textLines(text)
  if (!all.ok) return all
  const lines = all.value.map((line) => line.slice(0, 700).trimEnd())
  const head = lines.find((line) => /^(?:Job name|Name) {2,}/i.test(line))
  const total = /^Total amount: (\d{1,6})$/m.exec(text)?.[1]
  if (head === undefined && total === undefined)
    return err({ code: 'parse', detail: 'veeamconfig: no table in the text' })
  const rows = lines.flatMap((line) => ROW.exec(line) ?? []).length
  const isJobs = head !== undefined && /^Name {2,}/i.test(head) && !/\bState\b/i.test(head)
  if (isJobs) return ok(jobNames(lines).map((name) => ({ name, facts: NOTHING_TOLD })))
  const sessions = lines.flatMap((line) => sessionOf(line, /Created at/i.test(head ?? '')))
  if (rows === 0 && total !== '0') return err({ code: 'parse', detail: 'veeamconfig: a table without rows' })
  const own = lines.filter((line) => ROW.test(line)).length
  if (total !== undefined && own < Number(total)) return err({ code: 'parse', detail: 'veeamconfig: rows are missing' })
  if (sessions.length === 0) return ok([{ name: 'Veeam Agent', facts: NOTHING_TOLD }])
  const groups = Map.groupBy(sessions, ({ job }) => job)
  return ok([...groups].map(([name, all]) => ({ name, facts: factsOf(all, clock) })))
}

/** `Name  ID  Type  Repository`: names and nothing about runs. */
function jobNames(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const name = /^(\S.{0,200}?) {2,}\{?[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}\}? /.exec(line)?.[1]
    return name === undefined ? [] : [name]
  })
}

/** Restores, mounts and rescans are no backups. */
function sessionOf(line: string, hasCreated: boolean): readonly Session[] {
  const match = ROW.exec(line)
  if (match === null) return []
  const [, job = '', type = '', , rest = ''] = match
  if (!/backup|^(?:full|incremental)/i.test(type)) return []
  const state = rest.split(/ {2,}/, 1)[0] ?? ''
  const times = [...rest.matchAll(TIME)].map(([time]) => parseWallTime(time))
  const startedAt = times[hasCreated ? 1 : 0] ?? times[0] ?? null
  return [{ job, result: resultOf(state), startedAt, endedAt: times[hasCreated ? 2 : 1] ?? null }]
}

function resultOf(state: string): Session['result'] {
  if (/^success$/i.test(state)) return 'success'
  if (/^warning$/i.test(state)) return 'partial'
  return /^(?:running|starting|stopping|pending|waiting|postprocess\w*)\b/i.test(state) ? 'running' : 'failed'
}

function factsOf(all: readonly Session[], clock: ToolClock): RunFacts {
  const ends = (...results: readonly Session['result'][]) =>
    all.flatMap(({ result, endedAt, startedAt }) => (results.includes(result) ? [endedAt ?? startedAt] : []))
  const ended = all.filter(({ result }) => result !== 'running')
  const at = (one: Session | null) => one?.endedAt?.ms ?? one?.startedAt?.ms ?? 0
  const last = ended.reduce<Session | null>((best, one) => (at(one) >= at(best) ? one : best), null)
  const isRunning = all.some(({ result }) => result === 'running')
  const running = all.flatMap(({ result, startedAt }) => (result === 'running' ? [startedAt] : []))
  const minutes = last?.endedAt != null && last.startedAt != null ? last.endedAt.ms - last.startedAt.ms : -1
  return {
    ...NOTHING_TOLD,
    lastResult: last === null || last.result === 'running' ? null : last.result,
    lastSuccessAt: newestInstant(ends('success'), clock),
    lastPartialAt: newestInstant(ends('partial'), clock),
    lastRunAt: newestInstant(ends('success', 'partial', 'failed'), clock),
    startedAt: isRunning ? newestInstant(running, clock) : null,
    durationMs: minutes > 0 ? minutes : null,
  }
}
