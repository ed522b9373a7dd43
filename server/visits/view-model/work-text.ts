/** Working time in the words of a manager. Pure. */
import type { Formatter } from '../../../shared/text/format.ts'
import type { VisitReportPartsText } from '../../../shared/text/visit-report-text.ts'
import { HOUR_MS } from '../../../shared/units.ts'

/** @returns whole working days from one day on, whole hours below; never more than was worked. */
export function workText(workedMs: number, dayMs: number, parts: VisitReportPartsText, f: Formatter): string {
  if (workedMs >= dayMs) return parts.lostDays(Math.floor(workedMs / dayMs), f)
  const hours = Math.floor(workedMs / HOUR_MS)
  return hours === 0 ? parts.lostLessThanHour : parts.lostHours(hours, f)
}
