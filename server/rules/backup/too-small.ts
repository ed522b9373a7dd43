/**
 * The newest copy is empty, or much smaller than usual: something was not copied.
 *
 * Limits: empty, or below the size that the person who set the job up asked for: critical. Smaller than the median of 30 days by
 * `backup.shrinkWarningPercent` (30) a warning, by `backup.shrinkCriticalPercent` (70) critical. Without three days of history, and
 * without a minimum to compare with, needs history. A job that tells no size is not judged.
 */
import { blind, defineRule, fail, lacking, lackingSample, pass, unknown } from '../rule.ts'

/** Rule `backup/too-small`; its limits stand at the top of this file. */
export const tooSmall = defineRule({
  id: 'backup/too-small',
  needs: ['jobs'],
  limits: ['backup.shrinkWarningPercent', 'backup.shrinkCriticalPercent'],
  holdMs: 0,
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const { id, name, status } of jobs) {
      const told = context.sample(`job:${id}:bytes`)
      const entry = context.remembered(`bytes:${id}`)
      const isBelowMinimum = status.state === 'value' ? status.value.tooSmall : null
      const bytes = told.state === 'value' ? told.value : null
      const usualBytes = entry === null ? null : context.usual(entry)
      if (isBelowMinimum === true || bytes === 0) {
        yield fail(id, 'critical', { job: name, bytes: bytes ?? 0, usualBytes })
      } else if (told.state !== 'value') {
        const wasTold = entry !== null || isBelowMinimum !== null
        yield status.state !== 'value'
          ? blind(id, status)
          : told.state === 'absent'
            ? lacking(id, context, wasTold)
            : lackingSample(id, context, told)
      } else if (usualBytes !== null && usualBytes > 0) {
        const lostPercent = (1 - told.value / usualBytes) * 100
        const warning = context.limit('backup.shrinkWarningPercent')
        const critical = context.limit('backup.shrinkCriticalPercent')
        const severity = lostPercent >= critical ? 'critical' : lostPercent >= warning ? 'warning' : null
        if (severity !== null) yield fail(id, severity, { job: name, bytes: told.value, usualBytes })
        else yield status.state === 'value' ? pass(id) : blind(id, status)
      } else if (isBelowMinimum === false) yield pass(id)
      else yield unknown(id, 'needs-history')
    }
  },
})
