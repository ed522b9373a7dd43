/**
 * What the runners of system blocks, harnesses and benches share: find the modules, run one in a child process with a
 * hard time-out, count. Not pure.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { tempFolder } from '../support/tmp.ts'
import { ROOT } from './source-files.ts'

/** How one module ended. `answer` is what its `run` returned, as JSON gives it back; null when it returned nothing. */
export interface Ending {
  readonly state: 'passed' | 'failed' | 'skipped'
  /** Why it failed or was skipped, one line; null when it passed. */
  readonly reason: string | null
  readonly answer: unknown
  readonly seconds: number
  /** Everything it and its children wrote. */
  readonly output: string
}

const CHILD = path.join(import.meta.dirname, 'run-module-child.ts')

// Ending by process.exit runs what kills the child's group and removes the temporary folders.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/**
 * Imports `tests/<kind>/<name>/<file>.ts` for each folder that has one and returns the export called `file`, sorted by
 * folder. `only` narrows to these names; a name that does not exist is an error that lists what there is.
 */
export async function findModules<T extends { readonly name: string }>(
  kind: string,
  file: string,
  only: readonly string[],
): Promise<readonly { readonly module: T; readonly path: string }[]> {
  const folder = path.join(ROOT, 'tests', kind)
  const paths = fs
    .readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name, `${file}.ts`))
    .filter((found) => fs.existsSync(found))
  const all = await Promise.all(
    paths.map(async (found) => {
      const exports: Readonly<Record<string, T | undefined>> = await import(pathToFileURL(found).href)
      const module = exports[file]
      if (module === undefined) throw new Error(`${found} has no export "${file}"`)
      return { module, path: found }
    }),
  )
  const names = all.map(({ module }) => module.name)
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`no ${file} called ${unknown.join(', ')}; there are: ${names.join(', ')}`)
  return all.filter(({ module }) => only.length === 0 || only.includes(module.name))
}

/** Ends a child with everything it started: it leads a process group of its own. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}

/**
 * Runs the `run` of the module's export in a child process. Its output goes to a file, since a daemon that outlives the
 * child would hold a pipe open; what is left of its process group is killed in the end.
 */
export async function runModule(
  modulePath: string,
  file: string,
  options: { readonly input: unknown; readonly timeoutMs: number; readonly execArgv?: readonly string[] },
): Promise<Ending> {
  const folder = tempFolder('run')
  const log = fs.openSync(path.join(folder, 'log'), 'w')
  const started = performance.now()
  const job = { modulePath, file, input: options.input, folder }
  const child = spawn(process.execPath, [...(options.execArgv ?? []), CHILD, JSON.stringify(job)], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', log, log],
  })
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    killGroup(child.pid)
  }, options.timeoutMs)
  const onExit = () => killGroup(child.pid)
  process.once('exit', onExit)
  const how = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(code === null ? `ended by ${signal}` : `exit ${code}`))
  })
  clearTimeout(timer)
  process.off('exit', onExit)
  killGroup(child.pid)
  fs.closeSync(log)
  const seconds = (performance.now() - started) / 1000
  const output = fs.readFileSync(path.join(folder, 'log'), 'utf8')
  const late = isLate ? `still running after ${options.timeoutMs / 1000} s` : null
  return { ...readEnding(folder, late ?? how, isLate), seconds, output }
}

/** The ending as the child wrote it; a child that was killed or crashed wrote none and has failed. */
function readEnding(folder: string, how: string, isLate: boolean): Omit<Ending, 'seconds' | 'output'> {
  const file = path.join(folder, 'ending.json')
  if (isLate || !fs.existsSync(file)) return { state: 'failed', reason: how, answer: null }
  return JSON.parse(fs.readFileSync(file, 'utf8'))
}

/** The last lines of a text, indented. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n').replace(/^/gm, '    ')
}

/** Prints how one module ended, with the end of its output when it failed. */
export function printEnding(name: string, { state, reason, seconds, output }: Ending): void {
  const why = reason === null ? '' : `  ${reason}`
  process.stdout.write(`${state.padEnd(8)} ${name.padEnd(24)}${seconds.toFixed(1).padStart(7)} s${why}\n`)
  if (state === 'failed') process.stdout.write(`${tail(output, 60)}\n`)
}

/** Prints the closing line "N passed, N failed, N skipped". Returns the exit code: 1 when something failed. */
export function closeRun(endings: readonly Pick<Ending, 'state'>[]): 0 | 1 {
  const count = (state: Ending['state']) => endings.filter((ending) => ending.state === state).length
  process.stdout.write(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`)
  return count('failed') > 0 ? 1 : 0
}
