/** A message in the words of its reader: the technician's or the manager's, in their language. Pure; every string is one clean line. */
import { worst } from '../../shared/severity.ts'
import { channelText } from '../../shared/text/channel-catalogue.ts'
import type { ChannelText, MessageNames } from '../../shared/text/channel-text.ts'
import { createFormatter } from '../../shared/text/create-formatter.ts'
import type { Formatter } from '../../shared/text/format.ts'
import { sayFinding } from '../../shared/text/rule-catalogue.ts'
import type { Message, MessageProblem } from './message.ts'
import { oneLine } from './one-line.ts'
import { sayVisit } from './say-visit.ts'

/** A paragraph; `label` null: the sentence stands alone. */
export type SaidParagraph = { readonly label: string | null; readonly text: string }

/** One finding in words. */
export type SaidProblem = {
  readonly heading: string
  readonly paragraphs: readonly SaidParagraph[]
  readonly link: { readonly text: string; readonly url: string } | null
}

/** A message in words, for whatever shows it. */
export type SaidMessage = {
  readonly subject: string
  readonly lead: string
  readonly problems: readonly SaidProblem[]
  /** How many findings are not told one by one; null: all are. */
  readonly more: string | null
  readonly footer: string
}

/** Mail that nobody reads to its end helps nobody. */
const MOST_PROBLEMS = 25
const MOST_SUBJECT = 180
const MOST_NAME = 80
const MOST_SENTENCE = 1_000

/** Says a message. Ages are told as of its making, so that a later attempt says the same. */
export function sayMessage(message: Message): SaidMessage {
  const { language, timeZone, createdAt, kind } = message
  const text = channelText(language)
  const f = createFormatter({ language, timeZone, now: createdAt })
  const footer = text.footer(oneLine(message.channelName, MOST_NAME))
  if (kind === 'test') return sayTest(message, text, footer)
  if (kind === 'visit') return sayVisit(message, text, f)
  const names = namesOf(message, f)
  const more = message.problems.length - MOST_PROBLEMS
  return {
    subject: oneLine(`${stateOf(message, text)}: ${text.subject(names, f)}`, MOST_SUBJECT),
    lead: oneLine(text.lead[kind](names, f), MOST_SENTENCE),
    problems: message.problems.slice(0, MOST_PROBLEMS).map((problem) => sayProblem(problem, message, text, f)),
    more: more > 0 ? text.more(more, f) : null,
    footer,
  }
}

function sayTest({ channelName }: Message, text: ChannelText, footer: string): SaidMessage {
  const name = oneLine(channelName, MOST_NAME)
  const subject = oneLine(`${text.state.test}: ${text.testSubject(name)}`, MOST_SUBJECT)
  return { subject, lead: text.testBody(name), problems: [], more: null, footer }
}

/** The word with which the subject begins. */
function stateOf({ kind, problems }: Message, { state }: ChannelText): string {
  if (kind === 'recovery') return state.solved
  if (kind === 'reminder') return state.stillOpen
  const severity = problems.reduce<'critical' | 'warning' | 'info' | null>(
    (so, { finding }) => worst(so, finding.severity),
    null,
  )
  return state[severity ?? 'info']
}

function namesOf({ client, site, problems }: Message, f: Formatter): MessageNames {
  const machines = [...new Set(problems.map(({ machine }) => oneLine(machine.name, MOST_NAME)))]
  const [first] = problems
  const about = first === undefined ? '' : sayFinding(first.finding.rule, first.finding.values, f).name
  return {
    client: oneLine(client?.name ?? '', MOST_NAME),
    site: oneLine(site, MOST_NAME),
    machines,
    about,
    count: problems.length,
  }
}

function sayProblem(problem: MessageProblem, message: Message, text: ChannelText, f: Formatter): SaidProblem {
  const { finding, machine, url } = problem
  const said = sayFinding(finding.rule, finding.values, f, finding.resolvedAt ?? f.now)
  const isTechnician = message.audience === 'technician'
  const name = oneLine(machine.name, MOST_NAME)
  const isOver = message.kind === 'recovery'
  const parts: SaidParagraph[] = [{ label: null, text: whenOf(problem, message, text, f) }]
  if (isOver && isTechnician) parts.push({ label: text.told, text: said.title })
  if (!isOver && isTechnician) {
    parts.push({ label: text.looked, text: said.looked }, { label: text.todo, text: said.todo })
  }
  if (!isOver && !isTechnician) parts.push({ label: text.means, text: said.manager })
  if (isTechnician) parts.push({ label: null, text: text.number(finding.number, f) })
  return {
    heading: oneLine(`${name}: ${isTechnician && !isOver ? said.title : said.name}`, MOST_SENTENCE),
    paragraphs: parts.map(({ label, text: sentence }) => ({ label, text: oneLine(sentence, MOST_SENTENCE) })),
    link: url === null ? null : { text: text.open, url },
  }
}

function whenOf({ finding }: MessageProblem, { kind }: Message, text: ChannelText, f: Formatter): string {
  const { openedAt, resolvedAt } = finding
  if (kind !== 'recovery' || resolvedAt === null) return text.since(f.exact(openedAt))
  return text.solvedAt(f.exact(resolvedAt), f.span(resolvedAt - openedAt))
}
