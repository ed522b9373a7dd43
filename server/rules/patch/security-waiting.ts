/**
 * Many security updates wait at the same time.
 *
 * Limits: `patch.securityWarningCount` (5) or more a warning, `patch.securityCriticalCount` (20) or more critical, for a day: one
 * batch that the night installs is nothing to report.
 * A list of updates older than `patch.listWarningMs` (7 days) cannot prove that nothing waits: then it is unknown.
 */
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, managerOf, passByList, unknown } from '../rule.ts'

/** Rule `patch/security-waiting`; its limits stand at the top of this file. */
export const securityWaiting = defineRule({
  id: 'patch/security-waiting',
  needs: ['updates'],
  sees: ['manager'],
  limits: ['patch.listWarningMs', 'patch.securityWarningCount', 'patch.securityCriticalCount'],
  holdMs: DAY_MS,
  clearMs: HOUR_MS,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ updates, manager }, context) {
    const count = updates.security
    if (count === null) {
      yield unknown('', 'unsupported', 'which of the waiting updates are for security is not told')
      return
    }
    const levels = {
      warning: context.limit('patch.securityWarningCount'),
      critical: context.limit('patch.securityCriticalCount'),
    }
    const severity = context.above('', count, levels, 0)
    const names = updates.securityUpdates.slice(0, 5).map(({ name }) => name)
    yield severity === null
      ? passByList(context, context.limit('patch.listWarningMs'))
      : fail('', severity, { count, names: names.join(', '), manager: managerOf(manager) })
  },
})
