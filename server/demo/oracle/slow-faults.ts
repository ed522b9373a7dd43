/** What grows old by itself: disks, volumes, batteries, operating systems, and machines that never had a backup. Pure. */
import type { RuleId } from '../../../shared/rules.ts'
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import { jobState } from '../life/backup-runs.ts'
import { enrolledAt, momentsOf } from '../life/presence.ts'
import { firstSight } from '../life/readings.ts'
import { driveKey, usedBytes, wearPercent } from '../life/tell-disk.ts'
import { BATTERY_NAME, batteryPercent } from '../life/tell-system.ts'
import type { CounterField } from '../scenario/event.ts'
import { osOf } from '../scenario/operating-systems.ts'
import type { DemoMachine } from '../scenario/world.ts'
import { levelsFrom, showing } from './levels.ts'
import type { Level, OracleFault, Showing } from './oracle.ts'

/** Trends are read once a day, and a weekend may lie between. */
const TREND_SLACK_MS = 4 * DAY_MS

function fault(
  machine: DemoMachine,
  kind: string,
  what: string,
  begin: EpochMs,
  shows: readonly Showing[],
): readonly OracleFault[] {
  const end = shows[0]?.endsAt ?? null
  return [
    {
      id: `${machine.spec.key} ${kind}`,
      kind,
      machineId: machine.id,
      what: `${machine.spec.name}: ${what}`,
      begin,
      end,
      shows,
    },
  ]
}

/** Support that ends by the calendar. */
function support(machine: DemoMachine, enrolled: EpochMs): readonly OracleFault[] {
  const { endsAt, soldUntil, facts } = osOf(machine.spec.os)
  if (endsAt === null) return []
  const bands: Level[] = [
    { severity: 'info', at: endsAt - 365 * DAY_MS },
    { severity: 'warning', at: endsAt - 180 * DAY_MS },
    { severity: 'critical', at: (soldUntil ?? endsAt) - 30 * DAY_MS },
  ]
  const shows = showing('system/support-ended', '', levelsFrom(enrolled, null, bands), null)
  return fault(machine, 'support-ends', `support of ${facts.name} ends`, shows[0]?.levels[0]?.at ?? enrolled, shows)
}

/** The first local noon at which a falling or rising number has passed a limit. */
function crossing(from: EpochMs, to: EpochMs, isPast: (at: EpochMs) => boolean): EpochMs | null {
  if (isPast(from)) return from
  if (!isPast(to)) return null
  let [low, high] = [from, to]
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2)
    if (isPast(middle)) high = middle
    else low = middle
  }
  return high
}

function battery(machine: DemoMachine, enrolled: EpochMs, endAt: EpochMs): readonly OracleFault[] {
  const below = (limit: number) => crossing(enrolled, endAt, (at) => (batteryPercent(machine, at) ?? 100) < limit)
  const bands = [[60, 'warning'] as const, [40, 'critical'] as const].flatMap(([limit, severity]): readonly Level[] => {
    const at = below(limit)
    const seen = at === null ? null : firstSight(machine, 'inventory', at)
    return seen === null ? [] : [{ severity, at: seen.readAt }]
  })
  const shows = showing('system/battery-worn', BATTERY_NAME, levelsFrom(enrolled, null, bands), null)
  return shows.length === 0 ? [] : fault(machine, 'battery', 'the battery wears out', bands[0]?.at ?? enrolled, shows)
}

function wear(machine: DemoMachine, enrolled: EpochMs, endAt: EpochMs): readonly OracleFault[] {
  return machine.spec.drives.flatMap((spec) => {
    const limits = [[70, 'info'] as const, [80, 'warning'] as const, [95, 'critical'] as const]
    const bands = limits.flatMap(([limit, severity]): readonly Level[] => {
      const at = crossing(enrolled, endAt, (when) => (wearPercent(spec, machine.anchorAt, when) ?? 0) >= limit)
      const seen = at === null ? null : firstSight(machine, 'drives', at)
      return seen === null ? [] : [{ severity, at: seen.readAt }]
    })
    const shows = showing('disk/worn', driveKey(spec), levelsFrom(enrolled, null, bands), null)
    return shows.length === 0 ? [] : fault(machine, 'wear', 'a drive wears out', bands[0]?.at ?? enrolled, shows)
  })
}

function counters(machine: DemoMachine): readonly OracleFault[] {
  const found = Map.groupBy(machine.counters, ({ drive }) => drive)
  return [...found].flatMap(([index, steps]) => {
    const spec = machine.spec.drives[index]
    const begin = steps[0]?.at
    if (spec === undefined || begin === undefined) return []
    const seen = (field: CounterField, from = 1): readonly EpochMs[] =>
      steps.flatMap((step) =>
        step.field === field && step.value >= from ? [firstSight(machine, 'drives', step.at)?.readAt ?? step.at] : [],
      )
    const item = driveKey(spec)
    const one = (rule: RuleId, levels: readonly Level[], end: EpochMs | null = null) =>
      showing(rule, item, levels, end, { endSlackMs: DAY_MS })
    const [pending] = seen('pendingSectors')
    const [moved] = seen('reallocatedSectors')
    const [cable] = seen('crcErrors')
    const lastCable = seen('crcErrors').at(-1)
    const cableEnd =
      lastCable === undefined ? null : (firstSight(machine, 'now', lastCable + 7 * DAY_MS)?.reportAt ?? null)
    return fault(machine, `counters-${index}`, 'a drive counts errors', begin, [
      ...(pending === undefined ? [] : one('disk/sectors-unreadable', [{ severity: 'critical', at: pending }])),
      ...(moved === undefined ? [] : one('disk/sectors-reallocated', [{ severity: 'warning', at: moved }])),
      ...(cable === undefined ? [] : one('disk/cable-errors', [{ severity: 'warning', at: cable }], cableEnd)),
    ])
  })
}

function hidden(machine: DemoMachine, enrolled: EpochMs): readonly OracleFault[] {
  return machine.spec.drives
    .filter(({ isHidden }) => isHidden)
    .flatMap((spec) => {
      const levels: Level[] = [{ severity: 'warning', at: enrolled + 7 * DAY_MS }]
      return fault(
        machine,
        'hidden-drive',
        'a bridge hides the health of a drive',
        enrolled,
        showing('disk/health-unreadable', driveKey(spec), levels, null),
      )
    })
}

/** Volumes that grow by more than a share that a disk carries for years. */
function filling(machine: DemoMachine, enrolled: EpochMs, endAt: EpochMs): readonly OracleFault[] {
  return machine.spec.volumes.flatMap((volume) => {
    const daysLeft = (at: EpochMs) => (volume.totalBytes - usedBytes(machine, volume, at)) / volume.bytesPerDay
    const cleaned = machine.cleanings.find(({ mount }) => mount === volume.mount)?.at ?? null
    const known = enrolled + 7 * DAY_MS
    const until = Math.min(cleaned ?? endAt, endAt) - HOUR_MS
    if (until <= known) return []
    const bands = [[90, 'info'] as const, [30, 'warning'] as const, [7, 'critical'] as const].flatMap(
      ([days, severity]): readonly Level[] => {
        const at = crossing(known, until, (when) => daysLeft(when) <= days)
        return at === null ? [] : [{ severity, at }]
      },
    )
    const shows = showing('disk/filling-up', volume.mount, levelsFrom(known, cleaned, bands), cleaned, {
      slackMs: TREND_SLACK_MS,
      endSlackMs: DAY_MS,
    })
    return shows.length === 0
      ? []
      : fault(machine, `filling ${volume.mount}`, `${volume.mount} fills up`, enrolled, shows)
  })
}

function memory(machine: DemoMachine, enrolled: EpochMs, endAt: EpochMs): readonly OracleFault[] {
  if (machine.spec.memoryShare <= 0.9) return []
  const days = new Set<number>()
  for (const at of momentsOf(machine, enrolled, endAt)) {
    days.add(Math.floor(at / DAY_MS))
    if (days.size === 7) {
      const shows = showing('system/memory-short', '', [{ severity: 'warning', at }], null, { slackMs: TREND_SLACK_MS })
      return fault(machine, 'memory', 'too little memory', enrolled, shows)
    }
  }
  return []
}

/** No copy, or none outside: from enrollment until a job has run. */
function copies(machine: DemoMachine, enrolled: EpochMs, endAt: EpochMs): readonly OracleFault[] {
  const firstRun = (isOffsite: boolean) => {
    const jobs = machine.spec.jobs.filter(({ destination }) => !isOffsite || destination.offsite)
    const at =
      jobs.length === 0
        ? null
        : crossing(enrolled, endAt, (when) => jobs.some((job) => jobState(machine, job, when) !== null))
    return at === null ? null : (firstSight(machine, 'now', at)?.reportAt ?? null)
  }
  const found: OracleFault[] = []
  const band = (severity: Level['severity'], days: number) => ({ severity, at: enrolled + days * DAY_MS })
  if (machine.isDeclaredNone) {
    const end = firstRun(false)
    const levels = levelsFrom(enrolled, end, [band('info', 0), band('warning', 3), band('critical', 14)])
    found.push(
      ...fault(machine, 'no-backup', 'nothing is copied', enrolled, showing('backup/none-known', '', levels, end)),
    )
  } else if (machine.spec.role === 'server' && machine.spec.jobs.length > 0) {
    const end = firstRun(true)
    const levels = levelsFrom(enrolled, end, [band('info', 0), band('warning', 30), band('critical', 90)])
    const shows = showing('backup/not-offsite', '', levels, end, { endSlackMs: 2 * DAY_MS })
    if (shows.length > 0) found.push(...fault(machine, 'not-offsite', 'no copy leaves the building', enrolled, shows))
  }
  return found
}

/** Everything about a machine that no single event explains. */
export function slowFaults(machine: DemoMachine, endAt: EpochMs): readonly OracleFault[] {
  const enrolled = enrolledAt(machine)
  if (enrolled === null || enrolled >= endAt) return []
  const found = [
    ...support(machine, enrolled),
    ...battery(machine, enrolled, endAt),
    ...wear(machine, enrolled, endAt),
    ...counters(machine),
    ...hidden(machine, enrolled),
    ...filling(machine, enrolled, endAt),
    ...memory(machine, enrolled, endAt),
    ...copies(machine, enrolled, endAt),
  ]
  return found.filter(({ begin }) => begin < endAt)
}
