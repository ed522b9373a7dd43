/**
 * The screen stays open when somebody walks away.
 *
 * Limits: a note. Machines without a screen are not judged; a system that tells it to the signed-in person alone is unknown.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, notApplicable, pass } from '../rule.ts'

/** Rule `posture/screen-lock-off`; its limits stand at the top of this file. */
export const screenLockOff = defineRule({
  id: 'posture/screen-lock-off',
  needs: ['screenLock'],
  limits: [],
  holdMs: DAY_MS,
  effortMinutes: 5,
  needsHands: false,
  *evaluate({ screenLock: { state } }) {
    if (state === 'no-screen') yield notApplicable()
    else yield state === 'off' ? fail('', 'info', {}) : pass()
  },
})
