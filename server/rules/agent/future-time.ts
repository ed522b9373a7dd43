/**
 * The machine has sent measurements dated in the future. They were kept and set to the time of receipt.
 *
 * Limit: a lead over `agent.futureMs` (60 seconds) is a warning. No report yet: unknown.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `agent/future-time`; its limits stand at the top of this file. */
export const futureTime = defineRule({
  id: 'agent/future-time',
  needs: ['agent'],
  limits: ['agent.futureMs'],
  dependsOn: ['agent/silent'],
  clearMs: HOUR_MS,
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ agent: { lastReportAt, futureMs } }, context) {
    if (lastReportAt === null) yield unknown('', 'needs-history')
    else yield futureMs > context.limit('agent.futureMs') ? fail('', 'warning', { aheadMs: futureMs }) : pass()
  },
})
