/** What each event of a scenario must show, and from when: hand-written limits, apart from the server's own. Pure. */
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import { jobState, runsBetween } from '../life/backup-runs.ts'
import { stretchAt } from '../life/presence.ts'
import { firstSight, type ReadGroup } from '../life/readings.ts'
import { driveKey } from '../life/tell-disk.ts'
import { productId } from '../life/tell-software.ts'
import { batchOf, installedAt, lastInstallAt, newestBatch, releasedAt } from '../life/updates.ts'
import type { DemoMachine, Happening, HappeningKind } from '../scenario/world.ts'
import { absenceFault } from './absence-faults.ts'
import { afterWorkingDays, levelsFrom, showing } from './levels.ts'
import type { Level, OracleFault, Showing } from './oracle.ts'

type Teller = (machine: DemoMachine, happening: Happening, endAt: EpochMs) => readonly Showing[]

/** First and last sight of something read with a group. `end` null: it lasts. */
function span(machine: DemoMachine, group: ReadGroup, { from, to }: Happening) {
  const first = firstSight(machine, group, from)
  if (first === null) return null
  const end = to === null ? null : (firstSight(machine, group, to)?.reportAt ?? null)
  return { begin: first.readAt, end }
}

/** A state that is bad at once, whatever its age. */
function plain(rule: Showing['rule'], group: ReadGroup, severity: Level['severity'], item = ''): Teller {
  return (machine, happening) => {
    const seen = span(machine, group, happening)
    if (seen === null) return []
    return showing(rule, item, levelsFrom(seen.begin, seen.end, [{ severity, at: seen.begin }]), seen.end)
  }
}

const backupFails: Teller = (machine, { job: id, from, to }, endAt) => {
  const job = machine.spec.jobs.find((one) => one.id === id)
  if (job === undefined) return []
  const bad = runsBetween(machine, job, from, to ?? endAt)
  const [first, , third] = bad
  const lastGood = jobState(machine, job, from)?.lastGood
  if (first === undefined || lastGood == null) return []
  const next = to === null ? null : (runsBetween(machine, job, to, to + 8 * DAY_MS)[0]?.endedAt ?? null)
  const end = next === null ? null : (firstSight(machine, 'now', next)?.reportAt ?? null)
  const seen = (at: EpochMs) => firstSight(machine, 'now', at)?.reportAt ?? at
  const failed = [
    { severity: 'warning' as const, at: seen(first.endedAt) },
    ...(third === undefined ? [] : [{ severity: 'critical' as const, at: seen(third.endedAt) }]),
  ]
  const isServer = machine.spec.role === 'server'
  const late = isServer ? lastGood.endedAt + 30 * HOUR_MS : afterWorkingDays(lastGood.endedAt, 1.5)
  const lost = isServer ? lastGood.endedAt + 48 * HOUR_MS : afterWorkingDays(lastGood.endedAt, 3)
  // A limit that passes between the good copy and the record that tells of it was never seen to pass.
  const wasSeen = ({ at }: Level) => end === null || (firstSight(machine, 'now', at + 1)?.reportAt ?? end) < end
  const old = [
    { severity: 'warning' as const, at: late },
    { severity: 'critical' as const, at: lost },
  ].filter(wasSeen)
  return [
    ...showing('backup/last-run-failed', job.id, failed, end),
    ...showing('backup/too-old', job.id, levelsFrom(from, end, old), end),
  ].filter(({ levels }) => (levels[0]?.at ?? endAt) < endAt)
}

/** Batches that a stuck machine leaves waiting, oldest first. */
function stuckBatches(machine: DemoMachine, { from, to }: Happening, endAt: EpochMs): readonly number[] {
  const weeks: number[] = []
  const until = to ?? endAt
  for (let week = newestBatch(from) - 2; week <= newestBatch(until); week += 1) {
    const done = installedAt(machine, week)
    const isLeft = done === null || (to !== null && done >= to)
    const released = releasedAt(week)
    if (isLeft && released < until && released > from - 8 * DAY_MS) weeks.push(week)
  }
  return weeks
}

const updatesStuck: Teller = (machine, happening, endAt) => {
  const { from, to } = happening
  const weeks = stuckBatches(machine, happening, endAt)
  const sights = weeks.map((week) => firstSight(machine, 'patch', releasedAt(week)))
  const first = sights[0]
  if (first == null) return []
  const done = to === null ? null : installedAt(machine, weeks[0] ?? 0)
  const end = done === null ? null : (firstSight(machine, 'patch', done)?.reportAt ?? null)
  const since = first.readAt
  const overdue: Level[] = [
    { severity: 'info', at: since + 7 * DAY_MS },
    { severity: 'warning', at: since + 14 * DAY_MS },
    { severity: 'critical', at: since + 30 * DAY_MS },
  ]
  let count = 0
  const counted = sights.flatMap((sight, index): readonly Level[] => {
    const before = count
    count += batchOf(machine, weeks[index] ?? 0).length
    return before < 5 && count >= 5 && sight !== null ? [{ severity: 'warning', at: sight.readAt }] : []
  })
  const last = lastInstallAt(machine, from) ?? from
  const upgrade: Level[] = [
    { severity: 'info', at: last + 35 * DAY_MS },
    { severity: 'warning', at: last + 45 * DAY_MS },
    { severity: 'critical', at: last + 75 * DAY_MS },
  ]
  return [
    ...showing('patch/security-overdue', '', levelsFrom(from, end ?? endAt, overdue), end),
    ...showing('patch/security-waiting', '', levelsFrom(from, end ?? endAt, counted), end),
    ...showing('patch/upgrade-overdue', '', levelsFrom(from, end ?? endAt, upgrade), end),
  ]
}

const restartWaits: Teller = (machine, happening, endAt) => {
  const seen = span(machine, 'patch', happening)
  const booted = stretchAt(machine, happening.from)?.from
  if (seen === null || booted === undefined) return []
  const waits: Level[] = [
    { severity: 'info', at: seen.begin + 3 * DAY_MS },
    { severity: 'warning', at: seen.begin + 7 * DAY_MS },
    { severity: 'critical', at: seen.begin + 30 * DAY_MS },
  ]
  const runs: Level[] = [{ severity: 'info', at: booted + 30 * DAY_MS }]
  const end = seen.end ?? endAt
  return [
    ...showing('patch/reboot-pending', '', levelsFrom(happening.from, end, waits), seen.end),
    ...showing('system/uptime-long', '', levelsFrom(happening.from, end, runs), seen.end),
  ]
}

const antivirusStopped: Teller = (machine, happening) => {
  const seen = span(machine, 'now', happening)
  if (seen === null) return []
  const bands: Level[] = [
    { severity: 'warning', at: seen.begin },
    { severity: 'critical', at: seen.begin + HOUR_MS },
  ]
  return showing('antivirus/not-running', productId(machine), levelsFrom(seen.begin, seen.end, bands), seen.end)
}

const signaturesStuck: Teller = (machine, happening) => {
  const made = happening.from - HOUR_MS / 3
  const end = happening.to === null ? null : (firstSight(machine, 'now', happening.to)?.reportAt ?? null)
  const bands: Level[] = [
    { severity: 'warning', at: made + 3 * DAY_MS },
    { severity: 'critical', at: made + 7 * DAY_MS },
  ]
  return showing('antivirus/signatures-old', productId(machine), levelsFrom(happening.from, end, bands), end, {
    slackMs: 5 * HOUR_MS,
  })
}

const hot: Teller = (machine, happening) => {
  const spec = machine.spec.drives[happening.drive ?? 0]
  return spec === undefined ? [] : plain('disk/too-hot', 'drives', 'warning', driveKey(spec))(machine, happening, 0)
}

const arrayDegraded: Teller = (machine, happening) => {
  const seen = span(machine, 'now', happening)
  const rebuilt = happening.rebuiltAt === null ? null : firstSight(machine, 'now', happening.rebuiltAt)
  if (seen === null || machine.spec.array === null) return []
  const levels: Level[] = [{ severity: 'critical', at: seen.begin }]
  if (rebuilt !== null) levels.push({ severity: 'warning', at: rebuilt.reportAt })
  return showing('disk/raid-degraded', machine.spec.array, levels, seen.end)
}

/** A day without a look at a job: whether it runs is a question of its own. */
const backupUnreadable: Teller = (machine, happening) => {
  const seen = span(machine, 'now', happening)
  if (seen === null) return []
  const bands: Level[] = [{ severity: 'warning', at: seen.begin + DAY_MS }]
  return machine.spec.jobs.flatMap(({ id }) =>
    showing('backup/status-unreadable', id, levelsFrom(seen.begin, seen.end, bands), seen.end),
  )
}

const TELLERS: { readonly [K in HappeningKind]: Teller | null } = {
  'backup-fails': backupFails,
  'updates-stuck': updatesStuck,
  'restart-waits': restartWaits,
  'antivirus-stopped': antivirusStopped,
  'signatures-stuck': signaturesStuck,
  'firewall-off': plain('posture/firewall-off', 'now', 'warning'),
  'ssh-passwords': plain('posture/ssh-password-login', 'now', 'warning'),
  hot,
  'array-degraded': arrayDegraded,
  'backup-unreadable': backupUnreadable,
  away: null,
  'power-cut': null,
  'line-down': null,
}

const WHAT: { readonly [K in HappeningKind]: string } = {
  'backup-fails': 'runs of a backup job fail',
  'updates-stuck': 'updates are offered and not installed',
  'restart-waits': 'an installed update waits for a restart',
  'antivirus-stopped': 'the antivirus is stopped',
  'signatures-stuck': 'the antivirus fetches no signatures',
  'firewall-off': 'the firewall is switched off',
  'ssh-passwords': 'remote login takes passwords',
  hot: 'a fan stands still and a disk grows hot',
  'array-degraded': 'a mirror loses a disk and is rebuilt',
  'backup-unreadable': 'the agent may not read the backup',
  away: 'switched off',
  'power-cut': 'no power',
  'line-down': 'no line',
}

/** The fault of one happening, as far as it began before the end. */
export function eventFault(machine: DemoMachine, happening: Happening, endAt: EpochMs): OracleFault {
  const { kind, from, to } = happening
  const tell = TELLERS[kind]
  if (tell === null) return absenceFault(machine, happening, endAt)
  const id = `${machine.spec.key} ${kind} ${from}`
  const what = `${machine.spec.name}: ${WHAT[kind]}`
  return { id, kind, machineId: machine.id, what, begin: from, end: to, shows: tell(machine, happening, endAt) }
}
