/** English texts of the rules about the agent: what the server itself knows of a machine. Pure. */
import type { CheckName } from '../../../checks/names.ts'
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

const CHECKS: { readonly [C in CheckName]: string } = {
  antivirus: 'protection',
  backup: 'backup',
  disk: 'disks',
  patch: 'updates',
  posture: 'access',
  system: 'system',
}

/** English texts of the rules about the agent. */
export const agent: RuleTextsAbout<'agent'> = {
  'agent/silent': {
    name: 'Reporting',
    title: (v, f) => `This machine has not reported for ${f.span(v.forMs)}.`,
    looked: (v, f) => `The last report, received ${f.moment(v.lastReportAt)} by the server’s clock.`,
    todo: () => 'Find out whether it is on and has a network. If it is, look at the agent: rounds-agent doctor.',
    manager: () =>
      'We no longer hear from this machine. It may be off, without a network, or broken; until it is back, nothing about it is proven.',
    impact: 'Nothing that happens on a silent machine is noticed.',
    blind: 'Whether this machine reports could not be told.',
  },
  'agent/clock-wrong': {
    name: 'Clock',
    title: (v, f) =>
      v.skewMs > 0
        ? `The clock of this machine is ${f.span(v.skewMs)} slow.`
        : `The clock of this machine is ${f.span(-v.skewMs)} fast.`,
    looked: () => 'The machine’s clock against the server’s, with the time of the network taken off.',
    todo: () =>
      'Set it and keep it right by a time source: timedatectl set-ntp true on Linux, w32tm /resync on Windows, Date & Time in the settings of a Mac.',
    manager: () =>
      'The clock of this machine is wrong. Beyond five minutes, signing in begins to fail and certificates are refused.',
    impact: 'Sign-in, certificates and logs depend on the right time.',
    blind: 'Whether the clock is right could not be told.',
  },
  'agent/future-time': {
    name: 'Times of measurements',
    title: (v, f) => `This machine sent measurements dated ${f.span(v.aheadMs)} in the future.`,
    looked: () => 'The times in its last reports against the server’s clock when they arrived.',
    todo: () => 'Check the clock and the time zone of the machine. Its measurements were kept, dated at their arrival.',
    manager: () =>
      'The clock of this machine has jumped. No measurement was lost; the order of events is less certain.',
    impact: 'Times that are wrong at the source cannot prove when something happened.',
    blind: 'Whether the times of this machine are right could not be told.',
  },
  'agent/check-silent': {
    name: 'All checks report',
    title: (v, f) =>
      `The check of ${CHECKS[v.check]} has been silent since ${f.moment(v.lastAt)}, although the machine reports; expected every ${f.span(v.everyMs)}.`,
    looked: () => 'The last collection of each check against the last report.',
    todo: (v) => `Run the check by hand and see what holds it up: rounds-agent once --check ${v.check}.`,
    manager: (v) =>
      `One kind of measurement (${CHECKS[v.check]}) no longer arrives from this machine. What it would show is not known.`,
    impact: 'A check that is silent looks like a check that is well.',
    blind: 'Whether every check reports could not be told.',
  },
  'agent/data-lost': {
    name: 'Measurements complete',
    title: (v, f) => `The agent had to drop ${counted(f, v.to - v.from + 1, '# record', '# records')} before sending.`,
    looked: (v) => `The agent’s own note: ${v.why}.`,
    todo: () => 'Find out why it could not send for so long, and whether its disk is full: rounds-agent status.',
    manager: () =>
      'A stretch of this machine’s history is missing, because it could not reach us for long. What it measures now arrives again.',
    impact: 'What happened in the gap cannot be told any more.',
    blind: 'Whether measurements were lost could not be told.',
  },
  'agent/outdated': {
    name: 'Agent version',
    title: (v) => `The agent is at version ${v.build}; this server ships with ${v.current}.`,
    looked: () => 'The version that the agent states in its reports.',
    todo: () => 'Install the present package on the machine. The server never updates an agent by itself.',
    manager: () =>
      'The measuring program on this machine is not the newest. It keeps working; newer checks are missing.',
    impact: 'An old agent does not measure what newer ones do.',
    blind: 'Which version the agent has could not be compared.',
  },
}
