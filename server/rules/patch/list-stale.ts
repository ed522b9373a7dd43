/**
 * The list of available updates has not been refreshed: what it says is missing may be out of date.
 *
 * Limits: `patch.listWarningMs` (7 days) warning, `patch.listCriticalMs` (30 days) critical. An unreadable age is unknown.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, lackingSample, pass, unknown } from '../rule.ts'

/** Rule `patch/list-stale`; its limits stand at the top of this file. */
export const listStale = defineRule({
  id: 'patch/list-stale',
  needs: ['manager'],
  limits: ['patch.listWarningMs', 'patch.listCriticalMs'],
  holdMs: HOUR_MS,
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ manager }, context) {
    const told = context.sample('list:refreshedAt')
    if (told.state === 'absent') yield unknown('', 'empty')
    else if (told.state !== 'value') yield lackingSample('', context, told)
    else {
      const refreshedAt = told.value
      const warning = context.limit('patch.listWarningMs')
      const aged = context.aged(refreshedAt, { warning, critical: context.limit('patch.listCriticalMs') })
      if (aged === null) yield pass()
      else
        yield fail(
          '',
          aged.severity,
          { ageMs: context.ageMs(refreshedAt), refreshedAt, manager: manager.name },
          aged.since,
        )
    }
  },
})
