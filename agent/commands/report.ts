/** `agent report --job NAME --exit N`: one line that a backup script leaves for the agent. No network, nothing is started. */

import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { encodeJson } from '../../shared/encode-json.ts'
import { writeFileAtomic } from '../atomic-file.ts'
import { formatHookLine, hookFileName } from '../checks/backup/hook.ts'
import { WATCH_NAME } from '../watch-entry.ts'
import { type Command, failedWith, misused, readOptions } from './command.ts'
import { openLocal } from './local-setup.ts'

const OPTIONS = {
  job: { type: 'string' },
  exit: { type: 'string' },
  bytes: { type: 'string' },
  duration: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** Above this size the older half of a job's lines goes. */
const MAX_HOOK_BYTES = 131_072

/** Exit 1: the line could not be stored. */
export const report: Command = async (args, io) => {
  const options = readOptions(args, OPTIONS)
  if (!options.ok) return misused(io, options.error)
  const { job, exit, bytes, duration, json } = options.value.values
  if (job === undefined || !WATCH_NAME.test(job)) {
    return misused(io, '--job NAME is needed: 1 to 64 letters, digits, dots, dashes or underscores.')
  }
  const [code, size, seconds] = [countOf(exit), countOf(bytes), countOf(duration)]
  if (typeof code !== 'number')
    return misused(io, '--exit N is needed: the exit code of the backup, for example --exit $?')
  if (size === undefined || seconds === undefined)
    return misused(io, '--bytes and --duration (seconds) take whole numbers.')
  const local = openLocal(io)
  if (!local.ok) return failedWith(io, local.error)
  const { folder, config } = local.value
  const run = { job, exit: code, at: io.now(), bytes: size, durationSeconds: seconds }
  try {
    append(join(folder.hooks, hookFileName(job)), formatHookLine(run))
  } catch (error) {
    return failedWith(io, `The run could not be noted: ${error instanceof Error ? error.message : String(error)}`)
  }
  const isWatched = config.watches.some((watch) => watch.kind === 'hook' && watch.name === job)
  if (json === true) io.out(`${encodeJson({ ...run, watched: isWatched })}\n`)
  else io.out(`Noted: ${job} ended with exit code ${code}.\n`)
  if (!isWatched) io.err(`No watch is named "${job}" yet, so it is not judged. Add it: agent watch add hook ${job}\n`)
  return 0
}

/** null: not given; undefined: given and no whole number from 0. */
function countOf(written: string | undefined): number | null | undefined {
  if (written === undefined) return null
  return /^\d{1,15}$/.test(written) ? Number(written) : undefined
}

function append(path: string, line: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_HOOK_BYTES) {
    const lines = readFileSync(path, 'utf8').split('\n')
    writeFileAtomic(path, lines.slice(Math.floor(lines.length / 2)).join('\n'), { mode: 0o600 })
  }
  appendFileSync(path, line, { mode: 0o600, flush: true })
}
