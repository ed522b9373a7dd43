/** What follows when a machine is not heard: silence first, then what it no longer keeps current. Pure. */
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import { jobState, runsBetween } from '../life/backup-runs.ts'
import { momentsOf, stretchAt } from '../life/presence.ts'
import { firstSight, readAt } from '../life/readings.ts'
import { listRefreshedAt, productId, signaturesAt } from '../life/tell-software.ts'
import { releasedAt, waitingBatches } from '../life/updates.ts'
import type { JobSpec } from '../scenario/machine-spec.ts'
import type { DemoMachine, Happening } from '../scenario/world.ts'
import { afterWorkingDays, levelsFrom, showing } from './levels.ts'
import type { Level, OracleFault, Showing } from './oracle.ts'

/** What a workstation told proves the present for a week. */
const PROVES_MS = 7 * DAY_MS

/** The last record that reached the server before an instant. */
export function lastHeard(machine: DemoMachine, before: EpochMs): EpochMs {
  let last = before
  for (const at of momentsOf(machine, before - 8 * DAY_MS, before)) last = at
  return last
}

function silenceLevels({ spec }: DemoMachine, last: EpochMs): readonly Level[] {
  if (spec.role === 'server') {
    return [
      { severity: 'warning', at: last + 10 * MINUTE_MS },
      { severity: 'critical', at: last + 30 * MINUTE_MS },
    ]
  }
  if (spec.role === 'desktop') {
    return [
      { severity: 'warning', at: afterWorkingDays(last, 3) },
      { severity: 'critical', at: afterWorkingDays(last, 10) },
    ]
  }
  return [
    { severity: 'info', at: last + 7 * DAY_MS },
    { severity: 'warning', at: last + 21 * DAY_MS },
    { severity: 'critical', at: last + 45 * DAY_MS },
  ]
}

/** What grows old on a workstation that is away, as long as its last word still counts. */
function ageing(machine: DemoMachine, last: EpochMs, backAt: EpochMs | null): readonly Showing[] {
  const stretch = stretchAt(machine, last)
  if (stretch === null) return []
  const look = { at: last, startedAt: Math.max(stretch.from, machine.enrolledAfter) }
  const patchAt = readAt(machine, 'patch', look.startedAt, last)
  const within = (limit: EpochMs, bands: readonly Level[]) =>
    levelsFrom(
      last,
      backAt,
      bands.filter(({ at }) => at < limit),
    )
  const signed = signaturesAt(machine, look)
  const signatures = within(last + PROVES_MS, [
    { severity: 'warning', at: signed + 3 * DAY_MS },
    { severity: 'critical', at: signed + 7 * DAY_MS },
  ])
  const listed = listRefreshedAt({ ...look, at: patchAt })
  const list = within(patchAt + PROVES_MS, [{ severity: 'warning', at: listed + 7 * DAY_MS }])
  const oldest = waitingBatches(machine, patchAt)[0]
  const seen = oldest === undefined ? null : firstSight(machine, 'patch', releasedAt(oldest))
  const overdue = seen === null ? [] : within(patchAt + PROVES_MS, [{ severity: 'info', at: seen.readAt + 7 * DAY_MS }])
  return [
    ...(machine.spec.antivirus === 'sentinelone'
      ? []
      : showing('antivirus/signatures-old', productId(machine), signatures, backAt)),
    ...showing('patch/list-stale', '', list, backAt),
    ...showing('patch/security-overdue', '', overdue, backAt),
    ...machine.spec.jobs.flatMap((job) => lateCopy(machine, job, last, backAt)),
  ]
}

/**
 * A copy that grows old while the machine is away. Its last word proves nothing after a week; once it is back it tells again how old
 * the copy is, until the next one is made.
 */
function lateCopy(machine: DemoMachine, job: JobSpec, last: EpochMs, backAt: EpochMs | null): readonly Showing[] {
  const good = jobState(machine, job, last)?.lastGood?.endedAt
  if (good === undefined) return []
  const next = backAt === null ? undefined : runsBetween(machine, job, backAt, backAt + 8 * DAY_MS)[0]
  const end = next === undefined ? null : (firstSight(machine, 'now', next.endedAt)?.reportAt ?? null)
  const isLaptop = machine.spec.role === 'laptop'
  const bands: Level[] = [
    { severity: 'warning', at: afterWorkingDays(good, isLaptop ? 4.5 : 1.5) },
    { severity: 'critical', at: afterWorkingDays(good, isLaptop ? 9 : 3) },
  ]
  const told = bands.flatMap((band): readonly Level[] => {
    if (band.at < last + PROVES_MS) return [band]
    if (backAt === null || end === null) return []
    // Passed while nothing proved it: found at the return, dated by the last look before, at most a day earlier.
    if (band.at < backAt) return [{ ...band, at: Math.max(band.at, backAt - DAY_MS) }]
    const sight = firstSight(machine, 'now', band.at + 1)
    return sight !== null && sight.reportAt < end ? [band] : []
  })
  return showing('backup/too-old', job.id, levelsFrom(last, end, told), end, { slackMs: DAY_MS + 2 * 60 * MINUTE_MS })
}

/** The fault of a machine that is not heard for a time: away, or its site without power or line. */
export function absenceFault(machine: DemoMachine, happening: Happening, endAt: EpochMs): OracleFault {
  const last = lastHeard(machine, happening.from)
  const back = happening.to === null ? null : firstSight(machine, 'now', happening.to)
  const backAt = back?.reportAt ?? null
  const silence = levelsFrom(last, backAt, silenceLevels(machine, last)).filter(({ at }) => at < endAt)
  const isServer = machine.spec.role === 'server'
  return {
    id: `${machine.spec.key} ${happening.kind} ${happening.from}`,
    kind: happening.kind === 'away' && happening.to === null ? 'vanished' : happening.kind,
    machineId: machine.id,
    what: `${machine.spec.name} is not heard`,
    begin: happening.from,
    end: happening.to,
    shows: [...showing('agent/silent', '', silence, backAt), ...(isServer ? [] : ageing(machine, last, backAt))],
  }
}
