/**
 * Security updates are held back by hand.
 *
 * Limits: any is a note, a warning after `patch.heldWarningMs` (30 days).
 */
import { defineRule, fail, pass } from '../rule.ts'

/** Rule `patch/security-held`; its limits stand at the top of this file. */
export const securityHeld = defineRule({
  id: 'patch/security-held',
  needs: ['updates'],
  limits: ['patch.heldWarningMs'],
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ updates }, context) {
    if (updates.heldSecurity === 0) {
      yield pass()
      return
    }
    const since = context.remembered('held')?.since ?? null
    const aged = since === null ? null : context.aged(since, { warning: context.limit('patch.heldWarningMs') })
    yield fail('', aged?.severity ?? 'info', { count: updates.heldSecurity }, aged?.since ?? null)
  },
})
