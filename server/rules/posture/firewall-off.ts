/**
 * The firewall is off, or lets everything in; on Windows for each kind of network.
 *
 * Limits: a warning after an hour. For public networks of Windows critical after `posture.publicFirewallCriticalMs` (24 hours). No known
 * firewall on the machine is unknown, not off: a router or the provider may filter. Not applicable in containers (`unsupported`).
 */
import type { RuleDetail } from '../../../shared/rule-detail.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

const NO_TOOL: RuleDetail = 'no-firewall'

/** Rule `posture/firewall-off`; its limits stand at the top of this file. */
export const firewallOff = defineRule({
  id: 'posture/firewall-off',
  needs: ['firewall'],
  limits: ['posture.publicFirewallCriticalMs'],
  notApplicableWhen: ['unsupported'],
  holdMs: HOUR_MS,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ firewall: { tool, enabled, inbound, profiles } }, context) {
    if (tool === null) yield unknown('', 'empty', NO_TOOL)
    else if (profiles === undefined || profiles.length === 0) {
      if (!enabled || inbound === 'accept') yield fail('', 'warning', { tool })
      else yield inbound === null ? unknown('', 'empty') : pass()
    } else {
      for (const profile of profiles) {
        const { name } = profile
        const since = name === 'public' ? (context.remembered('firewall-open:public')?.since ?? null) : null
        const critical = context.limit('posture.publicFirewallCriticalMs')
        const aged = since === null ? null : context.aged(since, { critical })
        if (!profile.enabled || profile.inbound === 'accept')
          yield fail(name, aged?.severity ?? 'warning', { tool, profile: name }, aged?.since ?? null)
        else yield profile.inbound === null ? unknown(name, 'empty') : pass(name)
      }
    }
  },
})
