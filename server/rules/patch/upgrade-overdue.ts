/**
 * No update has been installed for weeks.
 *
 * Limits: last successful upgrade 35 days ago a note, 45 a warning, 75 critical (`patch.upgrade*Ms`). Nothing waiting to be
 * installed passes whatever the age. A time that cannot be read is unknown.
 * A list of updates older than `patch.listWarningMs` (7 days) cannot prove that nothing waits: then it is unknown.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, lackingSample, managerOf, pass, passByList, unknown } from '../rule.ts'

/** Rule `patch/upgrade-overdue`; its limits stand at the top of this file. */
export const upgradeOverdue = defineRule({
  id: 'patch/upgrade-overdue',
  needs: ['updates'],
  sees: ['manager'],
  limits: ['patch.listWarningMs', 'patch.upgradeInfoMs', 'patch.upgradeWarningMs', 'patch.upgradeCriticalMs'],
  holdMs: HOUR_MS,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ updates, manager }, context) {
    const told = context.sample('upgrade:lastAt')
    if (updates.security === 0 && updates.other === 0) yield passByList(context, context.limit('patch.listWarningMs'))
    else if (told.state === 'absent') yield unknown('', 'empty')
    else if (told.state !== 'value') yield lackingSample('', context, told)
    else {
      const lastAt = told.value
      const aged = context.aged(lastAt, {
        info: context.limit('patch.upgradeInfoMs'),
        warning: context.limit('patch.upgradeWarningMs'),
        critical: context.limit('patch.upgradeCriticalMs'),
      })
      if (aged === null) yield pass()
      else
        yield fail('', aged.severity, { ageMs: context.ageMs(lastAt), lastAt, manager: managerOf(manager) }, aged.since)
    }
  },
})
