/**
 * More people than needed may do everything on the machine.
 *
 * Limits: a warning above `posture.administratorsMostCount` (2).
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Rule `posture/administrators-many`; its limits stand at the top of this file. */
export const administratorsMany = defineRule({
  id: 'posture/administrators-many',
  needs: ['accounts'],
  limits: ['posture.administratorsMostCount'],
  holdMs: DAY_MS,
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ accounts: { administrators } }, context) {
    const most = context.limit('posture.administratorsMostCount')
    if (administrators === null) yield lacking('', context, false)
    else yield administrators > most ? fail('', 'warning', { count: administrators, most }) : pass()
  },
})
