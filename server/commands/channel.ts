/** `server channel`: where people are told. Secrets are read from standard input, never from an argument. */
import type { ChannelBody, FailureCode } from '../../shared/api/channels.ts'
import { SEVERITIES } from '../../shared/severity.ts'
import { channelText } from '../../shared/text/channel-catalogue.ts'
import {
  type Command,
  type CommandIo,
  columns,
  type ExitCode,
  misused,
  moment,
  type Parsed,
  readWords,
} from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = {
  usage: [
    'channel add NAME --to ADDRESS… | --person ADDRESS… --client CLIENT…|all [--severity warning] [--language en|fr] [--audience technician|manager]',
    'channel add NAME --webhook URL|- --client CLIENT…|all [--severity warning] [--language en|fr] [--network CIDR…]',
    'channel list',
    'channel test CHANNEL',
    'channel remove CHANNEL',
    'channel log --client CLIENT [--channel CHANNEL]',
    'channel mail [--host HOST --port PORT --tls tls|starttls|none --from ADDRESS [--user USER, password on stdin]]',
  ],
  example: 'channel add "on call" --person anna@example.org --client all --severity critical',
}

const LANGUAGES = ['en', 'fr'] as const
const AUDIENCES = ['technician', 'manager'] as const
const TLS_MODES = ['tls', 'starttls', 'none'] as const
const MOST_LOG = 100

const OPTIONS = {
  to: { type: 'string', multiple: true },
  person: { type: 'string', multiple: true },
  webhook: { type: 'string' },
  network: { type: 'string', multiple: true },
  client: { type: 'string', multiple: true },
  severity: { type: 'string' },
  language: { type: 'string' },
  audience: { type: 'string' },
} as const

/** One of a list, its default when nothing is said; a text: what is wrong. */
function pick<const W extends string>(
  words: readonly W[],
  said: string | null,
  name: string,
  usual: W,
): { word: W } | string {
  const word = words.find((known) => known === (said ?? usual))
  return word === undefined ? `--${name} is one of ${words.join(', ')}.` : { word }
}

/** @returns the channel that the words describe, or what is wrong with them. */
async function bodyOf(parsed: Parsed, io: CommandIo): Promise<ChannelBody | string> {
  const { words, text, list } = parsed
  const [name] = words
  if (name === undefined || words.length > 1) return 'Give the channel one name.'
  const clients = list('client')
  if (clients.length === 0) return 'Say about whom it tells: --client CLIENT, or --client all.'
  const severity = pick(SEVERITIES, text('severity'), 'severity', 'warning')
  if (typeof severity === 'string') return severity
  const language = pick(LANGUAGES, text('language'), 'language', 'en')
  if (typeof language === 'string') return language
  const audience = pick(AUDIENCES, text('audience'), 'audience', 'technician')
  if (typeof audience === 'string') return audience
  const clientIds = clients.includes('all') ? null : [...clients]
  const base = { name, language: language.word, clientIds, minSeverity: severity.word, isEnabled: true }
  const webhook = text('webhook')
  const [addresses, personIds] = [[...list('to')], [...list('person')]]
  if ((webhook === null) === (addresses.length + personIds.length === 0)) {
    return 'Say where it goes: --to or --person for mail, or --webhook URL.'
  }
  if (webhook === null) return { ...base, kind: 'email', addresses, personIds, audience: audience.word }
  const url = webhook === '-' ? (await io.readInput()).trim() : webhook
  return { ...base, kind: 'webhook', url, allowedNetworks: [...list('network')] }
}

const why = (failure: FailureCode | null) => (failure === null ? 'taken' : channelText('en').failures[failure])

async function add(args: readonly string[], io: CommandIo): Promise<ExitCode | string> {
  const parsed = readWords(args, OPTIONS)
  if (!parsed.ok) return parsed.error
  const body = await bodyOf(parsed.value, io)
  if (typeof body === 'string') return body
  const made = await io.ask('channel.add', body)
  if (made.ok && made.value.secret !== null && !parsed.value.has('json')) {
    io.err('The secret that signs its messages is shown once. How to check it: server/channels/README.md')
  }
  return reply(io, parsed.value, made, ({ channel, secret }) => [
    `Added ${channel.name} (${channel.id}). Try it: channel test ${channel.id}`,
    ...(secret === null ? [] : [secret]),
  ])
}

async function mail(args: readonly string[], io: CommandIo): Promise<ExitCode | string> {
  const names = ['host', 'port', 'tls', 'from', 'user'] as const
  const parsed = readWords(args, Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])))
  if (!parsed.ok) return parsed.error
  const { text } = parsed.value
  if (names.every((name) => text(name) === null)) return showMail(io, parsed.value, null)
  const [host, from, user] = [text('host'), text('from'), text('user')]
  if (host === null || from === null) return 'Give --host and --from.'
  const tls = pick(TLS_MODES, text('tls'), 'tls', 'starttls')
  if (typeof tls === 'string') return tls
  const port = Number(text('port') ?? (tls.word === 'tls' ? 465 : 587))
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return '--port is a number from 1 to 65535.'
  const typed = user === null ? '' : (await io.readInput()).replace(/\r?\n$/, '')
  return showMail(io, parsed.value, { host, port, tls: tls.word, user, from, password: typed === '' ? null : typed })
}

async function showMail(
  io: CommandIo,
  parsed: Parsed,
  body: Parameters<typeof io.ask<'channel.mail'>>[1],
): Promise<ExitCode> {
  return reply(io, parsed, await io.ask('channel.mail', body), ({ mailServer: known }) =>
    known === null
      ? ['No mail server is set: mail cannot be sent.']
      : columns([
          ['host', known.host],
          ['port', String(known.port)],
          ['tls', known.tls],
          ['from', known.from],
          ['user', known.user ?? '-'],
        ]),
  )
}

const subcommands: Subcommands = {
  add,
  mail,
  async list(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    return reply(io, parsed.value, await io.ask('channel.list', {}), ({ channels }) =>
      channels.length === 0
        ? ['Nobody is told of anything yet. Add a channel: channel add NAME --to ADDRESS --client all']
        : columns(
            channels.map((channel) => [
              channel.id,
              channel.name,
              channel.kind === 'email' ? [...channel.personIds, ...channel.addresses].join(' ') : channel.origin,
              channel.minSeverity,
              channel.health,
              channel.health === 'failing' ? why(channel.failure) : moment(channel.provenAt),
            ]),
          ),
    )
  },
  async test(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [channel] = parsed.value.words
    if (channel === undefined) return 'Give the id or the name of a channel. See: channel list'
    const tested = await io.ask('channel.test', { channel })
    const code = reply(io, parsed.value, tested, ({ ends }) =>
      ends.length === 0
        ? ['It has no recipient.']
        : columns(ends.map(({ recipient, failure }) => [recipient, why(failure)])),
    )
    const isProven =
      tested.ok && tested.value.ends.length > 0 && tested.value.ends.every(({ failure }) => failure === null)
    return code === 0 && !isProven ? 1 : code
  },
  async remove(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [channel] = parsed.value.words
    if (channel === undefined) return 'Give the id or the name of a channel. See: channel list'
    return reply(io, parsed.value, await io.ask('channel.remove', { channel }), () => [
      'Removed. What waited for it is not sent.',
    ])
  },
  async log(args, io) {
    const parsed = readWords(args, { client: { type: 'string' }, channel: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    const client = parsed.value.text('client')
    if (client === null) return 'Say of which client: --client CLIENT.'
    const asked = await io.ask('channel.log', { client, channel: parsed.value.text('channel'), limit: MOST_LOG })
    return reply(io, parsed.value, asked, ({ deliveries }) =>
      deliveries.length === 0
        ? ['Nothing was sent about this client.']
        : columns(
            deliveries.map(({ createdAt, channel, recipient, kind, state, attempts, failure, findings }) => [
              moment(createdAt),
              channel?.name ?? '(removed)',
              recipient,
              kind,
              state,
              `${attempts}`,
              failure ?? '',
              findings.map(({ number }) => `#${number}`).join(' '),
            ]),
          ),
    )
  },
}

/** Channels: add, list, test, remove, log, and the mail server. */
export const channel: Command = {
  name: 'channel',
  summary: 'where people are told: add, list, test, remove, log; the mail server',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (sentence) => misused(io, USAGE, sentence)),
}
