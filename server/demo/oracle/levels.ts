/** Pieces of the oracle: severities by time, and when the server can know. Pure. */
import type { RuleId } from '../../../shared/rules.ts'
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import { weekdayOf } from '../local-time.ts'
import type { Level, Showing } from './oracle.ts'

/** A record may be an hour away, and judging a moment more. */
const STEP_SLACK_MS = HOUR_MS + 60_000
/** What was told to people is over only when it has been over for a while. */
const CLEAR_SLACK_MS = 3 * HOUR_MS
const WORST_FIRST = ['critical', 'warning', 'info'] as const

/**
 * Levels as they are found by somebody who begins to look at `seenAt` and stops at `endsAt`: what had begun before counts as one, the
 * worst. @param bands any order. Empty when nothing began in time.
 */
export function levelsFrom(seenAt: EpochMs, endsAt: EpochMs | null, bands: readonly Level[]): readonly Level[] {
  const rank = ({ severity }: Level) => WORST_FIRST.indexOf(severity)
  const begun = bands.filter(({ at }) => at <= seenAt).sort((a, b) => rank(a) - rank(b))[0]
  const later = bands.filter(({ at }) => at > seenAt && (endsAt === null || at < endsAt)).sort((a, b) => a.at - b.at)
  const levels = begun === undefined ? [] : [{ severity: begun.severity, at: seenAt }]
  for (const band of later) {
    const last = levels.at(-1)
    if (last === undefined || rank(band) < rank(last)) levels.push(band)
  }
  return levels
}

/** One showing with usual slack. @returns empty: it never comes to that. */
export function showing(
  rule: RuleId,
  item: string,
  levels: readonly Level[],
  endsAt: EpochMs | null,
  more: Partial<Showing> = {},
): readonly Showing[] {
  const first = levels[0]
  if (first === undefined || (endsAt !== null && endsAt <= first.at)) return []
  return [{ rule, item, levels, endsAt, slackMs: STEP_SLACK_MS, endSlackMs: CLEAR_SLACK_MS, ...more }]
}

/** The instant at which so much time has passed that is neither Saturday nor Sunday (UTC). */
export function afterWorkingDays(from: EpochMs, days: number): EpochMs {
  let left = days * DAY_MS
  let at = from
  while (left > 0) {
    const midnight = Math.floor(at / DAY_MS + 1) * DAY_MS
    const weekday = weekdayOf(Math.floor(at / DAY_MS))
    const isOff = weekday === 0 || weekday === 6
    const span = isOff ? midnight - at : Math.min(left, midnight - at)
    if (!isOff) left -= span
    at += span
  }
  return at
}
