/**
 * The clock of the machine is wrong, measured against the server's with the round trip removed.
 *
 * Limits: over 5 seconds a note, over 60 a warning, over 300 critical (`agent.skew*Ms`). Not measured yet: unknown.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `agent/clock-wrong`; its limits stand at the top of this file. */
export const clockWrong = defineRule({
  id: 'agent/clock-wrong',
  needs: ['agent'],
  limits: ['agent.skewInfoMs', 'agent.skewWarningMs', 'agent.skewCriticalMs'],
  dependsOn: ['agent/silent'],
  holdMs: 5 * MINUTE_MS,
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ agent: { skewMs } }, context) {
    if (skewMs === null) {
      yield unknown('', 'needs-history')
      return
    }
    const off = Math.abs(skewMs)
    const severity =
      off > context.limit('agent.skewCriticalMs')
        ? 'critical'
        : off > context.limit('agent.skewWarningMs')
          ? 'warning'
          : off > context.limit('agent.skewInfoMs')
            ? 'info'
            : null
    yield severity === null ? pass() : fail('', severity, { skewMs })
  },
})
