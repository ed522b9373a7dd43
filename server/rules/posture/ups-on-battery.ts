/**
 * The mains are gone, or the UPS does not protect: its battery empties, or it passes the mains through.
 *
 * Limits: on battery, in bypass or off is a warning after 2 minutes; a battery that is nearly empty is critical at once. A UPS that
 * does not answer is unknown.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `posture/ups-on-battery`; its limits stand at the top of this file. */
export const upsOnBattery = defineRule({
  id: 'posture/ups-on-battery',
  needs: ['ups'],
  limits: [],
  holdMs: { critical: 0, warning: 2 * MINUTE_MS, info: 2 * MINUTE_MS },
  clearMs: 2 * MINUTE_MS,
  effortMinutes: 15,
  needsHands: true,
  *evaluate({ ups }) {
    for (const { name, status } of ups) {
      if (status === 'online') yield pass(name)
      else if (status === 'unknown') yield unknown(name, 'empty')
      else yield fail(name, status === 'low-battery' ? 'critical' : 'warning', { ups: name, status })
    }
  },
})
