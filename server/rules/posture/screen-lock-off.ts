/**
 * The screen stays open when somebody walks away.
 *
 * Limits: a note. Machines without a screen, and systems that tell it to the signed-in person only (`unsupported`): not applicable.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, notApplicable, pass } from '../rule.ts'

/** Rule `posture/screen-lock-off`; its limits stand at the top of this file. */
export const screenLockOff = defineRule({
  id: 'posture/screen-lock-off',
  needs: ['screenLock'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: DAY_MS,
  effortMinutes: 5,
  needsHands: false,
  *evaluate({ screenLock: { state } }) {
    if (state === 'no-screen') yield notApplicable()
    else yield state === 'off' ? fail('', 'info', {}) : pass()
  },
})
