/**
 * The drive has sectors that it cannot read (attributes 197 and 198).
 *
 * Limits: any is a warning, at first sight too; `disk.pendingCriticalCount` (10) or more, or growth within 7 days, is critical.
 * A drive that reports neither number is not judged.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, driveName, eachSmart, fail, isWeaker, lacking, pass, unknown } from '../rule.ts'

/** Rule `disk/sectors-unreadable`; its limits stand at the top of this file. */
export const sectorsUnreadable = defineRule({
  id: 'disk/sectors-unreadable',
  needs: ['drives'],
  limits: ['disk.pendingCriticalCount'],
  holdMs: 0,
  effortMinutes: 120,
  needsHands: true,
  *evaluate({ drives }, context) {
    yield* eachSmart(drives, context, (drive, { pendingSectors, offlineUncorrectable }) => {
      const entries = [
        context.remembered(`smart:${drive.key}:pendingSectors`),
        context.remembered(`smart:${drive.key}:offlineUncorrectable`),
      ].filter((entry) => entry !== null)
      const told = [pendingSectors, offlineUncorrectable].filter((number) => number !== null)
      const worst = Math.max(0, ...told)
      const isLost = told.length < entries.length
      if (worst === 0) return told.length === 0 || isLost ? lacking(drive.key, context, isLost) : pass(drive.key)
      const grewBy = Math.max(0, ...entries.map((entry) => context.grown(entry, 7 * DAY_MS).by))
      const isCritical = grewBy > 0 || worst >= context.limit('disk.pendingCriticalCount')
      if (isLost && !isCritical && isWeaker(drive.key, 'warning', context)) return unknown(drive.key, 'empty')
      return fail(drive.key, isCritical ? 'critical' : 'warning', {
        drive: driveName(drive),
        device: drive.device,
        pending: pendingSectors ?? 0,
        uncorrectable: offlineUncorrectable ?? 0,
        grewBy: grewBy > 0 ? grewBy : null,
      })
    })
  },
})
