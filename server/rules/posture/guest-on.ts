/**
 * Anybody may sign in as a guest.
 *
 * Limits: a warning. Systems without such an account: not applicable.
 */
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Rule `posture/guest-on`; its limits stand at the top of this file. */
export const guestOn = defineRule({
  id: 'posture/guest-on',
  needs: ['accounts'],
  limits: [],
  effortMinutes: 5,
  needsHands: false,
  *evaluate({ accounts: { guestEnabled } }, context) {
    if (guestEnabled === null) yield lacking('', context, false)
    else yield guestEnabled ? fail('', 'warning', {}) : pass()
  },
})
