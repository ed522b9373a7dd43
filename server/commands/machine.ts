/** `server machine`: enrolled machines. */
import { ROLES } from '../../shared/checks/names.ts'
import { type Command, columns, misused, moment, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = {
  usage: [
    'machine list [--client CLIENT]',
    'machine rename MACHINE NAME [--role server|desktop|laptop|auto]',
    'machine place MACHINE PLACE [PERSON]',
  ],
  example: 'machine rename bakery/desktop-4f2 "Till 1" --role desktop',
}

const subcommands: Subcommands = {
  async list(args, io) {
    const parsed = readWords(args, { client: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    return reply(io, parsed.value, await io.ask('machine.list', { client: parsed.value.text('client') }), (machines) =>
      machines.length === 0
        ? ['No machine yet. Make a code: code new --client CLIENT']
        : columns(
            machines.map(({ machine, standing, connected, lastReportAt, open }) => [
              `${machine.client.slug}/${machine.slug}`,
              machine.name,
              machine.role,
              standing,
              `${open} open`,
              connected ? 'connected' : `last report ${moment(lastReportAt)}`,
            ]),
          ),
    )
  },
  async rename(args, io) {
    const parsed = readWords(args, { role: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    const [machine, name] = parsed.value.words
    if (machine === undefined || name === undefined) return 'Give a machine and its new name.'
    const wanted = parsed.value.text('role')
    const named = ROLES.find((known) => known === wanted)
    if (named === undefined && wanted !== null && wanted !== 'auto') return `The role is ${ROLES.join(', ')} or auto.`
    const role = wanted === null ? 'keep' : (named ?? null)
    return reply(io, parsed.value, await io.ask('machine.rename', { machine, name, role }), (renamed) => [
      `The machine is now called ${renamed.name}; its role is ${renamed.role ?? 'what its chassis says'}.`,
    ])
  },
  async place(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [machine, place, person = ''] = parsed.value.words
    if (machine === undefined || place === undefined) return 'Give a machine, where it stands, and who uses it.'
    return reply(io, parsed.value, await io.ask('machine.place', { machine, place, person }), () => ['Noted.'])
  },
}

/** Machines: list, rename, place. */
export const machine: Command = {
  name: 'machine',
  summary: 'enrolled machines: list, rename, role, place',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
