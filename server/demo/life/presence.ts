/**
 * When a machine is on, and when its agent therefore reports. Servers are always on but for restarts and power cuts; desktops have
 * office hours, laptops travel. A pure function of the machine and the day, so that any moment can be asked for at once.
 */
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { chance } from '../chance.ts'
import { atLocal, isWorkday, localDay, weekdayOf } from '../local-time.ts'
import { type DemoMachine, isRestartDay, SERVER_INSTALL_MINUTES } from '../scenario/world.ts'

/** A stretch in which a machine is on, from its start up to, not including, its end. */
export type Stretch = { readonly from: EpochMs; readonly to: EpochMs }

const RESTART_MINUTES = SERVER_INSTALL_MINUTES + 10
const RESTART_MS = 4 * MINUTE_MS
const LOOK_DAYS = 40

/** The newest answer of each machine: it holds for every instant from the question to the end of its stretch. */
const newest = new WeakMap<DemoMachine, { readonly askedAt: EpochMs; readonly stretch: Stretch }>()

/** @returns the stretch around an instant, or the next one; null: none within forty days. */
export function stretchFrom(machine: DemoMachine, at: EpochMs): Stretch | null {
  const known = newest.get(machine)
  if (known !== undefined && at >= known.askedAt && at < known.stretch.to) return known.stretch
  const found = machine.spec.role === 'server' ? serverStretch(machine, at) : workStretch(machine, at)
  if (found !== null) newest.set(machine, { askedAt: Math.min(at, found.from), stretch: found })
  return found
}

/** @returns the stretch around an instant; null: the machine is off. */
export function stretchAt(machine: DemoMachine, at: EpochMs): Stretch | null {
  const found = stretchFrom(machine, at)
  return found !== null && found.from <= at ? found : null
}

/** Stretches in which a server is off, in order, around an instant. */
function serverGaps({ happenings }: DemoMachine, at: EpochMs): readonly Stretch[] {
  const gaps: Stretch[] = []
  const waits = happenings.filter(({ kind }) => kind === 'restart-waits')
  const today = localDay(at)
  for (let day = today - LOOK_DAYS; day <= today + LOOK_DAYS; day += 1) {
    if (!isRestartDay(day)) continue
    const from = atLocal(day, RESTART_MINUTES)
    const isPutOff = waits.some((wait) => from >= wait.from && (wait.to === null || from < wait.to))
    if (!isPutOff) gaps.push({ from, to: from + RESTART_MS })
  }
  for (const { to } of waits) if (to !== null) gaps.push({ from: to, to: to + RESTART_MS })
  for (const one of happenings) {
    if (one.kind === 'power-cut' || one.kind === 'away')
      gaps.push({ from: one.from, to: one.to ?? Number.POSITIVE_INFINITY })
  }
  return gaps.sort((a, b) => a.from - b.from)
}

function serverStretch(machine: DemoMachine, at: EpochMs): Stretch | null {
  const gaps = serverGaps(machine, at)
  const inside = gaps.find((gap) => at >= gap.from && at < gap.to)
  const start = inside === undefined ? at : inside.to
  if (!Number.isFinite(start)) return null
  const before = gaps.findLast(({ to }) => to <= start)
  const after = gaps.find(({ from }) => from >= start)
  return { from: before?.to ?? start, to: after?.from ?? start + LOOK_DAYS * 24 * HOUR_MS }
}

/** Minutes after local midnight between which a workstation is on. */
function hoursOf({ seed, spec }: DemoMachine, day: number): readonly [from: number, to: number] {
  const isLaptop = spec.role === 'laptop'
  const from = (isLaptop ? 8 * 60 : 7 * 60 + 40) + Math.floor(chance(seed, spec.key, day, 'on') * 55)
  const to = (isLaptop ? 17 * 60 + 50 : 17 * 60) + Math.floor(chance(seed, spec.key, day, 'off') * 70)
  return [from, to]
}

/** Days off that mean nothing: one in the middle of a week, or two for a laptop on the road. */
function isDayOff({ seed, spec }: DemoMachine, day: number): boolean {
  const weekday = weekdayOf(day)
  if (!isWorkday(day)) return true
  const week = Math.floor((day + 3) / 7)
  const what = chance(seed, spec.key, week, 'week')
  if (spec.role === 'laptop') return what < 0.16 && (weekday === 2 || weekday === 3)
  return spec.jobs.length === 0 && what < 0.1 && weekday === 3
}

function dayStretch(machine: DemoMachine, day: number): Stretch | null {
  if (isDayOff(machine, day)) return null
  const [fromMinutes, toMinutes] = hoursOf(machine, day)
  let [from, to] = [atLocal(day, fromMinutes), atLocal(day, toMinutes)]
  for (const one of machine.happenings) {
    if (one.kind !== 'away' && one.kind !== 'power-cut') continue
    const until = one.to ?? Number.POSITIVE_INFINITY
    if (until <= from || one.from >= to) continue
    if (one.from > from) to = one.from
    // Nobody starts a PC again late in the day.
    else if (one.kind === 'away' && until < to) from = until
    else return null
  }
  return { from, to }
}

function workStretch(machine: DemoMachine, at: EpochMs): Stretch | null {
  const today = localDay(at)
  for (let day = today; day < today + LOOK_DAYS; day += 1) {
    const stretch = dayStretch(machine, day)
    if (stretch !== null && stretch.to > at) return stretch
  }
  return null
}

/** The moment of the first report ever; null: not within forty days. */
export function enrolledAt(machine: DemoMachine): EpochMs | null {
  const stretch = stretchFrom(machine, machine.enrolledAfter)
  return stretch === null ? null : Math.max(stretch.from, machine.enrolledAfter)
}

/** Moments around a line that fails: the last record that gets through, and the first one after. */
function lineEdges({ happenings }: DemoMachine): readonly EpochMs[] {
  return happenings.flatMap(({ kind, from, to }) => (kind === 'line-down' && to !== null ? [from - MINUTE_MS, to] : []))
}

/**
 * Moments in `[from, to)` at which a machine makes a record: when it starts, at each full hour (`everyMs`), around a line that fails, and
 * one minute before it goes off. In order.
 */
export function* momentsOf(machine: DemoMachine, from: EpochMs, to: EpochMs, everyMs = HOUR_MS): Generator<EpochMs> {
  const first = enrolledAt(machine)
  if (first === null) return
  const edges = lineEdges(machine)
  let at = Math.max(from, first)
  while (at < to) {
    const stretch = stretchFrom(machine, at)
    if (stretch === null) return
    const begins = Math.max(stretch.from, first)
    const last = stretch.to - MINUTE_MS
    if (begins >= at && begins < to) yield begins
    const end = Math.min(last, to)
    let previous = Math.max(begins, at - 1)
    for (let hour = Math.floor(previous / everyMs + 1) * everyMs; previous < end; hour += everyMs) {
      const until = Math.min(hour, end)
      for (const edge of edges) if (edge > previous && edge < until) yield edge
      if (hour < end) yield hour
      previous = hour
    }
    if (last > begins && last >= at && last < to) yield last
    at = stretch.to
  }
}

/** True while the line of the machine's site is down: records wait on its disk. */
export function isCutOff({ happenings }: DemoMachine, at: EpochMs): boolean {
  return happenings.some((one) => one.kind === 'line-down' && at >= one.from && at < (one.to ?? at + 1))
}
