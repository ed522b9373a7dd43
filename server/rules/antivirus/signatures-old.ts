/**
 * The signatures of a protection product are old.
 *
 * Limits: over `antivirus.signaturesWarningMs` (3 days) warning, over `antivirus.signaturesCriticalMs` (7 days) critical, after two
 * hours: a machine that was off fetches them when it starts. A product without signatures is not judged; an age that failed is unknown.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, lackingSample, pass } from '../rule.ts'

/** Rule `antivirus/signatures-old`; its limits stand at the top of this file. */
export const signaturesOld = defineRule({
  id: 'antivirus/signatures-old',
  needs: ['products'],
  limits: ['antivirus.signaturesWarningMs', 'antivirus.signaturesCriticalMs'],
  holdMs: 2 * HOUR_MS,
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ products }, context) {
    const warning = context.limit('antivirus.signaturesWarningMs')
    const critical = context.limit('antivirus.signaturesCriticalMs')
    for (const { id, name } of products) {
      const told = context.sample(`product:${id}:signaturesAt`)
      if (told.state !== 'value') {
        yield lackingSample(id, context, told)
        continue
      }
      const aged = context.aged(told.value, { warning, critical })
      const values = { product: name, ageMs: context.ageMs(told.value), signaturesAt: told.value }
      yield aged === null ? pass(id) : fail(id, aged.severity, values, aged.since)
    }
  },
})
