/** Work that would be lost if a machine died now, in the working hours of its client. Page and visit report say the same. Pure. */
import { type EpochMs, MINUTE_MS } from '../../shared/units.ts'
import { type WorkingCalendar, workingDayMs, workingMsBetween } from '../facts/working-hours.ts'
import type { BackupTruth } from './backup-truth.ts'

/** `work`: this much working time since the last good copy. `everything` needs proof that there is no backup. */
export type WorkLost =
  | { readonly kind: 'work'; readonly ms: number; readonly dayMs: number }
  | { readonly kind: 'nothing' | 'everything' | 'not-proven' }

/** @param timeZone the client's. Less than a minute is nothing. */
export function workLost(
  { known, lastGoodAt }: BackupTruth,
  calendar: WorkingCalendar,
  timeZone: string,
  now: EpochMs,
): WorkLost {
  if (lastGoodAt !== null) {
    const ms = workingMsBetween(lastGoodAt, now, calendar, timeZone)
    return ms < MINUTE_MS ? { kind: 'nothing' } : { kind: 'work', ms, dayMs: workingDayMs(calendar) }
  }
  if (known.kind === 'none') return { kind: 'everything' }
  return { kind: known.kind === 'no-data' ? 'nothing' : 'not-proven' }
}
