/**
 * Security updates are not installed by themselves.
 *
 * Limits: off is a note at once, a warning after `patch.automaticWarningMs` (24 hours), critical after
 * `patch.automaticCriticalMs` (30 days).
 */
import { defineRule, fail, managerOf, pass } from '../rule.ts'

/** Rule `patch/automatic-off`; its limits stand at the top of this file. */
export const automaticOff = defineRule({
  id: 'patch/automatic-off',
  needs: ['automatic'],
  sees: ['manager'],
  limits: ['patch.automaticWarningMs', 'patch.automaticCriticalMs'],
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ automatic, manager }, context) {
    if (automatic.enabled) {
      yield pass()
      return
    }
    const since = context.remembered('automatic-off')?.since ?? null
    const warning = context.limit('patch.automaticWarningMs')
    const critical = context.limit('patch.automaticCriticalMs')
    const aged = since === null ? null : context.aged(since, { warning, critical })
    const values = { mechanism: automatic.mechanism ?? '', manager: managerOf(manager) }
    yield fail('', aged?.severity ?? 'info', values, aged?.since ?? null)
  },
})
