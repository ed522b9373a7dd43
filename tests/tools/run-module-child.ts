/**
 * Child process of run-module.ts: runs one module and writes how it ended into the folder it was given.
 */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Thrown by a module that finds it cannot run here; `message` is the reason. */
interface Skip extends Error {
  readonly isSkip: true
}

const isSkip = (error: unknown): error is Skip => error instanceof Error && 'isSkip' in error

/** What run-module.ts sends; both ends are in this folder, so it is not checked again. */
interface Job {
  readonly modulePath: string
  readonly file: string
  readonly input: Readonly<Record<string, unknown>>
  readonly folder: string
}

async function runJob({ modulePath, file, input, folder }: Job): Promise<unknown> {
  const exports = await import(pathToFileURL(modulePath).href)
  const log = (line: string) => process.stdout.write(`${line}\n`)
  const skip = (reason: string) => {
    throw Object.assign(new Error(reason), { isSkip: true })
  }
  const own = path.join(folder, 'own')
  fs.mkdirSync(own)
  return exports[file].run({ ...input, log, skip, folder: own })
}

const job: Job = JSON.parse(process.argv[2] ?? '')
const write = (ending: unknown) => fs.writeFileSync(path.join(job.folder, 'ending.json'), JSON.stringify(ending))
try {
  const answer = await runJob(job)
  write({ state: 'passed', reason: null, answer: answer ?? null })
} catch (error) {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  if (!isSkip(error)) process.stderr.write(`${error instanceof Error ? error.stack : reason}\n`)
  write({ state: isSkip(error) ? 'skipped' : 'failed', reason, answer: null })
  process.exitCode = isSkip(error) ? 0 : 1
}
