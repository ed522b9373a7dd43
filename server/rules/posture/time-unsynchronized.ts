/**
 * The clock is not kept right by a time source.
 *
 * Limits: not synchronized is a note at once, a warning after `posture.timeWarningMs` (24 hours), critical after
 * `posture.timeCriticalMs` (7 days). On servers, synchronized but more than `posture.timeOffsetMs` (500 ms) off is a warning.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, lackingSample, pass, unknown } from '../rule.ts'

/** Rule `posture/time-unsynchronized`; its limits stand at the top of this file. */
export const timeUnsynchronized = defineRule({
  id: 'posture/time-unsynchronized',
  needs: ['time'],
  limits: ['posture.timeWarningMs', 'posture.timeCriticalMs', 'posture.timeOffsetMs'],
  notApplicableWhen: ['unsupported'],
  holdMs: HOUR_MS,
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ time: { synchronized, tool } }, context) {
    const told = context.sample('time:offsetMicroseconds')
    const offsetMs = told.state === 'value' ? told.value / 1_000 : null
    const values = { tool: tool ?? '', offsetMs }
    if (!synchronized) {
      const since = context.remembered('unsynchronized')?.since ?? null
      const warning = context.limit('posture.timeWarningMs')
      const critical = context.limit('posture.timeCriticalMs')
      const aged = since === null ? null : context.aged(since, { warning, critical })
      yield fail('', aged?.severity ?? 'info', values, aged?.since ?? null)
      return
    }
    const limit = context.limitOrNull('posture.timeOffsetMs')
    if (limit === null) yield pass()
    else if (offsetMs !== null) yield Math.abs(offsetMs) > limit ? fail('', 'warning', values) : pass()
    else if (told.state === 'failed') yield lackingSample('', context, told)
    else yield context.open('') === null ? pass() : unknown('', 'empty')
  },
})
