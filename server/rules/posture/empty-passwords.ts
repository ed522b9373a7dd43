/**
 * Accounts that may sign in have no password.
 *
 * Limits: a warning for one or more. Where it is not told (Windows, macOS): not applicable.
 */
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Rule `posture/empty-passwords`; its limits stand at the top of this file. */
export const emptyPasswords = defineRule({
  id: 'posture/empty-passwords',
  needs: ['accounts'],
  limits: [],
  effortMinutes: 10,
  needsHands: false,
  *evaluate({ accounts }, context) {
    const count = accounts.emptyPasswords
    if (count === null) yield lacking('', context, false)
    else yield count > 0 ? fail('', 'warning', { count }) : pass()
  },
})
