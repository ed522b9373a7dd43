/** Finds the command that the first word names, and runs it. */
import { describeUnknown } from '../nearest-word.ts'
import { type Command, type CommandIo, columns, type ExitCode, printable } from './command.ts'
import { commands } from './commands.ts'

const HELP = new Set(['help', '--help', '-h'])

/** @returns the exit code: 0 fine, 1 the thing asked about is wrong, 2 used wrongly. */
export async function runCli(words: readonly string[], surroundings: CommandIo): Promise<ExitCode> {
  // Diagnostics repeat what was typed, read or stored: they may not move the cursor.
  const io = { ...surroundings, err: (line: string) => surroundings.err(printable(line)) }
  const [name, ...args] = words
  if (name === undefined) {
    helpLines().forEach(io.err)
    return 2
  }
  if (HELP.has(name)) {
    helpLines().forEach(io.out)
    return 0
  }
  const command = commands.find((one) => one.name === name)
  if (command === undefined) {
    io.err(
      describeUnknown(
        'command',
        name,
        commands.map((one) => one.name),
      ),
    )
    helpLines().forEach(io.err)
    return 2
  }
  if (args.some((word) => word === '--help' || word === '-h')) {
    helpOf(command).forEach(io.out)
    return 0
  }
  return command.run(args, io)
}

function helpLines(): readonly string[] {
  return [
    'usage: npm run -s server -- COMMAND [--json]',
    '',
    ...columns(commands.map(({ name, summary }) => [`  ${name}`, summary])),
    '',
    'More about one of them: COMMAND --help',
  ]
}

function helpOf({ summary, usage, example }: Command): readonly string[] {
  return [summary, ...usage.map((form) => `usage: server ${form} [--json]`), `example: server ${example}`]
}
