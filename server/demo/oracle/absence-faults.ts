/** What follows when a machine is not heard: silence first, then what it no longer keeps current. Pure. */
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import { jobState } from '../life/backup-runs.ts'
import { momentsOf, stretchAt } from '../life/presence.ts'
import { firstSight, readAt } from '../life/readings.ts'
import { listRefreshedAt, productId, signaturesAt } from '../life/tell-software.ts'
import { releasedAt, waitingBatches } from '../life/updates.ts'
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
    ...machine.spec.jobs.flatMap((job) => {
      const good = jobState(machine, job, last)?.lastGood?.endedAt
      if (good === undefined) return []
      const workingDays = machine.spec.role === 'laptop' ? [4.5, 9] : [1.5, 3]
      const late = within(last + PROVES_MS, [
        { severity: 'warning', at: afterWorkingDays(good, workingDays[0] ?? 0) },
        { severity: 'critical', at: afterWorkingDays(good, workingDays[1] ?? 0) },
      ])
      const nextGood = backAt === null ? null : backAt + 2 * 60 * MINUTE_MS
      return showing('backup/too-old', job.id, late, nextGood, { endSlackMs: DAY_MS })
    }),
  ]
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
