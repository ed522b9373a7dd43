/**
 * A volume is encrypted and its key lies open beside it: nobody is protected.
 *
 * Limits: a note at once, because firmware updates suspend it until the next start; a warning after `posture.suspendedWarningMs`
 * (3 days).
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `posture/encryption-suspended`; its limits stand at the top of this file. */
export const encryptionSuspended = defineRule({
  id: 'posture/encryption-suspended',
  needs: ['encryption'],
  limits: ['posture.suspendedWarningMs'],
  notApplicableWhen: ['unsupported'],
  holdMs: HOUR_MS,
  effortMinutes: 10,
  needsHands: false,
  *evaluate({ encryption }, context) {
    for (const { mount, state } of encryption) {
      if (state === 'protected') yield pass(mount)
      else if (state === 'locked') yield unknown(mount, 'locked')
      else if (state !== 'suspended') yield notApplicable(mount)
      else {
        const since = context.remembered(`suspended:${mount}`)?.since ?? null
        const aged =
          since === null ? null : context.aged(since, { warning: context.limit('posture.suspendedWarningMs') })
        yield fail(mount, aged?.severity ?? 'info', { volume: mount }, aged?.since ?? null)
      }
    }
  },
})
