/**
 * A protection product runs without watching files as they are used: it is switched off, passive, not registered, or cannot do its work.
 *
 * Limits: warning after 15 minutes, critical after `antivirus.offCriticalMs` (60 minutes). Only switched off for a while: warning. A
 * note for ClamAV on Linux unless the policy asks for protection (`antivirus.required`): there it often scans by schedule. A product
 * that does not tell is unknown; running is no proof. A stopped one is the business of antivirus/not-running, an expired one that of
 * antivirus/expired, and one that left the work to another which is proven to protect is as it should be.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, isLinux, isRelieved, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `antivirus/real-time-off`; its limits stand at the top of this file. */
export const realTimeOff = defineRule({
  id: 'antivirus/real-time-off',
  needs: ['products'],
  limits: ['antivirus.required', 'antivirus.offCriticalMs'],
  holdMs: 15 * MINUTE_MS,
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ products }, context) {
    const isOptional = isLinux(context.facts) && !context.flag('antivirus.required')
    for (const product of products) {
      const { id, name, kind, running, realTime, mode = null } = product
      const values = { product: name, mode }
      const since = context.remembered(`blind:${id}`)?.since ?? null
      const isOthers = running === false || mode === 'expired' || isRelieved(product, products)
      if (kind === 'scanner' || kind === 'builtin' || isOthers) yield notApplicable(id)
      else if (mode === 'reduced' && realTime !== false) yield fail(id, 'warning', values)
      else if (realTime === null) yield unknown(id, 'empty')
      else if (realTime) yield pass(id)
      else if (isOptional && kind === 'antivirus' && id === 'clamav') yield fail(id, 'info', values)
      else if (mode === 'snoozed') yield fail(id, 'warning', values)
      else {
        const aged = since === null ? null : context.aged(since, { critical: context.limit('antivirus.offCriticalMs') })
        yield fail(id, aged?.severity ?? 'warning', values, aged?.since ?? null)
      }
    }
  },
})
