/** `server code`: enrollment codes, each for one machine. */
import { ROLES } from '../../shared/checks/names.ts'
import { type Command, columns, misused, moment, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = {
  usage: [
    'code new --client CLIENT [--site SITE] [--role server|desktop|laptop] [--name NAME]',
    'code list --client CLIENT',
  ],
  example: 'code new --client bakery --name "Till 2"',
}

const subcommands: Subcommands = {
  async new(args, io) {
    const parsed = readWords(args, {
      client: { type: 'string' },
      site: { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string' },
    })
    if (!parsed.ok) return parsed.error
    const { text } = parsed.value
    const client = text('client')
    if (client === null) return 'Say for which client: --client CLIENT.'
    const role = ROLES.find((known) => known === text('role')) ?? null
    if (role === null && text('role') !== null) return `The role is one of ${ROLES.join(', ')}.`
    const order = { client, site: text('site'), role, machineName: text('name') }
    const made = await io.ask('code.new', order)
    if (made.ok && !parsed.value.has('json')) {
      io.err(`For one machine of ${made.value.client}, until ${moment(made.value.expiresAt)}. There: agent enroll CODE`)
    }
    return reply(io, parsed.value, made, ({ code: text }) => [text])
  },
  async list(args, io) {
    const parsed = readWords(args, { client: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    const client = parsed.value.text('client')
    if (client === null) return 'Say of which client: --client CLIENT.'
    return reply(io, parsed.value, await io.ask('code.list', { client }), (codes) =>
      columns(
        codes.map(({ id, usesLeft, expiresAt, createdBy, machineName }) => [
          id,
          `${usesLeft} left`,
          `until ${moment(expiresAt)}`,
          machineName ?? '-',
          `by ${createdBy}`,
        ]),
      ),
    )
  },
}

/** Codes: new, list. */
export const code: Command = {
  name: 'code',
  summary: 'enrollment codes: new (prints the code alone on stdout), list',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
