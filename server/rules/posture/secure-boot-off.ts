/**
 * The firmware starts whatever lies on the disk.
 *
 * Limits: a note. Machines without Secure Boot (legacy BIOS, macOS) and containers: not applicable.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Rule `posture/secure-boot-off`; its limits stand at the top of this file. */
export const secureBootOff = defineRule({
  id: 'posture/secure-boot-off',
  needs: ['bootTrust'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: DAY_MS,
  effortMinutes: 20,
  needsHands: true,
  *evaluate({ bootTrust: { secureBoot } }, context) {
    if (secureBoot === null) yield lacking('', context, false)
    else yield secureBoot ? pass() : fail('', 'info', {})
  },
})
