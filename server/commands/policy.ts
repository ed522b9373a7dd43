/** `server policy`: limits and rhythms, set for a client, a site or a machine. */
import { encodeJson } from '../../shared/encode-json.ts'
import { LIMIT_KEYS, LIMITS } from '../policy/defaults.ts'
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
    'policy list [--client CLIENT]',
    'policy set --client CLIENT [--site SITE | --machine MACHINE] KEY VALUE --reason TEXT',
    'policy unset --client CLIENT [--site SITE | --machine MACHINE] KEY',
  ],
  example: 'policy set --client bakery disk.spaceWarningPercent 90 --reason "photo archive, grows slowly"',
}

const PLACE = { client: { type: 'string' }, site: { type: 'string' }, machine: { type: 'string' } } as const

const subcommands: Subcommands = {
  async list(args, io) {
    const parsed = readWords(args, { client: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    const client = parsed.value.text('client')
    if (client === null) return listDefaults(io, parsed.value)
    return reply(io, parsed.value, await io.ask('policy.list', { client }), (placed) =>
      placed.length === 0
        ? ['Nothing is set: the defaults hold. See them: policy list']
        : columns(
            placed.map(({ place, setting }) => [
              place,
              setting.key,
              String(setting.value),
              setting.reason,
              `${setting.setBy}, ${moment(setting.setAt)}`,
            ]),
          ),
    )
  },
  async set(args, io) {
    const parsed = readWords(args, { ...PLACE, reason: { type: 'string' } })
    if (!parsed.ok) return parsed.error
    const { words, text } = parsed.value
    const [key, written] = words
    const client = text('client')
    if (client === null) return 'Say for which client: --client CLIENT.'
    if (key === undefined || written === undefined || words.length > 2) return 'Give one key and one value.'
    const reason = text('reason')
    if (reason === null) return 'Say why: --reason TEXT. The visit report shows it.'
    const value = readValue(written)
    if (value === null) return `"${written.slice(0, 40)}" is neither a number nor true or false.`
    const order = { client, site: text('site'), machine: text('machine'), key, value, reason }
    return reply(io, parsed.value, await io.ask('policy.set', order), ({ place, setting }) => [
      `${setting.key} is now ${String(setting.value)} for ${place}.`,
    ])
  },
  async unset(args, io) {
    const parsed = readWords(args, PLACE)
    if (!parsed.ok) return parsed.error
    const { words, text } = parsed.value
    const [key] = words
    const client = text('client')
    if (client === null || key === undefined) return 'Give --client CLIENT and a key.'
    const order = { client, site: text('site'), machine: text('machine'), key }
    return reply(io, parsed.value, await io.ask('policy.unset', order), () => [`${key} is taken back.`])
  },
}

/** Plain numbers and true or false; units are those of the key. */
function readValue(text: string): number | boolean | null {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null
}

function listDefaults(io: CommandIo, parsed: Parsed): ExitCode {
  const limits = LIMIT_KEYS.map((key) => ({ key, ...LIMITS[key] }))
  if (parsed.has('json')) io.out(encodeJson(limits))
  else {
    const rows = limits.map(({ key, unit, server, desktop, laptop, reason }) => {
      const values = [...new Set([server, desktop, laptop].map((value) => String(value ?? '-')))]
      return [
        key,
        values.length === 1 ? (values[0] ?? '-') : `${server ?? '-'}/${desktop ?? '-'}/${laptop ?? '-'}`,
        unit,
        reason,
      ]
    })
    for (const line of columns([['key', 'server/desktop/laptop', 'unit', 'why'], ...rows])) io.out(line)
  }
  return 0
}

/** Policy: list, set, unset. */
export const policy: Command = {
  name: 'policy',
  summary: 'limits and rhythms: list (with defaults), set, unset',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
