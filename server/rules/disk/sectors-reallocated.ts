/**
 * The drive has replaced bad sectors by spare ones (attribute 5).
 *
 * Limits: from 1 a warning (an SSD that does not lose more: a note, a few are normal wear); critical from
 * `disk.reallocatedCriticalCount` (50), or `disk.reallocatedWeekCount` (5) more in 7 days, or `disk.reallocatedMonthCount` (20) in 30.
 * A drive that does not report the number is not judged.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, driveName, eachSmart, fail, lacking, pass } from '../rule.ts'

/** Rule `disk/sectors-reallocated`; its limits stand at the top of this file. */
export const sectorsReallocated = defineRule({
  id: 'disk/sectors-reallocated',
  needs: ['drives'],
  limits: ['disk.reallocatedCriticalCount', 'disk.reallocatedWeekCount', 'disk.reallocatedMonthCount'],
  holdMs: 0,
  effortMinutes: 120,
  needsHands: true,
  *evaluate({ drives }, context) {
    yield* eachSmart(drives, context, (drive, { reallocatedSectors: sectors }) => {
      const entry = context.remembered(`smart:${drive.key}:reallocatedSectors`)
      if (sectors === null) return lacking(drive.key, context, entry !== null)
      if (sectors === 0) return pass(drive.key)
      const week = entry === null ? 0 : context.grown(entry, 7 * DAY_MS).by
      const month = entry === null ? 0 : context.grown(entry, 30 * DAY_MS).by
      const isCritical =
        sectors >= context.limit('disk.reallocatedCriticalCount') ||
        week >= context.limit('disk.reallocatedWeekCount') ||
        month >= context.limit('disk.reallocatedMonthCount')
      const isWear = month === 0 && (drive.kind === 'ssd' || drive.kind === 'nvme')
      return fail(drive.key, isCritical ? 'critical' : isWear ? 'info' : 'warning', {
        drive: driveName(drive),
        device: drive.device,
        sectors,
        grewBy: month > 0 ? month : null,
      })
    })
  },
})
