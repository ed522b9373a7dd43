/**
 * The firewall is off, or lets everything in.
 *
 * Limits: a warning after an hour. No known firewall on the machine is unknown, not off: a router or the provider may filter.
 * Not applicable in containers (`unsupported`).
 */
import type { RuleDetail } from '../../../shared/rule-detail.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

const NO_TOOL: RuleDetail = 'no-firewall'

/** Rule `posture/firewall-off`; its limits stand at the top of this file. */
export const firewallOff = defineRule({
  id: 'posture/firewall-off',
  needs: ['firewall'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: HOUR_MS,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ firewall: { tool, enabled, inbound } }) {
    if (tool === null) yield unknown('', 'empty', NO_TOOL)
    else if (!enabled || inbound === 'accept') yield fail('', 'warning', { tool })
    else yield inbound === null ? unknown('', 'empty') : pass()
  },
})
