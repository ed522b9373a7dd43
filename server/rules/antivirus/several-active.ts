/**
 * Two products watch the same files at the same time. They slow each other down, and each may take the other for an attack.
 *
 * Limits: warning after 24 hours, which is time enough to replace one by the other. A product that watches behavior beside an antivirus
 * is no second one.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, isProtecting, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `antivirus/several-active`; its limits stand at the top of this file. */
export const severalActive = defineRule({
  id: 'antivirus/several-active',
  needs: ['products'],
  limits: [],
  holdMs: DAY_MS,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ products }, context) {
    const own = products.filter(({ kind }) => kind === 'antivirus')
    const active = own.filter(isProtecting)
    if (active.length > 1) yield fail('', 'warning', { products: active.map(({ name }) => name).join(', ') })
    else if (own.length < 2 && context.open('') === null) yield notApplicable('')
    // One of them does not tell: it may be the second.
    else if (active.length === 1 && own.some(({ realTime }) => realTime === null)) yield unknown('', 'empty')
    else yield pass('')
  },
})
