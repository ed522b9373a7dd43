/** `server operator`: how visit reports look, and who signs them. */
import { readFile } from 'node:fs/promises'
import { type Command, misused, readWords } from './command.ts'
import { reply, runSubcommand, type Subcommands } from './reply.ts'

const USAGE = {
  usage: ['operator show', 'operator set [--name TEXT] [--role TEXT] [--contact TEXT] [--color #RRGGBB] [--logo FILE]'],
  example: 'operator set --name "Hélène Marchand" --role "part-time head of IT" --logo logo.png',
}

const KEYS = ['name', 'role', 'contact', 'color'] as const
const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  contact: { type: 'string' },
  color: { type: 'string' },
  logo: { type: 'string' },
} as const

type Looks = { readonly [K in (typeof KEYS)[number]]: string | null } & {
  readonly logo: { readonly alt: string } | null
}

const linesOf = (looks: Looks): readonly string[] => [
  ...KEYS.map((key) => `${key}: ${looks[key] ?? (key === 'name' ? 'the author of each visit' : 'not set')}`),
  `logo: ${looks.logo === null ? 'not set' : 'set'}`,
]

/** An empty text takes a setting back. */
const given = (value: string | null) => (value === '' ? null : value)

const subcommands: Subcommands = {
  async show(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    return reply(io, parsed.value, await io.ask('operator.show', {}), linesOf)
  },
  async set(args, io) {
    const parsed = readWords(args, OPTIONS)
    if (!parsed.ok) return parsed.error
    const { text } = parsed.value
    const words = Object.fromEntries(KEYS.flatMap((key) => (text(key) === null ? [] : [[key, given(text(key))]])))
    const file = text('logo')
    if (file === null && Object.keys(words).length === 0) return 'Say what to set, for example --name.'
    if (file === null) return reply(io, parsed.value, await io.ask('operator.set', words), linesOf)
    const logo = file === '' ? null : await readFile(file).catch(() => undefined)
    if (logo === undefined) return `The file ${file} cannot be read.`
    const order = { ...words, logo: logo === null ? null : logo.toString('base64') }
    return reply(io, parsed.value, await io.ask('operator.set', order), linesOf)
  },
}

/** Looks of visit reports: show, set. */
export const operator: Command = {
  name: 'operator',
  summary: 'name, contact, colour and logo on visit reports: show, set',
  ...USAGE,
  run: (args, io) => runSubcommand(subcommands, args, io, (why) => misused(io, USAGE, why)),
}
