/**
 * A protection product is installed and does not run.
 *
 * Limits: warning after 15 minutes, critical after `antivirus.offCriticalMs` (60 minutes). A product that does not tell is unknown.
 * A scanner and what is built into macOS have nothing to keep running; a Defender that stepped aside for another product that is
 * proven to protect is as it should be.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, isRelieved, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `antivirus/not-running`; its limits stand at the top of this file. */
export const notRunning = defineRule({
  id: 'antivirus/not-running',
  needs: ['products'],
  limits: ['antivirus.offCriticalMs'],
  holdMs: 15 * MINUTE_MS,
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ products }, context) {
    for (const product of products) {
      const { id, name, kind, running } = product
      const since = context.remembered(`stopped:${id}`)?.since ?? null
      if (kind === 'scanner' || kind === 'builtin') yield notApplicable(id)
      else if (running === true) yield pass(id)
      else if (isRelieved(product, products)) yield notApplicable(id)
      else if (running === null) yield unknown(id, 'empty')
      else {
        const aged = since === null ? null : context.aged(since, { critical: context.limit('antivirus.offCriticalMs') })
        yield fail(id, aged?.severity ?? 'warning', { product: name }, aged?.since ?? null)
      }
    }
  },
})
