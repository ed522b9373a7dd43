/** A visit that comes, in the words of its reader. Pure; every string is one clean line. */
import type { ChannelText, VisitNames } from '../../shared/text/channel-text.ts'
import type { Formatter } from '../../shared/text/format.ts'
import { VISIT_PAGES } from '../../shared/text/visits-catalogue.ts'
import { DAY_MS, HOUR_MS } from '../../shared/units.ts'
import { zonedTime } from '../visits/zoned-instant.ts'
import type { Message, MessageVisit } from './message.ts'
import { oneLine } from './one-line.ts'
import type { SaidMessage } from './say-message.ts'

const MOST_SUBJECT = 180
const MOST_NAME = 80
const MOST_SENTENCE = 1_000

/** Says it. How far away it is, is told as of the message's making, so that a later attempt says the same. */
export function sayVisit(message: Message, text: ChannelText, f: Formatter): SaidMessage {
  const { visit } = message
  if (visit === null) throw new Error('a message about a visit holds the visit')
  const names = namesOf(visit, message, f)
  return {
    subject: oneLine(`${text.state.visit}: ${text.visit.subject(names)}`, MOST_SUBJECT),
    lead: oneLine(text.visit.lead(names), MOST_SENTENCE),
    problems: [
      {
        heading: oneLine(text.visit.heading(names), MOST_SENTENCE),
        paragraphs: [{ label: null, text: text.visit.prepare }],
        link: visit.url === null ? null : { text: text.open, url: visit.url },
      },
    ],
    more: null,
    footer: text.visit.footer,
  }
}

/** A reminder leaves a moment after its time: 7 days less a second are 7 days. */
function rounded(ms: number): number {
  const step = ms < 3 * DAY_MS ? HOUR_MS : DAY_MS
  return Math.round(ms / step) * step
}

function namesOf({ kind, plannedAt, author }: MessageVisit, message: Message, f: Formatter): VisitNames {
  const { client, language, timeZone, createdAt } = message
  return {
    client: oneLine(client?.name ?? '', MOST_NAME),
    kind: VISIT_PAGES[language].visits[`kindIn_${kind}`],
    when: `${f.date(plannedAt)}, ${zonedTime(plannedAt, timeZone)}`,
    span: f.span(rounded(plannedAt - createdAt)),
    author: oneLine(author, MOST_NAME),
  }
}
