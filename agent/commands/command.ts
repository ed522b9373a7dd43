/** What a command is, what it may use, and how it reads its options. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { err, ok, type Result } from '../../shared/result.ts'

/** The command's only way to the outside besides files: text for people on `out`, diagnostics on `err`. */
export type CommandIo = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: { readonly [name: string]: string | undefined }
  readonly readStdin: () => Promise<Uint8Array>
  readonly now: () => number
}

/** 0 fine, 1 the thing asked about is wrong, 2 used wrongly. */
export type ExitCode = 0 | 1 | 2

/** One command. `run` gets the words after its name. */
export type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>

/** Options and words of one call, checked against what the command knows. */
export type Options<T extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>

/** Reads options and words. Error: a sentence about the first one that is wrong. */
export function readOptions<const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  maxWords = 0,
): Result<Options<T>, string> {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const surplus = parsed.positionals[maxWords]
    return surplus === undefined ? ok(parsed) : err(`"${surplus}" is one word too many.`)
  } catch (error) {
    // node:util explains an unknown option in its first sentence and its own syntax in the rest.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    return err(sentence.endsWith('.') ? sentence : `${sentence}.`)
  }
}

/** Says that the command was used wrongly. */
export function misused(io: CommandIo, sentence: string): ExitCode {
  io.err(`${sentence}\n`)
  return 2
}

/** Says that the thing asked about is wrong. */
export function failedWith(io: CommandIo, sentence: string): ExitCode {
  io.err(`${sentence}\n`)
  return 1
}
