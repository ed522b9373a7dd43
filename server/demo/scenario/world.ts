/**
 * A scenario at its place in time: days before the end become instants, machines get ids, and each knows what happens to it.
 * Pure: the same order and the same moment give the same world.
 */
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import { chance } from '../chance.ts'
import { atLocal, isWorkday, localDay, workdayUpTo } from '../local-time.ts'
import type { ClientSpec } from './client-spec.ts'
import type { CounterField, MachineEvent, Moment, SiteEvent } from './event.ts'
import type { MachineSpec } from './machine-spec.ts'

type Spanned = Extract<MachineEvent | SiteEvent, { readonly from: Moment }>
/** What has a beginning and an end. */
export type HappeningKind = Spanned['kind']

/** Something with a beginning and an end, at its place in time. `to` null: it still lasts. Fields that its kind lacks are null. */
export type Happening = {
  readonly kind: HappeningKind
  readonly from: EpochMs
  readonly to: EpochMs | null
  readonly job: string | null
  readonly drive: number | null
  readonly celsius: number | null
  readonly rebuiltAt: EpochMs | null
}

/** A counter of a drive that moves at an instant. */
export type CounterStep = {
  readonly drive: number
  readonly at: EpochMs
  readonly field: CounterField
  readonly value: number
}
/** Space that was freed on a volume. */
export type Cleaning = { readonly mount: string; readonly at: EpochMs; readonly bytes: number }

/** A machine with everything that happens to it. */
export type DemoMachine = {
  readonly id: string
  readonly clientId: string
  readonly siteId: string
  readonly seed: number
  readonly spec: MachineSpec
  /** Not before; the first report comes when the machine is next on. */
  readonly enrolledAfter: EpochMs
  /** End of history when it was made: what grows is counted from here. */
  readonly anchorAt: EpochMs
  readonly happenings: readonly Happening[]
  readonly counters: readonly CounterStep[]
  readonly cleanings: readonly Cleaning[]
  readonly isDeclaredNone: boolean
}

/** A client of the world. */
export type DemoClient = {
  readonly id: string
  readonly spec: ClientSpec
  readonly sites: readonly { readonly id: string; readonly name: string }[]
  readonly machines: readonly DemoMachine[]
}

/** Everything that a demo is made of. */
export type World = {
  readonly seed: number
  readonly startAt: EpochMs
  readonly anchorAt: EpochMs
  readonly clients: readonly DemoClient[]
}

/** Where a world lies in time. */
export type WorldOrder = {
  readonly seed: number
  /** End of history. */
  readonly anchorAt: EpochMs
  readonly days: number
  readonly clients: readonly ClientSpec[]
}

const EVENT_PERIOD_DAYS = 126

/** An id as the server makes them: 64 bits as hex. */
export function demoId(seed: number, ...words: readonly string[]): string {
  const half = (which: string) =>
    Math.floor(chance(seed, which, ...words) * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  return half('a') + half('b')
}

/** The instant of a moment: a beginning moves from a weekend back to its Friday, an end on to its Monday. */
export function instantOf([daysAgo, minutes]: Moment, anchorAt: EpochMs, edge: 'from' | 'to' = 'from'): EpochMs {
  let day = localDay(anchorAt) - daysAgo
  if (edge === 'from') day = workdayUpTo(day)
  else while (!isWorkday(day)) day += 1
  return atLocal(day, minutes)
}

/** Puts a scenario at its place in time. */
export function makeWorld({ seed, anchorAt, days, clients }: WorldOrder): World {
  const startAt = Math.floor((anchorAt - days * DAY_MS) / HOUR_MS) * HOUR_MS
  return {
    seed,
    startAt,
    anchorAt,
    clients: clients.map((spec) => {
      const id = demoId(seed, 'client', spec.key)
      const sites = spec.sites.map((name) => ({ id: demoId(seed, 'site', spec.key, name), name }))
      const place = { seed, startAt, anchorAt, clientId: id, spec, sites }
      return { id, spec, sites, machines: spec.machines.map((machine) => makeMachine(machine, place)) }
    }),
  }
}

type Place = {
  readonly seed: number
  readonly startAt: EpochMs
  readonly anchorAt: EpochMs
  readonly clientId: string
  readonly spec: ClientSpec
  readonly sites: DemoClient['sites']
}

function makeMachine(spec: MachineSpec, place: Place): DemoMachine {
  const { seed, startAt, anchorAt, clientId, sites } = place
  const own = place.spec.events.filter((event) =>
    'site' in event ? event.site === spec.site : event.machine === spec.key,
  )
  const enrolledAfter =
    spec.enrolledDaysAgo === null ? startAt : Math.max(startAt, instantOf([spec.enrolledDaysAgo, 10 * 60], anchorAt))
  const begins = enrolledAfter + DAY_MS
  const happenings = own
    .flatMap((event) => ('from' in event ? recurring(event, anchorAt, startAt) : []))
    .filter(({ from }) => from >= begins)
    .sort((a, b) => a.from - b.from)
  return {
    id: demoId(seed, 'machine', place.spec.key, spec.key),
    clientId,
    siteId: sites.find(({ name }) => name === spec.site)?.id ?? '',
    seed,
    spec,
    enrolledAfter,
    anchorAt,
    happenings,
    counters: own
      .flatMap((event) => (event.kind === 'counters' ? countersOf(event, anchorAt) : []))
      .filter(({ at }) => at >= begins),
    cleanings: own.flatMap((event) =>
      event.kind === 'cleaned' ? [{ mount: event.mount, at: instantOf(event.at, anchorAt), bytes: event.bytes }] : [],
    ),
    isDeclaredNone: own.some(({ kind }) => kind === 'declared-none'),
  }
}

function countersOf(
  { drive, steps }: Extract<MachineEvent, { kind: 'counters' }>,
  anchorAt: EpochMs,
): readonly CounterStep[] {
  return steps.map(({ at, field, value }) => ({ drive, at: instantOf(at, anchorAt), field, value }))
}

/** What is over happens again in each earlier period of a longer history; what lasts happened once. */
function recurring(event: Spanned, anchorAt: EpochMs, startAt: EpochMs): readonly Happening[] {
  const found = [resolve(event, anchorAt)]
  if (event.to === null) return found
  for (let back = EVENT_PERIOD_DAYS; anchorAt - back * DAY_MS > startAt; back += EVENT_PERIOD_DAYS) {
    found.push(resolve(event, anchorAt - back * DAY_MS))
  }
  return found
}

function resolve(event: Spanned, anchorAt: EpochMs): Happening {
  const { kind, to } = event
  const from = kind === 'restart-waits' ? installNight(event.from, anchorAt) : instantOf(event.from, anchorAt)
  // A cut lasts hours: its end stays on the day of its beginning.
  const isCut = kind === 'power-cut' || kind === 'line-down'
  const cutEnd = isCut ? atLocal(localDay(from), event.to[1]) : null
  return {
    kind,
    from,
    to: cutEnd ?? (to === null ? null : instantOf(to, anchorAt, 'to')),
    job: kind === 'backup-fails' ? event.job : null,
    drive: kind === 'hot' ? event.drive : null,
    celsius: kind === 'hot' ? event.celsius : null,
    rebuiltAt: kind === 'array-degraded' ? instantOf(event.rebuilt, anchorAt, 'to') : null,
  }
}

/** Servers install on the night to Thursday and restart every other week; `restart-waits` begins in such a night. */
export const SERVER_INSTALL_MINUTES = 120
/** True for a Thursday on which servers restart. */
export function isRestartDay(day: number): boolean {
  // Day 0, 1970-01-01, was a Thursday.
  return day % 14 === 0
}

function installNight([daysAgo]: Moment, anchorAt: EpochMs): EpochMs {
  let day = localDay(anchorAt) - daysAgo
  while (!isRestartDay(day)) day -= 1
  return atLocal(day, SERVER_INSTALL_MINUTES)
}

/** @returns what of one kind holds at an instant; null: nothing. */
export function during({ happenings }: DemoMachine, kind: HappeningKind, at: EpochMs): Happening | null {
  return happenings.find((one) => one.kind === kind && at >= one.from && (one.to === null || at < one.to)) ?? null
}
