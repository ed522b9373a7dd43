/** `server user`: people who may sign in. */
import { ACCESS_ROLES } from '../auth/access.ts'
import { type Command, columns, misused, moment, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = {
  usage: [
    'user add EMAIL --owner | --role ROLE --client CLIENT… [--name NAME] [--language en|fr]',
    'user list',
    'user link EMAIL',
  ],
  example: 'user add anna@example.org --role operator --client bakery',
}

const subcommands: Subcommands = {
  async add(args, io) {
    const parsed = readWords(args, {
      owner: { type: 'boolean' },
      role: { type: 'string' },
      client: { type: 'string', multiple: true },
      name: { type: 'string' },
      language: { type: 'string' },
    })
    if (!parsed.ok) return parsed.error
    const { words, text, list, has } = parsed.value
    const [email] = words
    if (email === undefined || words.length > 1) return 'Give one mail address.'
    if (has('owner') && text('role') !== null) return 'Say --owner or --role, not both.'
    const role = ACCESS_ROLES.find((known) => known === (has('owner') ? 'owner' : text('role')))
    if (role === undefined) return `Say --owner, or --role with one of ${ACCESS_ROLES.join(', ')}.`
    const language = (['en', 'fr'] as const).find((known) => known === (text('language') ?? 'en'))
    if (language === undefined) return 'The language is en or fr.'
    const order = { email, name: text('name'), role, language, clients: [...list('client')] }
    return reply(io, parsed.value, await io.ask('user.add', order), (person) => [
      `Added ${person.email} (${person.role}). Make a sign-in link: user link ${person.email}`,
    ])
  },
  async list(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    return reply(io, parsed.value, await io.ask('user.list', {}), (people) =>
      people.length === 0
        ? ['Nobody yet. Add the first: user add EMAIL --owner']
        : columns(people.map(({ email, name, role, clientIds }) => [email, name, role, clientIds.join(' ')])),
    )
  },
  async link(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [email] = parsed.value.words
    if (email === undefined) return 'Give the mail address of a person.'
    return reply(io, parsed.value, await io.ask('user.link', { email }), ({ url, expiresAt }) => [
      url,
      `Valid once, until ${moment(expiresAt)}.`,
    ])
  },
}

/** People: add, list, one-time sign-in links. */
export const user: Command = {
  name: 'user',
  summary: 'people who may sign in: add, list, one-time sign-in link',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
