/**
 * Data was damaged on the way between drive and computer (attribute 199): a cable or its plug, not the drive.
 *
 * Limits: growth only, the number never goes back. `disk.cableWarningCount` (5) more in 7 days: warning; `disk.cableCriticalCount`
 * (100) more in 24 hours: critical. Errors at first sight: needs history for a week. A drive that does not report it is not judged.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, driveName, eachSmart, fail, lacking, pass, unknown } from '../rule.ts'

/** Rule `disk/cable-errors`; its limits stand at the top of this file. */
export const cableErrors = defineRule({
  id: 'disk/cable-errors',
  needs: ['drives'],
  limits: ['disk.cableWarningCount', 'disk.cableCriticalCount'],
  effortMinutes: 20,
  needsHands: true,
  *evaluate({ drives }, context) {
    yield* eachSmart(drives, context, (drive, { crcErrors: errors }) => {
      const entry = context.remembered(`smart:${drive.key}:crcErrors`)
      if (errors === null) return lacking(drive.key, context, entry !== null)
      if (errors === 0) return pass(drive.key)
      if (entry === null) return unknown(drive.key, 'needs-history')
      const day = context.grown(entry, DAY_MS)
      const week = context.grown(entry, 7 * DAY_MS)
      const isCritical = day.by >= context.limit('disk.cableCriticalCount')
      if (!isCritical && week.by < context.limit('disk.cableWarningCount')) {
        return week.isWhole ? pass(drive.key) : unknown(drive.key, 'needs-history')
      }
      const values = { drive: driveName(drive), device: drive.device, errors, grewBy: isCritical ? day.by : week.by }
      return fail(drive.key, isCritical ? 'critical' : 'warning', values)
    })
  },
})
