/** Registry of commands: one line each, loaded only when called, so that the resident agent carries none of the others. */

import { findNearest } from '../unknown-key.ts'
import { type Command, type CommandIo, type ExitCode, misused } from './command.ts'
import { printable } from './printable.ts'

type Listed = { readonly help: string; readonly example: string; readonly load: () => Promise<Command> }

/** Every command of `agent`, in the order of its help. */
export const COMMANDS: { readonly [name: string]: Listed } = {
  run: {
    help: 'Report from this machine until told to stop.',
    example: 'agent run',
    load: async () => (await import('./run.ts')).run,
  },
  once: {
    help: 'Collect everything once and print it; nothing is sent.',
    example: 'agent once --json --check disk',
    load: async () => (await import('./once.ts')).once,
  },
  enroll: {
    help: 'Trade a code of the dashboard for an identity of this machine.',
    example: 'agent enroll rounds1.AQAT…',
    load: async () => (await import('./enroll.ts')).enroll,
  },
  status: {
    help: 'Say whether the agent runs, is connected, and what waits.',
    example: 'agent status --json',
    load: async () => (await import('./status.ts')).status,
  },
  show: {
    help: 'Print the last message that left this machine, byte for byte.',
    example: 'agent show --next',
    load: async () => (await import('./show.ts')).show,
  },
  doctor: {
    help: 'Find out why this machine does not report.',
    example: 'agent doctor',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  watch: {
    help: 'Name backups of this machine to be judged.',
    example: "agent watch add file-drop dumps --folder /srv/dumps --pattern '*.gz'",
    load: async () => (await import('./watch.ts')).watch,
  },
  report: {
    help: 'Note the end of a backup job; for the last line of its script.',
    example: 'agent report --job nightly --exit $?',
    load: async () => (await import('./report.ts')).report,
  },
  parse: {
    help: 'Print what the output of one tool says.',
    example: 'agent parse disk/smartctl --exit 4 < smartctl.json',
    load: async () => (await import('./parse.ts')).parse,
  },
  record: {
    help: 'Save what the tools of this machine answer, redacted, for support.',
    example: 'agent record ./recording',
    load: async () => (await import('./record.ts')).record,
  },
}

/** Runs one command line. @param words what stands after `agent`. */
export async function runCli(words: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name = '', ...args] = words
  if (name === '' || name === 'help' || name === '--help' || name === '-h') return help(io, name === '' ? 2 : 0)
  const listed = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (listed === undefined) {
    const nearest = findNearest(name, Object.keys(COMMANDS))
    const hint = nearest === null ? '' : `; did you mean "${nearest}"?`
    return misused(io, `Unknown command "${printable(name)}"${hint}\n\n${listAll()}`)
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out(`${listed.help}\nExample: ${listed.example}\n`)
    return 0
  }
  const command = await listed.load()
  return command(args, io)
}

function help(io: CommandIo, exit: 0 | 2): ExitCode {
  const write = exit === 0 ? io.out : io.err
  write(
    `agent: reports the health of this machine. It can only report; no server can make it do anything else.\n\n${listAll()}`,
  )
  return exit
}

function listAll(): string {
  return Object.entries(COMMANDS)
    .map(([name, { help: sentence, example }]) => `  ${name.padEnd(8)} ${sentence}\n           ${example}\n`)
    .join('')
}
