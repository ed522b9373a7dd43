/**
 * A backup that only runs when somebody starts it: it is made until the first week in which nobody thinks of it.
 *
 * Limits: none; a warning as soon as the tool says so. A tool that does not tell is not judged, unless it told before: then unknown.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `backup/not-automatic`; its limits stand at the top of this file. */
export const notAutomatic = defineRule({
  id: 'backup/not-automatic',
  needs: ['jobs'],
  limits: [],
  holdMs: HOUR_MS,
  effortMinutes: 5,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const { id, name, automatic = null } of jobs) {
      if (automatic === false) yield fail(id, 'warning', { job: name })
      else if (automatic === true) yield pass(id)
      else if (context.open(id) !== null) yield unknown(id, 'empty')
    }
  },
})
