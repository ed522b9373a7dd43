/** Time that counts Monday to Friday only, so that a weekend is nobody's fault. UTC days; no holidays. Pure. */
import { DAY_MS, type EpochMs } from '../../shared/units.ts'

/** 1970-01-01 was a Thursday: day 0 is the fourth day after Sunday. */
const isWeekend = (day: number) => {
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}

/** @returns the instant at which `workingMs` of working time have passed since `from`. */
export function afterWorkingTime(from: EpochMs, workingMs: number): EpochMs {
  let at = from
  let left = workingMs
  for (;;) {
    const day = Math.floor(at / DAY_MS)
    const dayEnd = (day + 1) * DAY_MS
    if (!isWeekend(day)) {
      if (at + left <= dayEnd) return at + left
      left -= dayEnd - at
    }
    at = dayEnd
  }
}
