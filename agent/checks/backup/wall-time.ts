/** Times as backup tools print them, with or without a zone → epoch ms. Pure: the zone of the machine is an argument. */
import type { EpochMs } from '../../../shared/units.ts'
import type { SourceInput } from '../collector.ts'
import { wallClockToEpoch } from '../local-time.ts'

/** A moment as it was printed. `ms`: its fields as if they were UTC; `zoned`: it named its zone, so `ms` is the instant itself. */
export type WallTime = { readonly ms: number; readonly zoned: boolean }

/** What turns a printed time into an instant: the machine's zone (IANA name) and the moment of collection. */
export type ToolClock = { readonly zone: string; readonly now: EpochMs }

/** Further ahead than this is no time of a backup: a wrong clock, or a guess at the zone. */
const AHEAD_MS = 10 * 60_000
/** No zone is further from UTC. */
const WIDEST_ZONE_MS = 14 * 3_600_000
const MAX_TRIED = 20
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** The clock of one parser run; without a zone local times are taken as UTC. */
export function clockOf(input: Pick<SourceInput, 'now' | 'timeZone'>): ToolClock {
  return { zone: input.timeZone ?? 'UTC', now: input.now }
}

/** The instant of a printed time; null: none was printed, its zone is unknown, or it lies in the future. */
export function toInstant(time: WallTime | null, clock: ToolClock): EpochMs | null {
  if (time === null || time.ms <= 0 || time.ms > clock.now + AHEAD_MS + WIDEST_ZONE_MS) return null
  const at = time.zoned || clock.zone === 'UTC' ? time.ms : wallClockToEpoch(time.ms, clock.zone)
  return at === null || at > clock.now + AHEAD_MS ? null : at
}

/** The newest of the times that is not in the future; null: there is none. */
export function newestInstant(times: readonly (WallTime | null)[], clock: ToolClock): EpochMs | null {
  const latest = clock.now + AHEAD_MS + WIDEST_ZONE_MS
  const known = times.filter((time): time is WallTime => time !== null && time.ms > 0 && time.ms <= latest)
  const sorted = known.toSorted((a, b) => b.ms - a.ms).slice(0, MAX_TRIED)
  for (const time of sorted) {
    const at = toInstant(time, clock)
    if (at !== null) return at
  }
  return null
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ]{1,4}(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?(?: UTC)?$/
const WEEKDAY = /^[A-Z][a-z]{2},? (\d{4}-.*)$/
const CTIME = /^[A-Z][a-z]{2},? +([A-Za-z]{3}) +(\d{1,2}) +(\d{1,2}):(\d\d)(?::(\d\d))?(?: [A-Z]{2,5})? +(\d{4})$/
const CLF = /^(\d\d)\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)$/

/**
 * Reads `2026-11-25T03:00:00.123456789+01:00`, `2026-11-25 03:00:00`, `Wed, 2026-11-25 03:00:00`, `Wed Nov 25 03:00:00 2026` and
 * `25/Nov/2026:03:00:00`. null: anything else, also a date that does not exist.
 */
export function parseWallTime(text: string | null): WallTime | null {
  const trimmed = (text ?? '').slice(0, 64).trim()
  const iso = ISO.exec(WEEKDAY.exec(trimmed)?.[1] ?? trimmed)
  if (iso !== null) return fromIso(iso)
  const clf = CLF.exec(trimmed)
  if (clf !== null) return local(clf[3], monthOf(clf[2]), clf[1], clf.slice(4, 7))
  const ctime = CTIME.exec(trimmed)
  return ctime === null ? null : local(ctime[6], monthOf(ctime[1]), ctime[2], ctime.slice(3, 6))
}

function fromIso(match: RegExpExecArray): WallTime | null {
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const wall = local(year, Number(month), day, [hour, minute, second])
  if (wall === null) return null
  const ms = wall.ms + (fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1_000))
  if (zone === undefined) return { ms, zoned: false }
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000
  return { ms: sign === '-' ? ms + offsetMs : ms - offsetMs, zoned: true }
}

/** 1 to 12; 0: no month. */
function monthOf(name: string | undefined): number {
  const at = MONTHS.indexOf((name ?? '?').toLowerCase())
  return at % 3 === 0 ? at / 3 + 1 : 0
}

function local(
  year: string | undefined,
  month: number,
  day: string | undefined,
  clock: readonly (string | undefined)[],
): WallTime | null {
  const [hour = 99, minute = 99, second = 0] = clock.map((part) => Number(part ?? 0))
  const ms = Date.UTC(Number(year), month - 1, Number(day), hour, minute, second)
  const back = new Date(ms)
  const isDate = back.getUTCMonth() === month - 1 && back.getUTCDate() === Number(day)
  return isDate && hour < 24 && minute < 60 && second < 61 ? { ms, zoned: false } : null
}

/** Epoch seconds as tools print them; null: zero, negative or no number. */
export function fromEpochSeconds(seconds: number | null): WallTime | null {
  return seconds === null || !(seconds > 0) || seconds > 1e11 ? null : { ms: Math.floor(seconds * 1_000), zoned: true }
}

/** The item with the latest time, the last of equals; null: none of them has one. */
export function latestOf<T extends { readonly time: WallTime | null }>(all: readonly T[]): T | null {
  return all.reduce<T | null>((best, one) => {
    return one.time !== null && one.time.ms >= (best?.time?.ms ?? 0) ? one : best
  }, null)
}
