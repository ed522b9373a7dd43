/** What a command of `server` is, and what it may touch. Small pieces that every command uses. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Environment } from '../config.ts'
import type { Ask } from './ask.ts'

/** 0 fine; 1 the thing asked about is wrong; 2 used wrongly. */
export type ExitCode = 0 | 1 | 2

/** The world of a command. Text for people and JSON go to `out`, diagnostics to `err`; both take whole lines. */
export type CommandIo = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Everything on standard input. */
  readonly readInput: () => Promise<string>
  readonly environment: Environment
  readonly cwd: string
  /** Puts a request to the running server, or to the data folder when none runs. */
  readonly ask: Ask
}

/** One command. `usage`: its forms, one a line, without the program's name. */
export type Command = {
  readonly name: string
  readonly summary: string
  readonly usage: readonly string[]
  readonly example: string
  readonly run: (args: readonly string[], io: CommandIo) => Promise<ExitCode>
}

/** Options and words of a command line. */
export type Parsed = {
  readonly words: readonly string[]
  readonly text: (name: string) => string | null
  readonly list: (name: string) => readonly string[]
  readonly has: (name: string) => boolean
}

/** Reads options; `--json` is always one. Error: a sentence. */
export function readWords(args: readonly string[], options: ParseArgsOptionsConfig): Result<Parsed, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...options, json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    })
    const found: { readonly [name: string]: unknown } = values
    return ok({
      words: positionals,
      text: (name) => textOf(found[name]),
      list: (name) => [found[name] ?? []].flat().filter((value): value is string => typeof value === 'string'),
      has: (name) => found[name] === true,
    })
  } catch (error) {
    return err((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '')
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Says how a command is used wrongly, and how it is meant. */
export function misused(io: CommandIo, command: Pick<Command, 'usage' | 'example'>, why: string): 2 {
  io.err(why)
  for (const form of command.usage) io.err(`usage: server ${form}`)
  io.err(`example: server ${command.example}`)
  return 2
}

/** Terminal escapes, control and direction characters of strings from elsewhere become visible (security T26). */
export function printable(value: string): string {
  return value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd').toWellFormed()
}

/** Rows of words in columns. @returns one line for each row. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const clean = rows.map((row) => row.map(printable))
  const widths = clean.reduce<number[]>((most, row) => row.map((word, i) => Math.max(most[i] ?? 0, word.length)), [])
  return clean.map((row) =>
    row
      .map((word, i) => word.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** An instant as UTC to the minute; null: a dash. */
export function moment(at: number | null): string {
  return at === null ? '-' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
