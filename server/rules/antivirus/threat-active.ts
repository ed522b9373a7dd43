/**
 * A protection product found malware that is still there, or could not remove what it found.
 *
 * Limits: critical at once while something is not dealt with; warning where only an attempt to deal with something failed within the
 * time that the product tells of. What was dealt with is good. Not applicable where no product tells what it found.
 */
import { defineRule, fail, pass } from '../rule.ts'

/** Rule `antivirus/threat-active`; its limits stand at the top of this file. */
export const threatActive = defineRule({
  id: 'antivirus/threat-active',
  needs: ['threats'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: 0,
  effortMinutes: 90,
  needsHands: false,
  *evaluate({ threats }) {
    const { active, failed, withinDays } = threats
    const values = { active, failed, withinDays }
    if (active > 0) yield fail('', 'critical', values)
    else if (failed !== null && failed > 0) yield fail('', 'warning', values)
    else yield pass('')
  },
})
