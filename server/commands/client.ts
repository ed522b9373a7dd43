/** `server client`: client companies. */
import { type Command, columns, misused, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = {
  usage: [
    'client add NAME [--slug SHORT-NAME] [--site NAME] [--language en|fr] [--time-zone ZONE]',
    'client list',
    'client rename CLIENT NAME',
  ],
  example: 'client add "Boulangerie Martin" --language fr --time-zone Europe/Paris',
}

const subcommands: Subcommands = {
  async add(args, io) {
    const parsed = readWords(args, {
      slug: { type: 'string' },
      site: { type: 'string' },
      language: { type: 'string' },
      'time-zone': { type: 'string' },
    })
    if (!parsed.ok) return parsed.error
    const { words, text } = parsed.value
    const [name] = words
    if (name === undefined || words.length > 1) return 'Give one name, in quotes when it has spaces.'
    const language = (['en', 'fr'] as const).find((known) => known === (text('language') ?? 'en'))
    if (language === undefined) return 'The language is en or fr.'
    const timeZone = text('time-zone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    const order = { name, slug: text('slug'), language, timeZone, site: text('site') ?? 'Main site' }
    return reply(io, parsed.value, await io.ask('client.add', order), (client) => [
      `Added ${client.name}, short name ${client.slug}. Enroll its first machine: code new --client ${client.slug}`,
    ])
  },
  async list(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    return reply(io, parsed.value, await io.ask('client.list', {}), (clients) =>
      clients.length === 0
        ? ['No client yet. Add one: client add NAME']
        : columns(clients.map(({ slug, name, machines, timeZone }) => [slug, name, `${machines} machines`, timeZone])),
    )
  },
  async rename(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [client, name] = parsed.value.words
    if (client === undefined || name === undefined) return 'Give the short name of a client and its new name.'
    return reply(io, parsed.value, await io.ask('client.rename', { client, name }), (renamed) => [
      `${renamed.slug} is now called ${renamed.name}.`,
    ])
  },
}

/** Clients: add, list, rename. */
export const client: Command = {
  name: 'client',
  summary: 'client companies: add, list, rename',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
