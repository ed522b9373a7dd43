/** `server site`: sites of a client. */
import { type Command, columns, misused, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = { usage: ['site add CLIENT NAME', 'site list CLIENT'], example: 'site add bakery "Warehouse"' }

const subcommands: Subcommands = {
  async add(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [client, name] = parsed.value.words
    if (client === undefined || name === undefined) return 'Give the short name of a client and the name of the site.'
    return reply(io, parsed.value, await io.ask('site.add', { client, name }), (site) => [
      `Added ${site.name}, short name ${site.slug}.`,
    ])
  },
  async list(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [client] = parsed.value.words
    if (client === undefined) return 'Give the short name of a client.'
    return reply(io, parsed.value, await io.ask('site.list', { client }), (sites) =>
      columns(sites.map(({ slug, name }) => [slug, name])),
    )
  },
}

/** Sites: add, list. */
export const site: Command = {
  name: 'site',
  summary: 'sites of a client: add, list',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
