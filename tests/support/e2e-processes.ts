/** The real programs as a person starts them: `npm start` (server and agent of this machine) and the server's command line. */
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { type ProgramEnd, runProgram } from './run-program.ts'
import { tempFolder } from './tmp.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const START_MS = 30_000

export type Started = {
  readonly origin: string
  /** The one-time sign-in link, as printed. */
  readonly link: string
  readonly dataFolder: string
  /** Everything printed so far. */
  readonly printed: () => string
  /** `server/cli.ts <words>` against the same data folder. */
  readonly command: (...words: readonly string[]) => Promise<ProgramEnd>
  /** Resolves with the exit code. */
  readonly stop: () => Promise<number | null>
}

/** The environment of a shell that knows nothing of this test runner. */
export function cleanEnvironment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_|ROUNDS_)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', NODE_COMPILE_CACHE: compiled(), ...more }
}

let cache: string | null = null
/** Stripping types takes half a second per process; the second one finds it done. */
function compiled(): string {
  cache ??= tempFolder('compiled')
  return cache
}

/** Starts `server/start.mjs` as `npm start` does, on a free port and a fresh data folder. @throws with what it printed. */
export async function npmStart(): Promise<Started> {
  const dataFolder = path.join(tempFolder('start'), 'data')
  const env = cleanEnvironment({ ROUNDS_PORT: '0', ROUNDS_DATA: dataFolder })
  const child = spawn(process.execPath, [path.join(ROOT, 'server/start.mjs')], { cwd: ROOT, env })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  const link = await printedLink(child, () => printed)
  return {
    origin: new URL(link).origin,
    link,
    dataFolder,
    printed: () => printed,
    command: (...words) =>
      runProgram(process.execPath, [path.join(ROOT, 'server/cli.ts'), ...words], { env, cwd: ROOT }),
    stop: () => stopped(child),
  }
}

/** A process with what it printed, and the three ways in which it ends. */
export type Running = {
  readonly printed: () => string
  readonly isAlive: () => boolean
  /** `kill -9`: no goodbye, nothing is written any more. Resolves when it is gone. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<number | null>
}

/** Starts `<program>/cli.ts <words>` and leaves it running. */
export function startProgram(program: 'server' | 'agent', words: readonly string[], more: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [path.join(ROOT, program, 'cli.ts'), ...words], {
    cwd: ROOT,
    env: cleanEnvironment(more),
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = `${printed}${text}`.slice(-20_000)
    })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    printed: () => printed,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: () => {
      child.kill('SIGKILL')
      return gone
    },
    stop: () => stopped(child),
  }
}

/** Runs `<program>/cli.ts <words>` to its end. @throws with what it said unless it ends with 0. @returns its standard output. */
export async function command(
  program: 'server' | 'agent',
  words: readonly string[],
  more: NodeJS.ProcessEnv,
): Promise<string> {
  const env = cleanEnvironment(more)
  const end = await runProgram(process.execPath, [path.join(ROOT, program, 'cli.ts'), ...words], { env, cwd: ROOT })
  if (end.code !== 0) throw new Error(`${program} ${words.join(' ')}: ${end.code}\n${end.stdout}${end.stderr}`)
  return end.stdout
}

async function printedLink(child: ChildProcess, printed: () => string): Promise<string> {
  const deadline = performance.now() + START_MS
  for (;;) {
    const link = /^ *Sign in +(\S+)$/m.exec(printed())?.[1]
    if (link !== undefined) return link
    if (child.exitCode !== null || performance.now() > deadline) {
      await stopped(child)
      throw new Error(`npm start printed no sign-in link:\n${printed()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** SIGTERM, and SIGKILL where that is not enough. */
async function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 15_000)
  const code = await ended
  clearTimeout(force)
  return code
}
