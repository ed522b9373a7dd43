/**
 * Every limit of the rules, and every rhythm, with its unit, its value for each role and the reason for the number.
 * A person may override each of them for a client, a site or a machine (resolve.ts). Pure data.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { DISK_LIMITS } from './disk-limits.ts'
import { limitForAll as all, bounded, limitByRole as byRole, type LimitSpec } from './limit.ts'

const patch = {
  'patch.securityInfoMs': all('ms', 7 * DAY_MS, 'Most automatic updates have run by then.'),
  'patch.securityWarningMs': all('ms', 14 * DAY_MS, 'Usual deadline for important security updates.'),
  'patch.securityCriticalMs': all('ms', 30 * DAY_MS, 'After a month a hole is in the attackers’ tools.'),
  'patch.securityWarningCount': all('count', 5, 'More than one batch of security updates was missed.'),
  'patch.securityCriticalCount': all('count', 20, 'Nobody installs updates here.'),
  'patch.listWarningMs': all('ms', 7 * DAY_MS, 'A list older than a week no longer says what is missing.'),
  'patch.listCriticalMs': all('ms', 30 * DAY_MS, 'Without a list for a month nothing is known about missing updates.'),
  'patch.upgradeInfoMs': all('ms', 35 * DAY_MS, 'One monthly round was missed.'),
  'patch.upgradeWarningMs': all('ms', 45 * DAY_MS, 'One monthly round and a half was missed.'),
  'patch.upgradeCriticalMs': all('ms', 75 * DAY_MS, 'Two monthly rounds were missed.'),
  'patch.rebootInfoMs': all('ms', 3 * DAY_MS, 'A restart may wait for the weekend.'),
  'patch.rebootWarningMs': all('ms', 7 * DAY_MS, 'Installed updates protect nobody until the restart.'),
  'patch.rebootCriticalMs': byRole(
    'ms',
    [30 * DAY_MS, 14 * DAY_MS, 14 * DAY_MS],
    'A server has a monthly maintenance window, a workstation has evenings.',
  ),
  'patch.automaticWarningMs': all('ms', DAY_MS, 'Updates switched off for a repair are back on the next day.'),
  'patch.automaticCriticalMs': all('ms', 30 * DAY_MS, 'Nobody will switch them on again.'),
  'patch.brokenWarningMs': all('ms', DAY_MS, 'An interrupted installation is finished by the next run.'),
  'patch.brokenCriticalMs': all('ms', 7 * DAY_MS, 'With a broken database no security update is installed.'),
  'patch.failingCount': all('count', 3, 'Windows and apt try again by themselves; a third failure is no accident.'),
  'patch.failingCriticalMs': all('ms', 30 * DAY_MS, 'For a month this update has closed no hole.'),
  'patch.heldWarningMs': all('ms', 30 * DAY_MS, 'A security update held for a month was forgotten.'),
} as const satisfies Record<string, LimitSpec>

const antivirus = {
  'antivirus.required': all(
    'flag',
    false,
    'Linux machines often have none on purpose; a contract or an insurer may ask for one.',
  ),
  'antivirus.offCriticalMs': all('ms', HOUR_MS, 'Protection switched off for an installation is back within the hour.'),
  'antivirus.signaturesWarningMs': all(
    'ms',
    3 * DAY_MS,
    'Signatures come several times a day; three days are not a slow mirror.',
  ),
  'antivirus.builtinWarningMs': all(
    'ms',
    90 * DAY_MS,
    'Apple sends the data of its own protection every two to four weeks; after three missed months it no longer comes.',
  ),
  'antivirus.signaturesCriticalMs': all('ms', 7 * DAY_MS, 'A week of new malware is not recognised.'),
} as const satisfies Record<string, LimitSpec>

const backup = {
  'backup.declaredNone': all(
    'flag',
    false,
    'True when a person says that this machine has no backup. No tool can prove that.',
  ),
  'backup.everyMs': byRole(
    'ms',
    [DAY_MS, DAY_MS, 3 * DAY_MS],
    'Rhythm of a job that states none: nightly; a laptop is not always there.',
  ),
  'backup.lateFactorPercent': bounded(all('percent', 150, 'Share of its rhythm after which a job is late.'), 100, 1000),
  'backup.lostFactorPercent': bounded(
    all('percent', 300, 'Share of its rhythm after which three copies are missing.'),
    100,
    1000,
  ),
  'backup.lateMostMs': byRole(
    'ms',
    [30 * HOUR_MS, 7 * DAY_MS, 14 * DAY_MS],
    'Longest age of the last good copy of a daily job before it is late.',
  ),
  'backup.lostMostMs': byRole(
    'ms',
    [48 * HOUR_MS, 7 * DAY_MS, 14 * DAY_MS],
    'Longest age of the last good copy of a daily job before it is urgent.',
  ),
  'backup.noneWarningMs': byRole('ms', [0, 3 * DAY_MS, 3 * DAY_MS], 'Time after enrollment to set a backup up.'),
  'backup.noneCriticalMs': byRole(
    'ms',
    [DAY_MS, 14 * DAY_MS, 14 * DAY_MS],
    'Time after enrollment without any backup that does not wait for a visit.',
  ),
  'backup.failedInRowCount': bounded(
    all('count', 3, 'One bad run is bad luck, this many in a row are a fault.'),
    1,
    100,
  ),
  'backup.partialCriticalMs': all(
    'ms',
    14 * DAY_MS,
    'Incomplete copies for this long mean that something was never copied.',
  ),
  'backup.shrinkWarningPercent': all('percent', 30, 'A copy this much smaller than usual misses something.'),
  'backup.shrinkCriticalPercent': all('percent', 70, 'A copy this much smaller than usual is not a copy.'),
  'backup.offsiteWarningMs': all('ms', 30 * DAY_MS, 'Time to bring a copy out of the building.'),
  'backup.offsiteCriticalMs': byRole(
    'ms',
    [90 * DAY_MS, null, null],
    'After three months without a copy elsewhere a fire ends the company’s records; asked of servers only.',
  ),
  'backup.unreadableMs': all('ms', DAY_MS, 'A day without a readable state is more than a run that holds a lock.'),
  'backup.runningWarningMs': all('ms', 6 * HOUR_MS, 'A night is long enough for what a company of this size copies.'),
  'backup.runningCriticalMs': all('ms', DAY_MS, 'A run of a day hangs, and the next one does not start.'),
} as const satisfies Record<string, LimitSpec>

const posture = {
  'posture.publicFirewallCriticalMs': all('ms', DAY_MS, 'On a foreign network every open day is a day for strangers.'),
  'posture.suspendedWarningMs': all(
    'ms',
    3 * DAY_MS,
    'A firmware update suspends encryption until the next start, not longer.',
  ),
  'posture.administratorsMostCount': all('count', 2, 'One person for the work and one for when that one is away.'),
  'posture.timeWarningMs': all('ms', DAY_MS, 'A clock without source drifts by seconds a day.'),
  'posture.timeCriticalMs': all('ms', 7 * DAY_MS, 'After a week sign-in and certificates are at risk.'),
  'posture.timeOffsetMs': byRole(
    'ms',
    [500, null, null],
    'Logs of servers are compared with each other; half a second mixes their order.',
  ),
} as const satisfies Record<string, LimitSpec>

const system = {
  'system.supportInfoMs': all('ms', 365 * DAY_MS, 'A replacement fits into the next budget.'),
  'system.supportWarningMs': all('ms', 180 * DAY_MS, 'A migration must be planned now.'),
  'system.supportCriticalMs': all('ms', 30 * DAY_MS, 'After the end no hole is closed any more.'),
  'system.uptimeInfoMs': all('ms', 30 * DAY_MS, 'A month of updates may wait for a restart.'),
  'system.uptimeWarningMs': byRole(
    'ms',
    [180 * DAY_MS, 60 * DAY_MS, 60 * DAY_MS],
    'Nobody knows any more whether it starts.',
  ),
  'system.batteryWarningPercent': all('percent', 60, 'Half a working day is gone.'),
  'system.batteryCriticalPercent': all('percent', 40, 'The machine no longer survives a meeting or a power cut.'),
  'system.crashInfoCount': all('count', 1, 'One bad end in a week may be a plug; it is worth a line.'),
  'system.crashWarningCount': all('count', 2, 'Two bad ends in a week are no accident.'),
  'system.crashCriticalCount': all('count', 5, 'A machine that dies every day loses work, and data next.'),
  'system.memoryWarningPercent': all('percent', 90, 'Mean use above it means that the machine waits for its disk.'),
} as const satisfies Record<string, LimitSpec>

const agent = {
  'agent.silentInfoMs': byRole('ms', [null, null, 7 * DAY_MS], 'A laptop is away for a week without a reason to ask.'),
  'agent.silentWarningMs': byRole(
    'ms',
    [10 * MINUTE_MS, 3 * DAY_MS, 21 * DAY_MS],
    'A server reports every minute; a desktop is off at night; a laptop goes on holiday. Desktops: working days.',
  ),
  'agent.silentCriticalMs': byRole(
    'ms',
    [30 * MINUTE_MS, 10 * DAY_MS, 45 * DAY_MS],
    'Longer than any restart, holiday or repair. Desktops: working days.',
  ),
  'agent.skewInfoMs': all('ms', 5 * SECOND_MS, 'Times in logs no longer match.'),
  'agent.skewWarningMs': all('ms', 60 * SECOND_MS, 'One-time codes begin to fail.'),
  'agent.skewCriticalMs': all('ms', 300 * SECOND_MS, 'Kerberos refuses to sign people in beyond five minutes.'),
  'agent.futureMs': all('ms', 60 * SECOND_MS, 'Lead of a reported time that measuring and network explain.'),
  'agent.checkSilentCriticalMs': all('ms', 7 * DAY_MS, 'A check that is silent for a week has broken.'),
  'agent.checkSilentFactor': bounded(all('count', 3, 'Rhythms of silence that a slow tool explains.'), 2, 100),
  'agent.gapMs': all('ms', 30 * DAY_MS, 'How long a loss of records is worth knowing.'),
  'agent.oldBuildCount': all('count', 2, 'Releases that an agent may be behind before it is a warning.'),
} as const satisfies Record<string, LimitSpec>

const rhythm = (ms: number, reason: string) => bounded(all('ms', ms, reason), SECOND_MS, DAY_MS)

const cadence = {
  'cadence.vitalsMs': rhythm(MINUTE_MS, 'Processor, memory and load, from the kernel and without a child process.'),
  'cadence.capacityMs': rhythm(MINUTE_MS, 'Space on volumes, from the kernel and without a child process.'),
  'cadence.raidMs': rhythm(5 * MINUTE_MS, 'RAID state from /proc and /sys.'),
  'cadence.postureMs': rhythm(15 * MINUTE_MS, 'Firewall, remote login and time, from files.'),
  'cadence.antivirusMs': rhythm(15 * MINUTE_MS, 'Protection, from files and sockets.'),
  'cadence.backupMs': rhythm(15 * MINUTE_MS, 'Backups, from local evidence; a remote repository every six hours.'),
  'cadence.smartMs': rhythm(6 * HOUR_MS, 'Health of drives; asking more often wakes them.'),
  'cadence.patchMs': rhythm(
    6 * HOUR_MS,
    'Missing updates, when the package database changes and else four times a day.',
  ),
  'cadence.inventoryMs': rhythm(DAY_MS, 'What the machine is made of does not change by the hour.'),
} as const satisfies Record<string, LimitSpec>

const general = {
  'facts.staleMs': byRole(
    'ms',
    [HOUR_MS, 7 * DAY_MS, 7 * DAY_MS],
    'Age at which a fact no longer proves the present; never less than three rhythms.',
  ),
  'alert.holdMs': all('ms', null, 'How long a condition must hold before anybody is told; each rule has its own.'),
  'alert.clearMs': all(
    'ms',
    null,
    'How long a condition must be over before it counts as solved; each rule has its own.',
  ),
  'alert.bootGraceMs': all('ms', 10 * MINUTE_MS, 'Nothing calls anybody while a machine is starting.'),
  'alert.groupWaitMs': bounded(all('ms', 5_000, 'What happens at one site at one time is one message.'), 0, HOUR_MS),
  'alert.repeatMs': all('ms', DAY_MS, 'What is still wrong is said again; 0: never.'),
} as const satisfies Record<string, LimitSpec>

/** Every limit by its key. */
export const LIMITS = {
  ...DISK_LIMITS,
  ...patch,
  ...antivirus,
  ...backup,
  ...posture,
  ...system,
  ...agent,
  ...cadence,
  ...general,
} as const satisfies Record<string, LimitSpec>

/** Key of a limit, as `server -- policy` names it. */
export type LimitKey = keyof typeof LIMITS

/** Every key, in the order of the table. */
export const LIMIT_KEYS = Object.keys(LIMITS) as readonly LimitKey[]

/** @returns true for a key of the table. */
export function isLimitKey(key: string): key is LimitKey {
  return Object.hasOwn(LIMITS, key)
}
