/** `server ping`: addresses that backup jobs elsewhere (a NAS, a cloud service) call when they run. */
import { type Command, type CommandIo, columns, misused, moment, type Parsed, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'
import { parseSpan, spanText } from './span.ts'

const USAGE = {
  usage: [
    'ping new --machine CLIENT/MACHINE --name NAME [--every 1d] [--grace 2h]',
    'ping list [--client CLIENT]',
    'ping renew --machine CLIENT/MACHINE --name NAME',
    'ping remove --machine CLIENT/MACHINE --name NAME',
  ],
  example: 'ping new --machine bakery/srv --name "NAS to cloud" --every 1d --grace 2h',
}

const NAMED = { machine: { type: 'string' }, name: { type: 'string' } } as const
const SPAN = 'is a whole number with m, h, d or w, such as 90m, 2h or 1d.'
const USE =
  'Call it when a run went well. With /start, /fail or /<exit status> at its end it says more. It is shown only now.'

/** The machine and the name of a ping; a sentence when one of them is missing. */
function namedOf({ text }: Parsed): { readonly machine: string; readonly name: string } | string {
  const [machine, name] = [text('machine'), text('name')]
  if (machine === null) return 'Say which machine it protects or runs on: --machine CLIENT/MACHINE.'
  return name === null ? 'Say what the job is called: --name NAME.' : { machine, name }
}

function say(io: CommandIo, parsed: Parsed, line: string): void {
  if (!parsed.has('json')) io.err(line)
}

const subcommands: Subcommands = {
  async new(args, io) {
    const parsed = readWords(args, { ...NAMED, every: { type: 'string' }, grace: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    const named = namedOf(parsed.value)
    if (typeof named === 'string') return named
    const everyMs = parseSpan(parsed.value.text('every') ?? '1d')
    const graceMs = parseSpan(parsed.value.text('grace') ?? '2h')
    if (everyMs === null) return `--every ${SPAN}`
    if (graceMs === null) return `--grace ${SPAN}`
    const made = await io.ask('ping.new', { ...named, everyMs, graceMs })
    if (made.ok) say(io, parsed.value, USE)
    return reply(io, parsed.value, made, ({ address }) => [address])
  },
  async list(args, io) {
    const parsed = readWords(args, { client: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    const listed = await io.ask('ping.list', { client: parsed.value.text('client') })
    return reply(io, parsed.value, listed, (pings) =>
      pings.length === 0
        ? ['No ping yet. Make one: ping new --machine CLIENT/MACHINE --name NAME']
        : columns(
            pings.map(({ machine, name, state, everyMs, graceMs, succeededAt, exitStatus, note }) => [
              machine,
              name,
              state,
              `every ${spanText(everyMs)} + ${spanText(graceMs)}`,
              `last good ${moment(succeededAt)}`,
              exitStatus === null ? '' : `exit ${exitStatus}`,
              note,
            ]),
          ),
    )
  },
  async renew(args, io) {
    const parsed = readWords(args, NAMED)
    if (!parsed.ok) return parsed.error
    const named = namedOf(parsed.value)
    if (typeof named === 'string') return named
    const made = await io.ask('ping.renew', named)
    if (made.ok) say(io, parsed.value, `The old address is of no use from now on. ${USE}`)
    return reply(io, parsed.value, made, ({ address }) => [address])
  },
  async remove(args, io) {
    const parsed = readWords(args, NAMED)
    if (!parsed.ok) return parsed.error
    const named = namedOf(parsed.value)
    if (typeof named === 'string') return named
    return reply(io, parsed.value, await io.ask('ping.remove', named), ({ machine, name }) => [
      `Removed ${name} of ${machine}.`,
    ])
  },
}

/** Pings: new, list, renew, remove. */
export const ping: Command = {
  name: 'ping',
  summary: 'addresses that backup jobs elsewhere call: new, list, renew, remove',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
