/**
 * The signatures of a protection product are old.
 *
 * Limits: over `antivirus.signaturesWarningMs` (3 days) warning, over `antivirus.signaturesCriticalMs` (7 days) critical, after two
 * hours: a machine that was off fetches them when it starts. What is built into macOS comes every few weeks: warning over
 * `antivirus.builtinWarningMs` (90 days). Where only the product itself says that they are out of date: warning, critical when it has
 * said so for 7 days. An antivirus that tells nothing of its signatures is unknown, as
 * is an age that failed; a product that has none is not judged. Nor is one judged that left the work
 * to another which is proven to protect.
 */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { defineRule, fail, isRelieved, lackingSample, notApplicable, pass, type RuleContext, unknown } from '../rule.ts'

const LIMITS = [
  'antivirus.signaturesWarningMs',
  'antivirus.signaturesCriticalMs',
  'antivirus.builtinWarningMs',
] as const

/** Rule `antivirus/signatures-old`; its limits stand at the top of this file. */
export const signaturesOld = defineRule({
  id: 'antivirus/signatures-old',
  needs: ['products'],
  limits: LIMITS,
  holdMs: 2 * HOUR_MS,
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ products }, context) {
    for (const product of products)
      yield isRelieved(product, products) ? notApplicable(product.id) : judge(product, context)
  },
})

function judge({ id, name, kind, signaturesCurrent = null }: Product, context: RuleContext<(typeof LIMITS)[number]>) {
  const critical = context.limit('antivirus.signaturesCriticalMs')
  const limits =
    kind === 'builtin'
      ? { warning: context.limit('antivirus.builtinWarningMs') }
      : { warning: context.limit('antivirus.signaturesWarningMs'), critical }
  const told = context.sample(`product:${id}:signaturesAt`)
  const at = told.state === 'value' ? told.value : null
  const aged = at === null ? null : context.aged(at, limits)
  const values = { product: name, ageMs: at === null ? null : context.ageMs(at), signaturesAt: at }
  if (aged !== null) return fail(id, aged.severity, values, aged.since)
  if (signaturesCurrent === false) {
    const since = context.remembered(`outdated:${id}`)?.since ?? null
    const old = since === null ? null : context.aged(since, { critical })
    return fail(id, old?.severity ?? 'warning', values, old?.since ?? null)
  }
  if (told.state === 'value' || signaturesCurrent === true) return pass(id)
  // An antivirus works by signatures: one that tells nothing of them is not known, while what watches behavior may have none.
  if (told.state === 'absent' && kind === 'antivirus') return unknown(id, 'empty')
  return lackingSample(id, context, told)
}
