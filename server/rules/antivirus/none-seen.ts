/**
 * Every known product was looked for and none that protects was seen. A scanner without a resident part protects nobody; the protection
 * that is built into macOS counts.
 *
 * Limits: critical after an hour on Windows and macOS, and where the policy asks for protection (`antivirus.required`); a note on
 * Linux, which often has none on purpose. Products that cannot be listed are unknown, never none.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, isLinux, pass } from '../rule.ts'

/** Rule `antivirus/none-seen`; its limits stand at the top of this file. */
export const noneSeen = defineRule({
  id: 'antivirus/none-seen',
  needs: ['products'],
  limits: ['antivirus.required'],
  holdMs: HOUR_MS,
  effortMinutes: 60,
  needsHands: false,
  *evaluate({ products }, context) {
    const protects = products.some(({ kind }) => kind !== 'scanner')
    const isMissed = context.flag('antivirus.required') || !isLinux(context.facts)
    yield protects ? pass() : fail('', isMissed ? 'critical' : 'info', {})
  },
})
