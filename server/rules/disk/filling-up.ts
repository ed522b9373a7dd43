/**
 * A volume fills at a rate that ends soon.
 *
 * Limits: full within 90 days a note, 30 days a warning, 7 days critical (`disk.full*Ms`), by the median slope of the last 14 days;
 * over at one and a half times the limit. Needs seven days of history. A volume that does not grow passes.
 */
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { blind, defineRule, fail, lackingSample, notApplicable, pass, unknown } from '../rule.ts'

/** A trend that ended this long ago says nothing about today. */
const TREND_FRESH_MS = 3 * DAY_MS
const CLEAR_FACTOR = 1.5

/** Rule `disk/filling-up`; its limits stand at the top of this file. */
export const fillingUp = defineRule({
  id: 'disk/filling-up',
  needs: ['volumes'],
  limits: ['disk.fullInfoMs', 'disk.fullWarningMs', 'disk.fullCriticalMs'],
  holdMs: 6 * HOUR_MS,
  clearMs: 6 * HOUR_MS,
  effortMinutes: 60,
  needsHands: false,
  *evaluate({ volumes }, context) {
    const limits = [
      { severity: 'critical', ms: context.limit('disk.fullCriticalMs') },
      { severity: 'warning', ms: context.limit('disk.fullWarningMs') },
      { severity: 'info', ms: context.limit('disk.fullInfoMs') },
    ] as const
    for (const { mount, size, readOnly, readOnlyExpected } of volumes) {
      if (readOnly && readOnlyExpected === true) yield notApplicable(mount)
      else if (size.state !== 'value') yield blind(mount, size)
      else {
        const available = context.sample(`volume:${mount}:availableBytes`)
        const trend = context.trend(`volume:${mount}:usedBytes`)
        if (available.state === 'absent') yield unknown(mount, 'empty')
        else if (available.state !== 'value') yield lackingSample(mount, context, available)
        else if (trend === null || context.isPast(trend.lastAt + TREND_FRESH_MS)) yield unknown(mount, 'needs-history')
        else if (trend.perDay <= 0) yield pass(mount)
        else {
          const days = available.value / trend.perDay
          const open = context.open(mount)
          const found = limits.find(({ severity, ms }) => {
            const isHeld =
              open !== null &&
              limits.findIndex((one) => one.severity === open) <= limits.findIndex((one) => one.severity === severity)
            return days * DAY_MS <= ms * (isHeld ? CLEAR_FACTOR : 1)
          })
          const values = {
            volume: mount,
            daysUntilFull: days,
            bytesPerDay: trend.perDay,
            availableBytes: available.value,
          }
          yield found === undefined ? pass(mount) : fail(mount, found.severity, values)
        }
      }
    }
  },
})
