/**
 * The drive has used up most of the writing it was built for.
 *
 * Limits: `disk.wearInfoPercent` (70) note, `disk.wearWarningPercent` (80) warning, `disk.wearCriticalPercent` (95) critical.
 * NVMe may say more than 100. A drive that does not report its wear (spinning drives) is not judged.
 */
import { defineRule, driveName, eachSmart, fail, lacking, pass } from '../rule.ts'

/** Rule `disk/worn`; its limits stand at the top of this file. */
export const worn = defineRule({
  id: 'disk/worn',
  needs: ['drives'],
  limits: ['disk.wearInfoPercent', 'disk.wearWarningPercent', 'disk.wearCriticalPercent'],
  holdMs: 0,
  effortMinutes: 120,
  needsHands: true,
  *evaluate({ drives }, context) {
    const levels = {
      info: context.limit('disk.wearInfoPercent'),
      warning: context.limit('disk.wearWarningPercent'),
      critical: context.limit('disk.wearCriticalPercent'),
    }
    yield* eachSmart(drives, context, (drive, { wearPercent }) => {
      if (wearPercent === null) {
        return lacking(drive.key, context, context.remembered(`smart:${drive.key}:wearPercent`) !== null)
      }
      const severity = context.above(drive.key, wearPercent, levels, 0)
      if (severity === null) return pass(drive.key)
      return fail(drive.key, severity, { drive: driveName(drive), device: drive.device, wearPercent })
    })
  },
})
