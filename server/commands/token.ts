/** `server token`: bearer tokens for scripts and Prometheus; they only read. */
import { ACCESS_ROLES } from '../auth/access.ts'
import { type Command, columns, misused, moment, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = {
  usage: ['token new --role viewer --client CLIENT|all [--label TEXT]', 'token list', 'token revoke ID'],
  example: 'token new --role viewer --client all --label prometheus',
}

const subcommands: Subcommands = {
  async new(args, io) {
    const parsed = readWords(args, {
      role: { type: 'string' },
      client: { type: 'string' },
      label: { type: 'string' },
    })
    if (!parsed.ok) return parsed.error
    const { text } = parsed.value
    const role = ACCESS_ROLES.find((known) => known === (text('role') ?? 'viewer'))
    if (role === undefined) return `The role is one of ${ACCESS_ROLES.join(', ')}.`
    const client = text('client')
    if (client === null) return 'Say what it may read: --client CLIENT, or --client all.'
    const ask = { role, client: client === 'all' ? null : client, label: text('label') ?? `${role} ${client}` }
    const made = await io.ask('token.new', ask)
    if (made.ok && !parsed.value.has('json'))
      io.err('Shown once and stored nowhere. Send it as: Authorization: Bearer …')
    return reply(io, parsed.value, made, ({ text: secret }) => [secret])
  },
  async list(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    return reply(io, parsed.value, await io.ask('token.list', {}), (tokens) =>
      columns(
        tokens.map(({ id, label, role, clientId, createdAt }) => [
          id,
          label,
          role,
          clientId ?? 'all',
          moment(createdAt),
        ]),
      ),
    )
  },
  async revoke(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [id] = parsed.value.words
    if (id === undefined) return 'Give the id of a token. See: token list'
    return reply(io, parsed.value, await io.ask('token.revoke', { id }), () => ['The token is worth nothing now.'])
  },
}

/** Tokens: new, list, revoke. */
export const token: Command = {
  name: 'token',
  summary: 'bearer tokens that only read: new, list, revoke',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
