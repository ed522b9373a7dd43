/** The source `backup/vzdump-log`: the list of tasks of a Proxmox VE node, or the log of one vzdump task. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { jobsPart, NOTHING_TOLD, type RunFacts, readJob, UNKNOWN_PLACE } from './run-facts.ts'
import { isTaskList, parseVzdumpTasks } from './vzdump-tasks.ts'
import { clockOf, newestInstant, parseWallTime, type ToolClock } from './wall-time.ts'

const ID = 'backup/vzdump-log'

/** Errors: `empty`, `parse`, `exit` (the list could not be asked). */
export const vzdumpLogSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    const clock = clockOf(input)
    const named = { tool: 'vzdump', destination: UNKNOWN_PLACE, everyMs: null } as const
    if (isTaskList(text)) {
      if (input.exitCode !== 0) return err({ code: 'exit', detail: `ended with ${input.exitCode ?? 'a signal'}` })
      const jobs = parseVzdumpTasks(text, clock)
      return jobs.ok
        ? jobsPart(
            ID,
            jobs.value.map(({ name, facts }) => readJob(ID, { ...named, name }, facts)),
          )
        : jobs
    }
    const facts = parseTaskLog(text, input.exitCode, clock)
    return facts.ok ? jobsPart(ID, [readJob(ID, { ...named, name: 'vzdump' }, facts.value)]) : facts
  },
}

/** One task: its last line says how it ended; before PVE 6 only the words of the job do. */
function parseTaskLog(text: string, exitCode: number | null, clock: ToolClock): Result<RunFacts, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'the log of vzdump is empty' })
  const isVzdump = /(?:backup job: vzdump|Starting Backup of VM|Finished Backup of VM|Backup of VM)/.test(text)
  const ends = [...text.matchAll(/^TASK (OK|WARNINGS: \d{1,6}|ERROR: .{1,300})\s*$/gm)]
  const errors = /(?:^|\s)ERROR: |Backup job finished with errors/m.test(text)
  const warnings = /(?:^|\s)(?:WARN|WARNING): /m.test(text)
  const finished = /Backup job finished successfully\s*$/m.test(text)
  if (!isVzdump && ends.length === 0) return err({ code: 'parse', detail: 'no run of vzdump in the log' })
  const end = ends.at(-1)?.[1] ?? (finished ? 'OK' : '')
  const isFailed = errors || end.startsWith('ERROR') || exitCode !== 0
  const result = isFailed ? 'failed' : end === '' ? null : end === 'OK' && !warnings ? 'success' : 'partial'
  const times = [...text.matchAll(/(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)/g)].slice(-2_000)
  const lastRunAt = newestInstant(
    times.map(([, time = '']) => parseWallTime(time)),
    clock,
  )
  return ok({
    ...NOTHING_TOLD,
    lastResult: isVzdump ? result : result === 'failed' ? 'failed' : null,
    lastRunAt,
    lastSuccessAt: isVzdump && result === 'success' ? lastRunAt : null,
    lastPartialAt: isVzdump && result === 'partial' ? lastRunAt : null,
  })
}
