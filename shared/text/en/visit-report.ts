/** English texts of the visit report. Written for a manager: work, days, money, dates. Pure. */
import { counted } from '../counted.ts'
import type { Formatter } from '../format.ts'

/** How many machines stand how, for the headline. */
export type VerdictCounts = {
  readonly topics: string
  readonly where: string
  readonly bad: number
  readonly unknown: number
  readonly total: number
}

const machines = (f: Formatter, n: number) => counted(f, n, '# machine', '# machines')

/** English texts of the visit report. */
export const visitReport = {
  title: 'Visit report',
  documentTitle: (client: string, date: string) => `Visit report, ${client}, ${date}`,
  footer: (owner: string, title: string, date: string, revision: number, f: Formatter) =>
    `Confidential, property of ${owner}. ${title}, ${date}, revision ${f.count(revision)}.`,
  word_urgent: 'urgent',
  word_attention: 'attention',
  word_note: 'note',
  'word_not-proven': 'not proven',
  word_accepted: 'accepted',
  word_good: 'good',
  dialLegend: 'Small circle on a dial: position at the visit before.',
  shapesLegend: 'Shapes:',
  dial_backup: 'Backup',
  dial_disk: 'Disks',
  dial_patch: 'Updates',
  dial_antivirus: 'Antivirus',
  dial_posture: 'Access and encryption',
  topic_machine: 'The machines themselves',
  visitLine: (date: string, from: string | null, days: string) =>
    from === null ? `Visit of ${date}. First visit with Rounds.` : `Visit of ${date}, period since ${from} (${days})`,
  sitesLine: (sites: string, recipient: string) =>
    [sites, recipient === '' ? '' : `For ${recipient}`].filter((one) => one !== '').join('. '),
  sentence_urgent: ({ topics, where }: VerdictCounts) => `${topics}: to be dealt with at once on ${where}.`,
  sentence_attention: ({ topics, where }: VerdictCounts) =>
    `Nothing is urgent. ${topics}: to be dealt with on ${where}.`,
  'sentence_not-proven': ({ unknown, total }: VerdictCounts, f: Formatter) =>
    `Nothing bad was found, but on ${f.count(unknown)} of ${machines(f, total)} something could not be told.`,
  'sentence_not-proven-accepted': ({ unknown, total }: VerdictCounts, f: Formatter) =>
    `Nothing bad was found beside the risks that you accepted, but on ${f.count(unknown)} of ${machines(f, total)} something could not be told.`,
  sentence_accepted: ({ bad, total }: VerdictCounts, f: Formatter) =>
    `Nothing else is wrong than the risks that you accepted, on ${f.count(bad)} of ${machines(f, total)}.`,
  sentence_good: ({ total }: VerdictCounts, f: Formatter) =>
    `What we check on ${machines(f, total)} could be read, and is as it should be.`,
  sentence_empty: 'No machine reports yet: nothing is proven.',
  some: (n: number, total: number, f: Formatter) => `${f.count(n)} of ${machines(f, total)}`,
  text_attention: (n: number, f: Formatter) =>
    f.plural(n, { one: 'One more machine needs attention.', other: `${f.count(n)} more machines need attention.` }),
  text_unknown: (n: number, names: string, f: Formatter) =>
    f.plural(n, {
      one: `On one machine something could not be told: ${names}.`,
      other: `On ${f.count(n)} machines something could not be told: ${names}.`,
    }),
  text_accepted: (n: number, until: string, f: Formatter) =>
    f.plural(n, {
      one: `One risk is accepted, until ${until}.`,
      other: `${f.count(n)} risks are accepted, the first of them until ${until}.`,
    }),
  text_decisions: (n: number, f: Formatter) =>
    f.plural(n, { one: 'One decision waits for you.', other: `${f.count(n)} decisions wait for you.` }),
  andMore: (n: number, f: Formatter) => counted(f, n, '# other', '# others'),
  movement_same: 'As at the last visit',
  movement_better: (before: string) => `Better: it was ${before}`,
  movement_worse: (before: string) => `Worse: it was ${before}`,
  movement_other: (before: string) => `It was ${before}`,
  dialCounts: (good: number, bad: number, unknown: number, accepted: number, f: Formatter) =>
    [
      `good on ${f.count(good)}`,
      `bad on ${f.count(bad)}`,
      `not known on ${f.count(unknown)}`,
      ...(accepted > 0 ? [`accepted ${f.count(accepted)}`] : []),
    ].join(', '),
  dialAlt: (name: string, word: string, movement: string, counts: string) =>
    movement === '' ? `${name}: ${word}; ${counts}.` : `${name}: ${word}. ${movement}; ${counts}.`,
  figure_solved: (n: number, f: Formatter) => f.plural(n, { one: 'point solved', other: 'points solved' }),
  figure_new: (n: number, f: Formatter) => f.plural(n, { one: 'new point', other: 'new points' }),
  figure_open: (n: number, f: Formatter) => f.plural(n, { one: 'open point', other: 'open points' }),
  figure_machines: (n: number, f: Formatter) => f.plural(n, { one: 'machine looked at', other: 'machines looked at' }),
  figure_decisions: (decided: number, open: number, f: Formatter) =>
    `${f.plural(decided + open, { one: 'decision', other: 'decisions' })}: ${f.count(decided)} taken, ${f.count(open)} waiting for you`,
  figure_restores: (n: number, f: Formatter) => f.plural(n, { one: 'restore tried', other: 'restores tried' }),
  cost: (time: string, done: number, f: Formatter) =>
    `Recorded on this visit: ${time} of work on ${counted(f, done, '# point', '# points')}.`,
} as const
