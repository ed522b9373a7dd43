/**
 * The agent had to drop measurements that it could not send in time.
 *
 * Limit: a warning for `agent.gapMs` (30 days) after the loss. Gaps are reported by the agent itself, never guessed.
 */
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `agent/data-lost`; its limits stand at the top of this file. */
export const dataLost = defineRule({
  id: 'agent/data-lost',
  needs: ['agent'],
  limits: ['agent.gapMs'],
  dependsOn: ['agent/silent'],
  holdMs: 0,
  clearMs: 0,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ agent: { gap, lastReportAt } }, context) {
    if (gap === null) yield lastReportAt === null ? unknown('', 'needs-history') : pass()
    else if (context.isPast(gap.at + context.limit('agent.gapMs'))) yield pass()
    else yield fail('', 'warning', { from: gap.from, to: gap.to, why: gap.why }, gap.at)
  },
})
