/** `server visit`: visits of a client, from planned to sent. */
import { ANSWERS, VISIT_KINDS } from '../../shared/visits.ts'
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
    'visit plan CLIENT DATE --author NAME [--time 09:00] [--kind periodic|mini-audit|call] [--recipient NAME]',
    'visit prepare CLIENT DATE',
    'visit open CLIENT DATE',
    'visit close CLIENT DATE',
    'visit send CLIENT DATE',
    'visit remove CLIENT DATE',
    'visit correct CLIENT DATE --reason TEXT',
    'visit list [--client CLIENT]',
    'visit show CLIENT DATE',
    'visit act CLIENT DATE TEXT [--who NAME] [--done] [--hands]',
    'visit tick CLIENT DATE ACTION [--minutes N] [--note TEXT] [--drop]',
    'visit restore CLIENT DATE MACHINE --what TEXT --from COPY --took MINUTES [--job ID] [--watched-by NAME] [--failed]',
    'visit recommend CLIENT DATE',
    'visit decide CLIENT RECOMMENDATION do|defer|accept|ask [--until 2027-03-31] [--by NAME] [--reason TEXT]',
    'visit minutes CLIENT DATE < FILE',
  ],
  example: 'visit plan bakery 2026-11-24 --author "Hélène Marchand" --recipient "Luc Aubertin, manager"',
}

const MINUTE_MS = 60_000
const NO_VISIT = 'Give the short name of a client and the date of the visit, such as 2026-11-24.'
const string = { type: 'string' } as const
const boolean = { type: 'boolean' } as const

type Changed = { readonly date: string; readonly state: string }
const changed = ({ date, state }: Changed) => [`The visit of ${date} is now: ${state}.`]

/** A subcommand that takes a client and a date, and no more than that. */
function step(name: 'prepare' | 'open' | 'close' | 'send' | 'correct') {
  return async (args: readonly string[], io: CommandIo): Promise<ExitCode | string> => {
    const parsed = readWords(args, { reason: string })
    if (!parsed.ok) return parsed.error
    const [client, date] = parsed.value.words
    if (client === undefined || date === undefined) return NO_VISIT
    const reason = parsed.value.text('reason') ?? ''
    return reply(io, parsed.value, await io.ask('visit.step', { client, date, step: name, reason }), changed)
  }
}

const calendar: Subcommands = {
  async plan(args, io) {
    const parsed = readWords(args, { author: string, time: string, kind: string, recipient: string })
    if (!parsed.ok) return parsed.error
    const [client, date] = parsed.value.words
    if (client === undefined || date === undefined) return NO_VISIT
    const wanted = parsed.value.text('kind') ?? 'periodic'
    const kind = VISIT_KINDS.find((known) => known === wanted)
    if (kind === undefined) return `The kind is ${VISIT_KINDS.join(', ')}.`
    const { author, time, recipient } = textsOf(parsed.value, ['author', 'time', 'recipient'])
    const order = { client, date, kind, author, time: time ?? '09:00', recipient: recipient ?? '' }
    return reply(io, parsed.value, await io.ask('visit.plan', order), changed)
  },
  prepare: step('prepare'),
  open: step('open'),
  close: step('close'),
  send: step('send'),
  correct: step('correct'),
  async remove(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [client, date] = parsed.value.words
    if (client === undefined || date === undefined) return NO_VISIT
    return reply(io, parsed.value, await io.ask('visit.remove', { client, date }), () => ['Removed.'])
  },
  async list(args, io) {
    const parsed = readWords(args, { client: string })
    if (!parsed.ok) return parsed.error
    return reply(io, parsed.value, await io.ask('visit.list', { client: parsed.value.text('client') }), (visits) =>
      visits.length === 0
        ? ['No visit yet. Plan one: visit plan CLIENT DATE --author NAME']
        : columns(visits.map(({ client, date, kind, state, author }) => [client.slug, date, kind, state, author])),
    )
  },
  async show(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [client, date] = parsed.value.words
    if (client === undefined || date === undefined) return NO_VISIT
    return reply(io, parsed.value, await io.ask('visit.show', { client, date }), (view) => [
      ...columns([
        ['state', view.visit.state],
        ['planned', moment(view.visit.plannedAt)],
        ['opened', moment(view.visit.openedAt)],
        ['sent', `${moment(view.visit.sentAt)}, revision ${view.visit.revision}`],
        ['next', view.steps.join(', ') || '-'],
        ['snapshot', view.snapshot === null ? '-' : `${view.snapshot.hash}, signed by ${view.snapshot.attested}`],
      ]),
      '',
      ...columns(view.actions.map(({ id, state, evidence, text }) => ['action', id, state, evidence, text])),
      ...columns(
        view.walk.map(({ machine, rule, minutes, text }) => [
          'walk',
          machine?.name ?? '',
          `${minutes} min`,
          rule ?? text,
        ]),
      ),
      ...columns(
        view.recommendations.map(({ id, what, decision }) => ['recommendation', id, decision?.answer ?? 'open', what]),
      ),
    ])
  },
}

const work: Subcommands = {
  async act(args, io) {
    const parsed = readWords(args, { who: string, done: boolean, hands: boolean })
    if (!parsed.ok) return parsed.error
    const [client, date, text] = parsed.value.words
    if (client === undefined || date === undefined || text === undefined)
      return `${NO_VISIT} Then say what is to be done.`
    const nothing = { dueAt: null, machineId: null, mends: null, minutes: null, note: '' }
    const said = {
      text,
      who: parsed.value.text('who') ?? '',
      done: parsed.value.has('done'),
      needsHands: parsed.value.has('hands'),
    }
    return reply(io, parsed.value, await io.ask('visit.act', { client, date, ...nothing, ...said }), changed)
  },
  async tick(args, io) {
    const parsed = readWords(args, { minutes: string, note: string, drop: boolean })
    if (!parsed.ok) return parsed.error
    const [client, date, action] = parsed.value.words
    if (client === undefined || date === undefined || action === undefined)
      return `${NO_VISIT} Then the id of the action.`
    const minutes = wholeNumber(parsed.value.text('minutes'))
    if (minutes === undefined) return 'The minutes are a whole number.'
    const state = parsed.value.has('drop') ? ('dropped' as const) : ('done' as const)
    const edit = { state, minutes, note: parsed.value.text('note') }
    return reply(io, parsed.value, await io.ask('visit.tick', { client, date, action, ...edit }), changed)
  },
  async restore(args, io) {
    const options = { what: string, from: string, took: string, job: string, 'watched-by': string, failed: boolean }
    const parsed = readWords(args, options)
    if (!parsed.ok) return parsed.error
    const [client, date, machine] = parsed.value.words
    const took = wholeNumber(parsed.value.text('took'))
    const { what, from, job, 'watched-by': watchedBy } = textsOf(parsed.value, ['what', 'from', 'job', 'watched-by'])
    if (client === undefined || date === undefined || machine === undefined) return `${NO_VISIT} Then the machine.`
    if (what === null || from === null || took === null || took === undefined)
      return 'Say --what, --from and --took in minutes.'
    const test = { at: null, job: job ?? '', what, fromCopy: from, durationMs: took * MINUTE_MS, note: '' }
    const order = { ...test, isUsable: !parsed.value.has('failed'), watchedBy: watchedBy ?? '' }
    return reply(io, parsed.value, await io.ask('visit.restore', { client, date, machine, ...order }), changed)
  },
  async recommend(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [client, date] = parsed.value.words
    if (client === undefined || date === undefined) return NO_VISIT
    return reply(io, parsed.value, await io.ask('visit.recommend', { client, date }), changed)
  },
  async decide(args, io) {
    const parsed = readWords(args, { until: string, by: string, reason: string })
    if (!parsed.ok) return parsed.error
    const [client, recommendation, wanted] = parsed.value.words
    const answer = [...ANSWERS, 'ask' as const].find((known) => known === wanted)
    if (client === undefined || recommendation === undefined) return 'Give a client and the id of a recommendation.'
    if (answer === undefined) return `The answer is ${ANSWERS.join(', ')} or ask.`
    const { until, by, reason } = textsOf(parsed.value, ['until', 'by', 'reason'])
    // A day is the client's: the server knows their zone. Anything longer says its own.
    const at = until === null || /^\d{4}-\d{2}-\d{2}$/.test(until) ? until : Date.parse(until)
    if (typeof at === 'number' && !Number.isFinite(at)) return `"${until}" is no date. Use 2027-03-31.`
    const order = { client, recommendation, answer, until: at, by: by ?? '', reason: reason ?? '' }
    return reply(io, parsed.value, await io.ask('visit.decide', order), ({ decision }) => [
      decision === null ? 'Open again.' : `Noted: ${decision.answer}, by ${decision.by}.`,
    ])
  },
  async minutes(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return parsed.error
    const [client, date] = parsed.value.words
    if (client === undefined || date === undefined) return NO_VISIT
    const minutes = await io.readInput()
    return reply(io, parsed.value, await io.ask('visit.minutes', { client, date, minutes }), changed)
  },
}

function textsOf<const N extends string>(parsed: Parsed, names: readonly N[]): { readonly [K in N]: string | null } {
  // One entry per name.
  return Object.fromEntries(names.map((name) => [name, parsed.text(name)])) as { [K in N]: string | null }
}

/** @returns null: not given; undefined: no whole number. */
function wholeNumber(text: string | null): number | null | undefined {
  if (text === null) return null
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

/** Visits: plan, take on, work at, send, list. */
export const visit: Command = {
  name: 'visit',
  summary: 'visits: plan, prepare, open, work, decide, close, send',
  ...USAGE,
  run: (args, io) => runSubcommand({ ...calendar, ...work }, args, io, (why) => misused(io, USAGE, why)),
}
