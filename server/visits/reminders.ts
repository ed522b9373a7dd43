/**
 * Reminders of planned visits, 7 days and 1 day before, to the person who makes the visit; where nobody who signs in does, to every mail
 * channel that is about the client. Pure: what is due follows from what is stored, and equal input gives equal keys, so that a reminder is
 * sent once, whatever stops and starts meanwhile.
 */
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import { canSeeClient, grantOfPerson } from '../auth/access.ts'
import type { ChannelRow } from '../channels/channel.ts'
import { audienceOf, type End, endsOf } from '../outbox/end.ts'
import { sendKey } from '../outbox/send-key.ts'
import type { NotificationDraft, Person } from '../store/store.ts'
import type { Visit } from './visit.ts'

/** Who may be told of a client's visits. */
export type ReminderOptions = {
  readonly clientId: string
  readonly now: EpochMs
  readonly channels: readonly ChannelRow[]
  readonly people: readonly Person[]
  /** False: there is no mail server, and nothing is planned until there is one. */
  readonly hasMail: boolean
  /** False (demonstration): nobody is reminded. */
  readonly isSending: boolean
}

/** One visit for one end: `stage` says which of the two reminders. */
export type VisitReminder = { readonly visit: Visit; readonly end: End; readonly stage: Stage; readonly key: string }

/** Reminders to be made, and when the next one will be; infinity: none. */
export type PlannedReminders = { readonly notifications: readonly NotificationDraft[]; readonly dueAt: EpochMs }

/** How long before the visit each begins and stops to make sense. */
const STAGES = {
  week: { fromMs: 7 * DAY_MS, toMs: DAY_MS },
  day: { fromMs: DAY_MS, toMs: 0 },
} as const
type Stage = keyof typeof STAGES

/** What carries mail to the person who makes a visit: in no list of channels, so that nobody can switch it off by mistake. */
export const VISIT_MAIL: ChannelRow = {
  channel: {
    ...{ id: 'visits', kind: 'email', name: '', language: 'en', clientIds: null, minSeverity: 'info', isEnabled: true },
    settings: { personIds: [], addresses: [], audience: 'technician' },
  },
  ...{ wrappedSecret: null, createdAt: 0, provenAt: null, failedAt: null, failure: null },
}

/** @param known `sendKey` of every reminder that was ever made for this client. */
export function planVisitReminders(
  visits: readonly Visit[],
  known: readonly string[],
  options: ReminderOptions,
): PlannedReminders {
  const { now, isSending, hasMail } = options
  const made = new Set(known)
  if (!isSending || !hasMail) return { notifications: [], dueAt: Number.POSITIVE_INFINITY }
  const due = remindersOf(visits, options).filter(({ key }) => !made.has(key))
  const isNow = ({ visit, stage }: VisitReminder) => beginsAt(visit, stage) <= now
  return {
    notifications: due.filter(isNow).map(draftOf),
    dueAt: Math.min(
      ...due.filter((one) => !isNow(one)).map(({ visit, stage }) => beginsAt(visit, stage)),
      Number.POSITIVE_INFINITY,
    ),
  }
}

/**
 * @returns every reminder that still makes sense now or will. A visit that moves has new ones; one that was planned after a reminder's time
 * does not have that one, for who planned it knows; one that was opened, sent or taken out has none.
 */
export function remindersOf(visits: readonly Visit[], options: ReminderOptions): readonly VisitReminder[] {
  return visits.flatMap((visit) => {
    if (visit.state !== 'planned' && visit.state !== 'preparing') return []
    const stages = (['week', 'day'] as const).filter((stage) => {
      const isPast = options.now >= visit.plannedAt - STAGES[stage].toMs
      return !isPast && beginsAt(visit, stage) > visit.createdAt
    })
    return endsOfVisit(visit, options).flatMap((end) => stages.map((stage) => reminderOf(visit, end, stage, options)))
  })
}

const beginsAt = ({ plannedAt }: Visit, stage: Stage): EpochMs => plannedAt - STAGES[stage].fromMs

function reminderOf(visit: Visit, end: End, stage: Stage, { clientId }: ReminderOptions): VisitReminder {
  const about = [visit.id, String(visit.plannedAt), stage]
  return { visit, end, stage, key: sendKey([clientId, end.channel.id, end.recipient, 'visit', ...about]) }
}

/** Ends that hear of a visit. A person who may no longer see the client is not told of it. */
function endsOfVisit(visit: Visit, { clientId, channels, people }: ReminderOptions): readonly End[] {
  const author = authorOf(visit, people)
  if (author !== null && canSeeClient(grantOfPerson(author), clientId)) {
    const { id, email: address, language, role } = author
    return [{ channel: VISIT_MAIL.channel, recipient: `person:${id}`, address, language, audience: audienceOf(role) }]
  }
  const mail = channels.map(({ channel }) => channel).filter(({ kind }) => kind === 'email')
  const ends = mail.flatMap((channel) => endsOf(channel, people, clientId))
  // Who stands in two channels is told once.
  return [...new Map(ends.map((end) => [end.address ?? end.recipient, end])).values()]
}

/** Who makes the visit signs in, or is the only one of that name. */
function authorOf({ authorId, author }: Visit, people: readonly Person[]): Person | null {
  const known = people.find(({ id }) => id === authorId)
  if (known !== undefined) return known
  const [first, second] = people.filter(({ name, role }) => name === author && audienceOf(role) === 'technician')
  return first !== undefined && second === undefined ? first : null
}

function draftOf({ end, key }: VisitReminder): NotificationDraft {
  const { channel, recipient } = end
  return {
    ...{ sendKey: key, rootKey: key, channelId: channel.id, recipient },
    ...{ kind: 'visit', siteId: '', state: 'waiting', items: [] },
  }
}
