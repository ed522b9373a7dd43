/** Runs commands of `server` in this process with captured streams, as server/cli.ts would. */
import type { Ask } from '../../../server/commands/ask.ts'
import { askOf } from '../../../server/commands/ask.ts'
import { runCli } from '../../../server/commands/run-cli.ts'

export type Ended = { readonly code: number; readonly out: string; readonly err: string }

export type CommandOptions = {
  readonly input?: string
  readonly environment?: { readonly [name: string]: string }
  /** How requests are answered; the control socket or the folder when absent. */
  readonly ask?: Ask
}

/** @param folder the data folder. @returns exit code and what stood on each stream. */
export async function commandHere(
  folder: string,
  words: readonly string[],
  { input = '', environment = {}, ask }: CommandOptions = {},
): Promise<Ended> {
  const own = { ROUNDS_DATA: folder, ...environment }
  let [out, err] = ['', '']
  const code = await runCli(words, {
    out: (line) => {
      out += `${line}\n`
    },
    err: (line) => {
      err += `${line}\n`
    },
    readInput: async () => input,
    environment: own,
    cwd: folder,
    ask: ask ?? askOf(own, folder),
  })
  return { code, out, err }
}
