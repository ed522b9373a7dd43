/** Runs the agent's command line: in this process with captured streams, or as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { runCli } from '../../../agent/commands/index.ts'
import { tempFolder } from '../../support/tmp.ts'

const CLI = join(import.meta.dirname, '../../../agent/cli.ts')

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

/** Runs one command in this process. Not for `run`, which replaces the process. */
export async function commandHere(
  data: string,
  words: readonly string[],
  { input = '', env = {} }: { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  let [out, err] = ['', '']
  const code = await runCli(words, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env: { ROUNDS_AGENT_DATA: data, ...env },
    readStdin: async () => Buffer.from(input),
    now: () => Date.now(),
  })
  return { code, out, err }
}

let cache: string | null = null

/** Runs one command to its end. `data` is its data folder; `input` its standard input. */
export function agentCommand(
  data: string,
  words: readonly string[],
  { input = '', env = {} }: { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const child = startAgent(data, words, env)
  child.stdin?.end(input)
  return ended(child)
}

/** Starts a command and leaves it running. */
export function startAgent(data: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...clean } = process.env
  // Stripping types takes half a second per process; the second one finds it done.
  cache ??= tempFolder('compiled')
  return spawn(process.execPath, [CLI, ...words], {
    env: { ...clean, NODE_COMPILE_CACHE: cache, ROUNDS_AGENT_DATA: data, ...env },
  })
}

/** Resolves when the process has ended and its streams are read. */
export function ended(child: ChildProcess): Promise<Ended> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout?.on('data', (chunk) => out.push(chunk))
  child.stderr?.on('data', (chunk) => err.push(chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }),
    )
  })
}
