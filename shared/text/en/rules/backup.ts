/** English texts of the rules about backups. Pure. */
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** English texts of the rules about backups. */
export const backup: RuleTextsAbout<'backup'> = {
  'backup/none-known': {
    name: 'Backup exists',
    title: () => 'This machine holds data and has no backup.',
    looked: (v) =>
      v.detail === ''
        ? 'Every backup tool that Rounds knows, and what a person said about this machine.'
        : `Every backup tool that Rounds knows, what a person said, and what the machine holds: ${v.detail}.`,
    todo: () => 'Set up a backup, then tell the agent where it goes: rounds-agent watch add.',
    manager: () => 'If this machine breaks, burns or is encrypted tonight, everything on it is lost for good.',
    impact: 'Without a copy, one broken disk ends the work that is on it.',
    blind: 'Whether this machine has a backup is not proven.',
  },
  'backup/too-old': {
    name: 'Age of the backup',
    title: (v, f) => `No good backup by ${v.job} for ${f.span(v.ageMs)}; one is expected every ${f.span(v.everyMs)}.`,
    looked: (v, f) =>
      `The newest complete copy of ${v.job}, made ${f.moment(v.lastSuccessAt)}. A partial copy does not count.`,
    todo: (v) =>
      `Run ${v.job} once by hand and read what it says. Check that its destination is reachable and has space.`,
    manager: (v, f) => `If this machine failed now, the work of the last ${f.span(v.ageMs)} would be lost.`,
    impact: 'Everything since the last good copy would be lost with this machine.',
    blind: 'When the last good backup was made could not be told.',
  },
  'backup/never-succeeded': {
    name: 'First backup',
    title: (v) => `${v.job} has never made a copy.`,
    looked: (v) => `The copies that ${v.job} keeps at its destination: none.`,
    todo: (v) =>
      `Run ${v.job} once by hand and read what it says. If it was given up, remove it: rounds-agent watch remove.`,
    manager: () => 'A backup was set up here and has never worked. Until it does, nothing could be restored.',
    impact: 'A backup that has never worked restores nothing.',
    blind: 'Whether the backup has ever worked could not be told.',
  },
  'backup/last-run-failed': {
    name: 'Last backup run',
    title: (v, f) =>
      v.result === 'partial'
        ? `The last run of ${v.job} left something out${v.lastRunAt === null ? '' : ` (${f.moment(v.lastRunAt)})`}.`
        : `The last run of ${v.job} failed${v.lastRunAt === null ? '' : ` (${f.moment(v.lastRunAt)})`}.`,
    looked: (v) => `How the last finished run of ${v.job} ended.`,
    todo: (v) =>
      v.result === 'partial'
        ? `Read the log of ${v.job} for what it could not read: often open files or missing rights.`
        : `Read the log of ${v.job}, repair the cause and run it once by hand.`,
    manager: (v) =>
      v.result === 'partial'
        ? 'The last copy is not complete. What it left out could not be restored.'
        : 'The last backup did not work. The older copy still exists; each day without a new one is a day of work at risk.',
    impact: 'What was not copied cannot be restored.',
    blind: 'How the last backup run ended could not be told.',
  },
  'backup/too-small': {
    name: 'Size of the backup',
    title: (v, f) =>
      v.bytes === 0
        ? `The newest copy of ${v.job} is empty.`
        : v.usualBytes === null
          ? `The newest copy of ${v.job} is only ${f.bytes(v.bytes)}, below its minimum.`
          : `The newest copy of ${v.job} is only ${f.bytes(v.bytes)}; ${f.bytes(v.usualBytes)} is usual.`,
    looked: (v) => `The size of the newest copy of ${v.job}, against those of the last 30 days.`,
    todo: (v) =>
      `Look into the copy of ${v.job} and restore a file from it. Check that the source folders and the database are still included.`,
    manager: () =>
      'The last backup is much smaller than usual. It probably misses something, and that would be noticed only when it is needed.',
    impact: 'A copy that shrank without a reason misses something.',
    blind: 'Whether the backup has its usual size could not be told.',
  },
  'backup/same-disk': {
    name: 'Backup on another disk',
    title: (v) =>
      v.destination === ''
        ? `The only copy of ${v.job} lies on the same disk as the data.`
        : `The only copy of ${v.job} lies on the same disk as the data (${v.destination}).`,
    looked: (v) => `Which physical disk holds the data and which one holds the copies of ${v.job}.`,
    todo: () => 'Send the copies to another disk, another machine or another place.',
    manager: () =>
      'The copy and the original are on one disk. When it fails, both are lost: today this is not a backup.',
    impact: 'One broken disk takes the data and its copy.',
    blind: 'Whether the copy lies on another disk could not be told.',
  },
  'backup/not-offsite': {
    name: 'Copy in another place',
    title: (v, f) =>
      `No copy of this machine leaves the building (${counted(f, v.jobs, '# backup job', '# backup jobs')} looked at).`,
    looked: () => 'The destinations of all backup jobs of this machine.',
    todo: () =>
      'Add a copy elsewhere: a storage service, another site, or a disk that somebody takes home. Say so with rounds-agent watch add.',
    manager: () => 'After a fire, a flood or a burglary the originals and all copies would be gone together.',
    impact: 'Fire, theft and ransomware reach every copy that is in the same place.',
    blind: 'Whether a copy leaves the building could not be told.',
  },
  'backup/not-automatic': {
    name: 'Backup runs by itself',
    title: (v) => `${v.job} only runs when somebody starts it.`,
    looked: (v) => `Whether ${v.job} is set to run by itself.`,
    todo: () =>
      'Switch automatic backups on. On a Mac: System Settings > General > Time Machine > Options > Back up frequency.',
    manager: () => 'This backup depends on somebody thinking of it. Sooner or later nobody does, and nobody notices.',
    impact: 'A backup that somebody must start is missing on the day when it is needed.',
    blind: 'Whether the backup runs by itself could not be told.',
  },
  'backup/status-unreadable': {
    name: 'State of the backup readable',
    title: (v) => `What ${v.job} did has been unreadable for more than a day.`,
    looked: (v) => `The state of ${v.job}, which its tool, its repository or its log tells.`,
    todo: (v) =>
      `Ask ${v.job} by hand as the user of the agent and read the answer: rights, password file, a lock that stayed.`,
    manager: () =>
      'Nobody can see whether this backup works. It may be fine, and it may have stopped; that must be settled.',
    impact: 'A backup that cannot be seen fails without notice.',
    blind: 'What the backup did cannot be read.',
  },
  'backup/running-long': {
    name: 'Backup run ends',
    title: (v, f) => `A run of ${v.job} began ${f.moment(v.startedAt)} and has not ended (${f.span(v.ageMs)}).`,
    looked: (v) => `Runs of ${v.job} that began and did not end.`,
    todo: (v) =>
      `Look whether ${v.job} still works or hangs. End a hanging run, remove its lock and start it once by hand.`,
    manager: () => 'A backup has been running for far longer than it should. Until it ends there is no new copy.',
    impact: 'While a run hangs, no new copy is made.',
    blind: 'Whether a backup run hangs could not be told.',
  },
  'backup/ping-late': {
    name: 'Backup reports in time',
    title: (v, f) =>
      v.lastSuccessAt === null
        ? `${v.job} has not reported a good run since it was set up ${f.span(v.ageMs)} ago; one is expected every ${f.span(v.everyMs)}.`
        : `${v.job} has not reported a good run for ${f.span(v.ageMs)}; one is expected every ${f.span(v.everyMs)}.`,
    looked: (v, f) =>
      v.lastSuccessAt === null
        ? `The calls of ${v.job} to its address on the server, since ${f.moment(v.createdAt)}. It may be ${f.span(v.graceMs)} late; a start alone does not count.`
        : `The calls of ${v.job} to its address on the server; the newest good one came ${f.moment(v.lastSuccessAt)}. It may be ${f.span(v.graceMs)} late; a start alone does not count.`,
    todo: (v) =>
      `Look where ${v.job} runs: whether it still starts, how its last run ended, and whether that place reaches the server. A new address: npm run -s server -- ping renew.`,
    manager: () =>
      'A backup that reports after each run has fallen silent. It may have stopped; until it reports again, a new copy is not proven.',
    impact: 'A backup that fell silent has usually stopped.',
    blind: 'Whether the backup reports in time could not be told.',
  },
}
