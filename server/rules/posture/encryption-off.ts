/**
 * A volume is not encrypted, or not all of it: whoever takes the machine reads it.
 *
 * Limits: a warning on laptops, which are lost and stolen; a note on desktops and servers, and while an encryption still runs. A volume
 * that could not be looked into is unknown, and so is a machine of which the system volume is not told. One that is suspended is the
 * business of posture/encryption-suspended.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `posture/encryption-off`; its limits stand at the top of this file. */
export const encryptionOff = defineRule({
  id: 'posture/encryption-off',
  needs: ['encryption'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: HOUR_MS,
  effortMinutes: 60,
  needsHands: false,
  *evaluate({ encryption }, context) {
    if (!encryption.some(({ system }) => system)) yield unknown('', 'empty')
    for (const { mount, state } of encryption) {
      if (state === 'protected') yield pass(mount)
      else if (state === 'locked') yield unknown(mount, 'locked')
      else if (state === 'suspended') yield notApplicable(mount)
      else {
        const isUrgent = context.role === 'laptop' && state !== 'encrypting'
        yield fail(mount, isUrgent ? 'warning' : 'info', { volume: mount, state })
      }
    }
  },
})
