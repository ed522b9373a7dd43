/**
 * The machine answers to the first version of SMB, through which WannaCry spread.
 *
 * Limits: a warning. A system that tells nobody which versions it answers to is unknown.
 */
import { defineRule, fail, pass } from '../rule.ts'

/** Rule `posture/smb1-on`; its limits stand at the top of this file. */
export const smb1On = defineRule({
  id: 'posture/smb1-on',
  needs: ['smb1'],
  limits: [],
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ smb1: { enabled } }) {
    yield enabled ? fail('', 'warning', {}) : pass()
  },
})
