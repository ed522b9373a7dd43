/**
 * A guard of the system itself is switched off: Gatekeeper or System Integrity Protection (macOS), User Account Control (Windows).
 *
 * Limits: a warning for each. Guards that the system does not have: not applicable.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, lacking, pass } from '../rule.ts'

const GUARDS = ['gatekeeper', 'sip', 'uac'] as const

/** Rule `posture/guards-off`; its limits stand at the top of this file. */
export const guardsOff = defineRule({
  id: 'posture/guards-off',
  needs: ['guards'],
  limits: [],
  holdMs: HOUR_MS,
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ guards }, context) {
    for (const guard of GUARDS) {
      const isOn = guards[guard]
      if (isOn === null) yield lacking(guard, context, false)
      else yield isOn ? pass(guard) : fail(guard, 'warning', { guard })
    }
  },
})
