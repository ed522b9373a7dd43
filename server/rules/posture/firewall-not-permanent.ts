/**
 * The firewall runs now and will not come back after a restart.
 *
 * Limits: none; a warning. A firewall that is off, or none at all, is the business of posture/firewall-off.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, lacking, pass, unknown } from '../rule.ts'

/** Rule `posture/firewall-not-permanent`; its limits stand at the top of this file. */
export const firewallNotPermanent = defineRule({
  id: 'posture/firewall-not-permanent',
  needs: ['firewall'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: HOUR_MS,
  effortMinutes: 10,
  needsHands: false,
  *evaluate({ firewall: { tool, enabled, startsAtBoot } }, context) {
    if (tool === null || !enabled) yield lacking('', context, false)
    else if (startsAtBoot === null) yield unknown('', 'empty')
    else yield startsAtBoot ? pass() : fail('', 'warning', { tool })
  },
})
