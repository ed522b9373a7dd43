/**
 * Somebody is signed in when the machine starts, without being asked who it is.
 *
 * Limits: a warning. Machines without a screen to sign in at: not applicable.
 */
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Rule `posture/automatic-login`; its limits stand at the top of this file. */
export const automaticLogin = defineRule({
  id: 'posture/automatic-login',
  needs: ['accounts'],
  limits: [],
  effortMinutes: 10,
  needsHands: false,
  *evaluate({ accounts }, context) {
    if (accounts.automaticLogin === null) yield lacking('', context, false)
    else yield accounts.automaticLogin ? fail('', 'warning', {}) : pass()
  },
})
