/** Prints the answer of a request: JSON as it is, or lines for people; a refusal as a sentence. */
import { encodeJson } from '../../shared/encode-json.ts'
import type { Result } from '../../shared/result.ts'
import type { AskError } from './ask.ts'
import { type CommandIo, type ExitCode, type Parsed, printable } from './command.ts'

/** @param lines what people read. Exit 1 for a refusal, 2 for a wrong configuration. */
export function reply<T>(
  io: CommandIo,
  parsed: Parsed,
  answer: Result<T, AskError>,
  lines: (value: T) => readonly string[],
): ExitCode {
  if (!answer.ok) {
    if (parsed.has('json')) io.out(encodeJson({ error: answer.error }))
    io.err(answer.error.message)
    return answer.error.code === 'config' ? 2 : 1
  }
  if (parsed.has('json')) io.out(encodeJson(answer.value))
  else for (const line of lines(answer.value)) io.out(printable(line))
  return 0
}

/** A command with words of its own: `user add`, `user list`. */
export type Subcommands = {
  readonly [word: string]: (args: readonly string[], io: CommandIo) => Promise<ExitCode | string>
}

/** Runs the subcommand that the first word names. A text as result means: used wrongly. */
export async function runSubcommand(
  subcommands: Subcommands,
  args: readonly string[],
  io: CommandIo,
  misuse: (why: string) => 2,
): Promise<ExitCode> {
  const [word = '', ...rest] = args
  const run = Object.entries(subcommands).find(([name]) => name === word)?.[1]
  if (run === undefined) {
    const known = Object.keys(subcommands).join(', ')
    return misuse(word === '' ? `Say what to do: ${known}.` : `Unknown word "${word.slice(0, 40)}". Known: ${known}.`)
  }
  const ended = await run(rest, io)
  return typeof ended === 'string' ? misuse(ended) : ended
}
