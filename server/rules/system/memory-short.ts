/**
 * The machine has too little memory for what is asked of it.
 *
 * Limit: mean use of the last days (7 to 14) over `system.memoryWarningPercent` (90) of the memory built in: warning. Needs seven
 * days of history. A moment of high use says nothing and is not judged.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** A mean that ended this long ago says nothing about today. */
const MEAN_FRESH_MS = 3 * DAY_MS

/** Rule `system/memory-short`; its limits stand at the top of this file. */
export const memoryShort = defineRule({
  id: 'system/memory-short',
  needs: ['hardware'],
  limits: ['system.memoryWarningPercent'],
  holdMs: DAY_MS,
  clearMs: DAY_MS,
  effortMinutes: 60,
  needsHands: true,
  *evaluate({ hardware: { memoryBytes } }, context) {
    const trend = context.trend('memory:usedBytes')
    if (memoryBytes === null || memoryBytes === 0) yield unknown('', 'empty')
    else if (trend === null || context.isPast(trend.lastAt + MEAN_FRESH_MS)) yield unknown('', 'needs-history')
    else {
      const usedPercent = (trend.mean / memoryBytes) * 100
      const isShort = usedPercent > context.limit('system.memoryWarningPercent')
      yield isShort ? fail('', 'warning', { usedPercent, totalBytes: memoryBytes }) : pass()
    }
  },
})
