/**
 * The UPS itself says that its battery must be replaced.
 *
 * Limits: a warning. A UPS that says nothing about it: not applicable.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Rule `posture/ups-replace-battery`; its limits stand at the top of this file. */
export const upsReplaceBattery = defineRule({
  id: 'posture/ups-replace-battery',
  needs: ['ups'],
  limits: [],
  holdMs: HOUR_MS,
  effortMinutes: 45,
  needsHands: true,
  *evaluate({ ups }, context) {
    for (const { name, replaceBattery } of ups) {
      if (replaceBattery === null) yield lacking(name, context, false)
      else yield replaceBattery ? fail(name, 'warning', { ups: name }) : pass(name)
    }
  },
})
