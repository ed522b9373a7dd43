/** English texts of the page of a client's own people: words of a manager, no rule, no severity. Pure. */
import { counted as n } from '../counted.ts'
import type { Formatter } from '../format.ts'

/** What the sentence counts. */
type Counts = {
  readonly urgent: number
  readonly attention: number
  readonly unknown: number
  readonly decisions: number
}

const waiting = (decisions: number, f: Formatter) =>
  decisions === 0 ? '' : ` ${n(f, decisions, 'One decision waits for you.', '# decisions wait for you.')}`

/** The English texts of the portal, by key. */
export const portal = {
  navOverview: 'Overview',
  navDecisions: 'Decisions',
  navReports: 'Visit reports',
  navMachines: 'Machines',
  navData: 'What is collected',
  asOf: (client: string, person: string, at: string) => `${client} · ${person} · as of ${at}`,
  title: ({ urgent, attention, unknown, decisions }: Counts, f: Formatter) => {
    const blind = n(f, unknown, 'one could not be read', '# could not be read')
    const bad =
      urgent > 0
        ? n(f, urgent, 'One thing cannot wait', '# things cannot wait')
        : n(f, attention, 'One thing needs attention', '# things need attention')
    if (urgent + attention > 0) return `${bad}${unknown > 0 ? `, ${blind}` : ''}.${waiting(decisions, f)}`
    if (unknown > 0)
      return `${n(f, unknown, 'One thing could not be read', '# things could not be read')}, nothing bad is known.${waiting(decisions, f)}`
    return `Nothing bad is known.${waiting(decisions, f)}`
  },
  titleOne: (text: string, decisions: number, f: Formatter) => `${text}${waiting(decisions, f)}`,
  titleEmpty: 'No machine reports yet: nothing is proven.',
  next: (author: string, when: string) => `${author} comes ${when}.`,
  nextNone: 'The next visit is not planned yet.',
  acceptedCount: (count: number, f: Formatter) => n(f, count, 'One risk is accepted.', '# risks are accepted.'),
  dials: 'State, and movement since the last visit',
  dial_backup: 'Backup',
  dial_disk: 'Disks',
  dial_patch: 'Updates',
  dial_antivirus: 'Antivirus',
  dial_posture: 'Access and encryption',
  movement_same: 'Same',
  movement_better: (before: string) => `Better, was ${before}`,
  movement_worse: (before: string) => `Worse, was ${before}`,
  movement_other: (before: string) => `Was ${before}`,
  word_urgent: 'urgent',
  word_attention: 'attention',
  word_note: 'note',
  'word_not-proven': 'not proven',
  word_accepted: 'accepted',
  word_good: 'good',
  counts: (good: number, bad: number, unknown: number, accepted: number, f: Formatter) =>
    [
      `Good on ${f.count(good)}`,
      `bad on ${f.count(bad)}`,
      `not known on ${f.count(unknown)}`,
      ...(accepted > 0 ? [`accepted on ${f.count(accepted)}`] : []),
    ].join(', '),
  decide: 'What we ask you to decide',
  decideMay: (client: string) => `You may decide for ${client}`,
  decideReads: 'You read this page; somebody else decides',
  decideNone: 'Nothing waits for your decision.',
  decideFoot:
    'Nothing is chosen for you. An answer is kept with your name and the time, and can be changed until the date above. Readers without the right to decide see the questions and answers, not the buttons.',
  answer_do: 'Do it',
  answer_defer: 'Later…',
  answer_accept: 'Accept the risk…',
  answer_ask: 'Talk about it',
  notTaken: (why: string) => `The answer was not taken: ${why}`,
  handled: 'Being handled, nothing to do for you',
  handledNone: 'Nothing is being handled at the moment.',
  handledOn: (names: string) => names,
  planned: 'at the next visit',
  acceptedUntil: (by: string, until: string) => `accepted by ${by} until ${until}`,
  reports: 'Visit reports',
  reportsNone: 'None yet.',
  reportOf: (date: string) => `Visit of ${date}`,
  reportRevision: (revision: number, f: Formatter) => `revision ${f.count(revision)}`,
  html: 'Read',
  pdf: 'PDF',
  machines: 'Machines that are looked at',
  machinesNone: 'None yet.',
  colMachine: 'Machine',
  colRole: 'Role',
  colStanding: 'State',
  colHeard: 'Heard',
  yours: 'Everything here is yours',
  collects: 'What the programs on your machines collect',
  collect_disk: 'Health and free space of disks',
  collect_backup: 'When backups ran, and where to',
  collect_patch: 'Updates that wait, and the age of the system',
  collect_antivirus: 'Whether protection runs and is current',
  collect_posture: 'Firewall, remote access and who is an administrator',
  collect_system: 'Model, memory, battery and restarts',
  collectNever:
    'Never file names, documents, mail, browsing or keystrokes: the program has no code for them. It can only report; nobody can command it.',
  readers: (count: number, f: Formatter) => n(f, count, '# person can see this page', '# people can see this page'),
  reader_decides: 'may decide',
  reader_reads: 'reads',
  reader_operator: 'looks after your machines',
} as const
