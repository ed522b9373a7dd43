/** English texts of the pages about visits: the list, and the head, reading order and states of one visit. Pure. */
import { counted as n } from '../counted.ts'
import type { Formatter } from '../format.ts'

/** What a visit's sentence counts. */
type Counts = { readonly hands: number; readonly decisions: number; readonly done: number; readonly open: number }

const needs = ({ hands, decisions }: Counts, f: Formatter) => {
  const walk = n(f, hands, 'one thing needs hands', '# things need hands')
  const ask = n(f, decisions, 'one needs a decision', '# need a decision')
  if (hands === 0 && decisions === 0) return 'nothing needs hands, nothing waits for a decision'
  if (decisions === 0) return walk
  return hands === 0 ? n(f, decisions, 'one decision waits', '# decisions wait') : `${walk}, ${ask}`
}

/** The English texts of the pages about visits, by key. */
export const visits = {
  nav: 'Visits',
  state_planned: 'Planned',
  state_preparing: 'Preparing',
  'state_on-site': 'On site',
  state_closing: 'Closing',
  state_sent: 'Sent',
  'kind_mini-audit': 'Mini-audit',
  kind_periodic: 'Periodic visit',
  kind_call: 'Call',
  'kindIn_mini-audit': 'mini-audit',
  kindIn_periodic: 'periodic visit',
  kindIn_call: 'call',

  // list
  listTitle: (running: number, ahead: number, f: Formatter) => {
    const next = n(f, ahead, 'One visit is planned', '# visits are planned')
    if (running > 0) {
      const now = n(f, running, 'One visit is being made', '# visits are being made')
      return ahead === 0 ? `${now}.` : `${now}, ${n(f, ahead, 'one is planned', '# are planned')}.`
    }
    return ahead === 0 ? 'No visit is planned.' : `${next}.`
  },
  listUnder: 'A visit goes from planned to sent; its report is what the client keeps.',
  listRunning: 'Being made',
  listAhead: 'Planned and in preparation',
  listSent: 'Sent',
  listNone: 'No visit yet',
  listNoneText: 'Plan the first one: it shows what to look at, what to bring and what to ask.',
  colDate: 'Date',
  colClient: 'Client',
  colKind: 'Kind',
  colState: 'State',
  colBy: 'By',
  colReport: 'Report',
  plan: 'Plan a visit…',
  planTitle: 'Which visit is planned?',
  planText: 'It appears here and under Today. Nothing is sent to the client.',
  planDo: (date: string) => `Plan for ${date}`,
  planClient: 'Client',
  planDate: 'Date',
  planTime: 'Time there',
  planKind: 'Kind',
  planFor: 'For whom',
  planForHelp: 'The name of the manager who reads the report and decides.',
  month: 'The next month',
  monthNone: 'No visit in the next 30 days.',
  monthWeek: (client: string) => `One week until ${client}: time to prepare`,
  monthDay: (client: string) => `Tomorrow: ${client}`,
  monthVisit: (client: string) => `Visit: ${client}`,

  // one visit
  when_today: (client: string) => `Today at ${client}`,
  when_tomorrow: (client: string) => `Tomorrow at ${client}`,
  when_ahead: (days: number, client: string, f: Formatter) => `In ${n(f, days, '# day', '# days')} at ${client}`,
  when_late: (date: string, client: string) => `Planned for ${date} at ${client}, not opened yet`,
  ahead: (when: string, counts: Counts, f: Formatter) => `${when}: ${needs(counts, f)}.`,
  onSite: (client: string, { done, hands, decisions }: Counts, f: Formatter) =>
    hands === 0
      ? `On site at ${client}: ${needs({ hands, decisions, done, open: 0 }, f)}.`
      : `On site at ${client}: ${f.count(done)} of ${n(f, hands, '# thing is', '# things are')} done, ${n(f, decisions, 'one decision waits', '# decisions wait')}.`,
  closing: (client: string, recommendations: number, { open }: Counts, f: Formatter) =>
    recommendations === 0
      ? `Closing the visit at ${client}: nothing is recommended.`
      : `Closing the visit at ${client}: ${n(f, recommendations, 'one recommendation', '# recommendations')}, ${open === 0 ? 'all answered' : n(f, open, 'one without an answer', '# without an answer')}.`,
  sent: (client: string, date: string) => `The report of ${client} was sent on ${date}.`,
  tab: (state: string, client: string) => `${state} · ${client}`,
  under: (exact: string, kind: string, author: string) => `${exact}, ${kind} by ${author}.`,
  underReading: (minutes: number, walk: string, f: Formatter) =>
    `${n(f, minutes, 'One minute', '# minutes')} to read; the walk takes about ${walk}.`,
  underFrozen: (at: string, attested: number, machines: number, f: Formatter) =>
    `State frozen ${at}; ${f.count(attested)} of ${n(f, machines, '# machine', '# machines')} signed it.`,
  life: 'Life of the visit',
  prepare: 'Start preparing',
  open: 'Open the visit…',
  openTitle: 'Open the visit now?',
  openText:
    'This freezes a snapshot of all facts and asks every connected agent to sign its part. The report is about that moment.',
  openDo: 'Freeze and open',
  openWorking: 'Asking the agents to sign…',
  openHelp:
    'Open it when you are there: that freezes a snapshot of all facts and asks every connected agent for an attestation.',
  close: 'Close the visit',
  closeHelp: 'Closing ends the work on site; answers and minutes can still be written until the report is sent.',
  send: 'Send the report…',
  sendTitle: (recipient: string) =>
    recipient === '' ? 'Make the report final?' : `Make the report for ${recipient} final?`,
  sendText:
    'It is rendered once, signed and stored, and never changes again. Whoever may read this client’s page finds it there. A correction is a new revision.',
  sendOpen: (count: number, f: Formatter) =>
    n(f, count, 'One decision has no answer; it stays open.', '# decisions have no answer; they stay open.'),
  sendDo: 'Send the report',
  sendWorking: 'Writing the report…',
  correct: 'Correct the report…',
  correctTitle: 'Correct the report that was sent?',
  correctText: 'What was sent stays. The correction is the next revision, about the same frozen moment.',
  correctReason: 'What is corrected, and why',
  correctDo: 'Open a correction',
  cancel: 'Cancel',
  walkLink: 'Walk list',
  edit: 'Change date…',
  editTitle: 'When is the visit, and for whom?',
  editText: 'Date, time and kind can change until the visit is opened.',
  save: 'Save',

  // reading order
  minutes: (count: number, f: Formatter) => `${f.count(count)} min`,
  urgent: 'What cannot wait',
  urgentNone: 'Nothing is urgent.',
  since: (date: string) => `Changed since ${date}`,
  sinceFirst: 'What was found',
  sinceFirstMeta: 'First visit: all that is open counts as new',
  sinceNone: 'Nothing changed.',
  was: (what: string) => `it was ${what}`,
  new: 'new',
  solved: 'solved',
  solvedProven: 'solved, and seen to be right since',
  solvedGone: 'no longer found',
  worse: 'worse',
  better: 'better',
  solvedCount: (count: number, f: Formatter) => n(f, count, '# solved', '# solved'),
  passingCount: (count: number, f: Formatter) => n(f, count, '# came and went', '# came and went'),
  smallCount: (count: number, f: Formatter) => n(f, count, '# small change', '# small changes'),
  appeared: (name: string) => `${name} is new.`,
  vanished: (name: string) => `${name} is no longer there.`,
  moved: (drive: string, counter: string, before: string, after: string) =>
    `${drive}: ${counter} went from ${before} to ${after}.`,
  slipped: (job: string, from: string, to: string | null) =>
    to === null
      ? `Backup ${job} slipped on ${from} and has not come back.`
      : `Backup ${job} slipped from ${from} to ${to}.`,
  decisions: 'Decisions still open',
  decisionsMeta: 'What was said before goes in with its date; the rest is asked on site',
  decisionsNone: 'No decision waits.',
  promised: 'Promised last time',
  promisedMeta: 'What the evidence shows',
  promisedNone: 'Nothing was promised.',
  colAction: 'Action',
  colEvidence: 'Evidence',
  colSeen: 'What was seen',
  evidence_proven: 'Done',
  evidence_word: 'Noted as done',
  evidence_refuted: 'Still found',
  evidence_open: 'Not done',
  seen_proven: (date: string) => `Its check passes since ${date}`,
  seen_word: 'As noted by a person; no tool can show it',
  seen_refuted: 'Ticked, but the fault is still there',
  seen_open: 'Neither ticked nor seen to be right',
  seen_dropped: 'Given up',
  dueBy: (who: string, due: string | null) =>
    due === null ? who : who === '' ? `before ${due}` : `${who}, before ${due}`,
  walk: 'Walk list',
  walkMeta: 'In walking order · prints on one page',
  walkNone: 'Nothing needs hands.',
  walkOf: (client: string) => `Walk list: ${client}`,
  walkUnder: (date: string, count: number, time: string, f: Formatter) =>
    `${date} · ${n(f, count, 'one thing', '# things')} · about ${time}`,
  print: 'Print',
  back: 'Back to the visit',
  toBring: 'To bring',
  toBringNone: 'Nothing special.',
  bring_disk: 'A disk',
  bring_cable: 'A cable',
  'bring_backup-drive': 'A backup drive',
  bring_battery: 'A battery',
  bring_memory: 'Memory',
  bringFor: (names: string) => `for ${names}`,
  placeUnknown: 'Room not known',
  people: 'People',
  personFor: 'reads the report and decides',
  personBy: 'makes the visit',
  lastVisit: 'Last visit',
  lastVisitNone: 'None with Rounds.',
} as const
