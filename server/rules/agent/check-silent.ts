/**
 * The machine reports, and one of its checks does not.
 *
 * Limits: silent for `agent.checkSilentFactor` (3) of its rhythms a warning, for `agent.checkSilentCriticalMs` (7 days) critical,
 * measured at the machine's last report: a machine that is off is the business of agent/silent.
 */
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `agent/check-silent`; its limits stand at the top of this file. */
export const checkSilent = defineRule({
  id: 'agent/check-silent',
  needs: ['agent'],
  limits: ['agent.checkSilentFactor', 'agent.checkSilentCriticalMs'],
  dependsOn: ['agent/silent'],
  holdMs: HOUR_MS,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ agent, lastAt }, context) {
    for (const check of CHECK_NAMES) {
      if (agent.lastReportAt === null) {
        yield unknown(check, 'needs-history')
        continue
      }
      const everyMs = agent.checkEveryMs[check]
      const at = lastAt[check] ?? context.facts.machine.enrolledAt
      const silentMs = agent.lastReportAt - at
      const warningMs = everyMs * context.limit('agent.checkSilentFactor')
      if (silentMs <= warningMs) yield lastAt[check] === null ? unknown(check, 'needs-history') : pass(check)
      else {
        const isCritical = silentMs > Math.max(warningMs, context.limit('agent.checkSilentCriticalMs'))
        yield fail(check, isCritical ? 'critical' : 'warning', { check, lastAt: at, everyMs })
      }
    }
  },
})
