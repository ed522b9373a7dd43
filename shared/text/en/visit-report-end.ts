/** English texts of the last parts and the annexes of the visit report. Pure. */
import { counted } from '../counted.ts'
import type { Formatter } from '../format.ts'

const machines = (f: Formatter, n: number) => counted(f, n, '# machine', '# machines')

/** English texts of the last parts of the visit report. */
export const visitReportEnd = {
  next: 'What happens next',
  col_action: 'Action',
  col_who: 'Who',
  col_due: 'Before',
  nextNone: 'No action is open.',
  doneToday: (time: string | null) => (time === null ? 'Done on this visit' : `Done on this visit, ${time}`),
  col_done: 'Done',
  col_duration: 'Time',
  restoreDone: (what: string, machine: string) => `Restore tried: ${what}, ${machine}`,
  dates: 'Dates ahead',
  col_date: 'Date',
  col_dateWhat: 'What',
  date_support: (os: string, names: string) => `${os}: no more security updates (${names})`,
  date_accepted: (risk: string) => `Accepted risk ends: ${risk}`,
  date_deferred: (what: string) => `To be decided again: ${what}`,
  date_due: (what: string, who: string) => (who === '' ? what : `${what} (${who})`),
  nextVisit: 'Next visit:',
  unseen: 'What we could not see',
  unseenNone: 'Everything that is checked could be read.',
  unseenItem: (name: string, n: number, f: Formatter) => `${name}: not proven on ${machines(f, n)}`,
  unseenDetail: (names: string, why: string) => `${names}: ${why}`,
  col_measured: 'Measured',
  col_amount: 'How much',
  cover_machines: 'Machines in scope',
  cover_heard: 'Reported within their rhythm',
  cover_never: 'Never heard',
  cover_silent: 'Silent, and not away as usual',
  cover_away: 'Away as usual, with their last proven state',
  cover_good: 'Checks that pass',
  cover_bad: 'Open points',
  cover_unknown: 'Checks that could not tell',
  cover_signed: 'Machines that signed this state',
  ofAll: (n: number, total: number, f: Formatter) => `${f.count(n)} of ${f.count(total)}`,
  glossary:
    'Not proven: no tool could read it, and we do not guess. Accepted: a named person took the risk until a date. Good: read, and as it should be.',
  verify:
    'To check this file: keep it beside its .evidence.json and run “server verify FILE”. It proves what was recorded and that nothing was changed since; it does not prove that whoever runs the server was honest.',
  minutes: 'Minutes',
  method: 'Method and words',
  method_1: (at: string, f: Formatter, n: number) =>
    `The state of ${machines(f, n)} was frozen when the visit was opened, ${at}. Everything in this report is computed from that frozen state, from what was recorded on the visit, and from the state frozen at the visit before.`,
  method_2:
    'Small programs on the machines read what the system and its tools say and send it, signed, to one server. They cannot be told to do anything. Rules with published limits judge what was read; what could not be read is never counted as good.',
  method_3:
    'A dial is urgent while one urgent point is open on one machine, not proven when a server or over a fifth of the machines could not be told, attention while anything is open, accepted or not known, and good only when none of this is so.',
  words: 'Words',
  words_urgent: 'cannot wait for the next visit',
  words_attention: 'to be dealt with at a visit',
  words_note: 'worth knowing, nothing to do now',
  'words_not-proven': 'could not be read, or is too old to count',
  words_accepted: 'a named person took the risk until a date',
  words_good: 'read, and as it should be',
  versions: 'Versions',
  version_server: 'Server',
  version_agents: 'Agents',
  attestations: 'Attestations',
  attestationsText: (n: number, total: number, f: Formatter) =>
    f.plural(n, {
      one: `${f.count(n)} of ${machines(f, total)} signed its state for this visit with a key that never leaves it. The signatures stand in the evidence file.`,
      other: `${f.count(n)} of ${machines(f, total)} signed their state for this visit with a key that never leaves them. The signatures stand in the evidence file.`,
    }),
  col_state: 'State',
  col_machine: 'Machine',
  col_attestedAt: 'Signed at',
  col_key: 'Key',
  col_digest: 'Digest',
  notSigned: 'did not answer',
} as const
