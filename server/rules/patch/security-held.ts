/**
 * Security updates are held back by hand.
 *
 * Limits: any is a note, a warning after `patch.heldWarningMs` (30 days).
 * A list of updates older than `patch.listWarningMs` (7 days) cannot prove that nothing waits: then it is unknown.
 */
import { defineRule, fail, managerOf, passByList } from '../rule.ts'

/** Rule `patch/security-held`; its limits stand at the top of this file. */
export const securityHeld = defineRule({
  id: 'patch/security-held',
  needs: ['updates'],
  sees: ['manager'],
  limits: ['patch.listWarningMs', 'patch.heldWarningMs'],
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ updates, manager }, context) {
    if (updates.heldSecurity === 0) {
      yield passByList(context, context.limit('patch.listWarningMs'))
      return
    }
    const since = context.remembered('held')?.since ?? null
    const aged = since === null ? null : context.aged(since, { warning: context.limit('patch.heldWarningMs') })
    const values = { count: updates.heldSecurity, manager: managerOf(manager) }
    yield fail('', aged?.severity ?? 'info', values, aged?.since ?? null)
  },
})
