/**
 * Every known product was looked for and none that protects was seen. A scanner without a resident part protects nobody.
 *
 * Limits: a note; critical after an hour where the policy asks for protection (`antivirus.required`): a
 * Linux machine often has none on purpose. Products that cannot be listed are unknown, never none.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass } from '../rule.ts'

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
    yield protects ? pass() : fail('', context.flag('antivirus.required') ? 'critical' : 'info', {})
  },
})
