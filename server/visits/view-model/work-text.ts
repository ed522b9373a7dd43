/** Working time in the words of a manager. Pure. */
import type { Formatter } from '../../../shared/text/format.ts'
import type { VisitReportPartsText } from '../../../shared/text/visit-report-text.ts'
import { HOUR_MS } from '../../../shared/units.ts'

/** @returns working days from one day on, hours below, rounded to the nearest. */
export function workText(workedMs: number, dayMs: number, parts: VisitReportPartsText, f: Formatter): string {
  if (workedMs >= dayMs) return parts.lostDays(Math.round(workedMs / dayMs), f)
  return workedMs < HOUR_MS ? parts.lostLessThanHour : parts.lostHours(Math.round(workedMs / HOUR_MS), f)
}
