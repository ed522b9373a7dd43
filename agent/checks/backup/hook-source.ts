/** The source `backup/hook`: the hook lines of any number of jobs as a section of its own. Pure. */
import type { Job } from '../../../shared/checks/backup.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { read } from '../../../shared/reading.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type HookState, judgeHookRuns, parseHookLines } from './hook.ts'

const MAX_JOBS = 64

/** Without the machine's configuration no exit code counts as partial. Errors: `empty` (no line), `parse` (no line understood). */
export const hookSource: Source<'backup'> = {
  id: 'backup/hook',
  check: 'backup',
  parse: ({ stdout, now }) => {
    const { runs, malformed } = parseHookLines(decode(stdout), now)
    if (runs.length === 0 && malformed === 0) return err({ code: 'empty', detail: 'no line' })
    if (runs.length === 0) return err({ code: 'parse', detail: `none of ${malformed} lines was understood` })
    const names = [...new Set(runs.map(({ job }) => job))].sort().slice(0, MAX_JOBS)
    const states = names.map((name) => ({
      name,
      state: judgeHookRuns(
        runs.filter(({ job }) => job === name),
        [],
      ),
    }))
    return ok({
      parts: {
        jobs: read(
          'backup/hook',
          states.map(({ name, state }) => hookJob(name, state, null)),
        ),
      },
      samples: Object.assign({}, ...states.map(({ name, state }) => hookSamples(name, state))),
    })
  },
}

/** A job of the section from what its runs say. @param everyMs promised rhythm; null: the role's default. */
export function hookJob(name: string, state: HookState, everyMs: number | null): Job {
  return {
    id: hookId(name),
    tool: 'hook',
    name,
    destination: { kind: 'unknown', label: null, sameDisk: null, offsite: null, encrypted: null },
    expectedEveryMs: everyMs,
    status: read('backup/hook', {
      lastResult: state.lastResult,
      copies: null,
      tooSmall: state.bytes === null ? null : state.bytes === 0,
    }),
  }
}

/** The numbers of a hook job; the size only once one was told. */
export function hookSamples(name: string, state: HookState): SampleValues {
  const prefix = `job:${hookId(name)}`
  return {
    [`${prefix}:lastRunAt`]: state.lastRunAt,
    [`${prefix}:lastSuccessAt`]: state.lastSuccessAt,
    ...(state.bytes === null ? {} : { [`${prefix}:bytes`]: state.bytes }),
  }
}

/** Id of a hook job: `hook:<name>`, at most 128 characters. */
export function hookId(name: string): string {
  return `hook:${name}`.slice(0, 128)
}
