/** Local wall-clock time of a named zone → epoch ms. Pure: the zone is an argument, the machine's own is never asked. */
import { DAY_MS, type EpochMs } from '../../shared/units.ts'

/** Wall-clock fields as if they were UTC, epoch ms; null: not a date (`2026-02-31` is none). */
export function parseWallClock(text: string): EpochMs | null {
  const match = /^(\d{4})-(\d\d)-(\d\d) +(\d\d):(\d\d):(\d\d)$/.exec(text.trim())
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(at)
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour
  return same && minute < 60 && second < 61 ? at : null
}

/**
 * Instant at which the clocks of `zone` (IANA name, `Europe/Zurich`) showed `wallMs`; null: unknown zone.
 * In the hour that a clock change repeats, the earlier of the two.
 */
export function wallClockToEpoch(wallMs: number, zone: string): EpochMs | null {
  const offset = offsetOf(zone)
  if (offset === null) return null
  const offsets = [offset(wallMs - DAY_MS), offset(wallMs + DAY_MS)].toSorted((a, b) => b - a)
  const candidates = offsets.map((one) => wallMs - one)
  return candidates.find((at) => at + offset(at) === wallMs) ?? candidates.at(-1) ?? null
}

/** Zone of a machine from the target of /etc/localtime; null: it names none. */
export function zoneOfLink(target: string): string | null {
  return /zoneinfo\/(?:posix\/|right\/)?([A-Za-z0-9_+\-/]{1,64})$/.exec(target)?.[1] ?? null
}

function offsetOf(zone: string): ((at: EpochMs) => number) | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    return (at) => wallOf(format, at) - at
  } catch {
    // RangeError: a zone that this runtime does not know.
    return null
  }
}

function wallOf(format: Intl.DateTimeFormat, at: EpochMs): number {
  const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const of = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}
