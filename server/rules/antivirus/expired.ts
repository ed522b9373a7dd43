/**
 * The license of a protection product has ended: it gets no signatures any more, and many stop to protect.
 *
 * Limits: critical at once. A product that does not speak of a license is not judged, nor is one that is switched off, not registered
 * or unable to work: none of these says that its license runs.
 */
import { defineRule, fail, lacking, pass } from '../rule.ts'

/** Modes in which no product is whose license has ended. */
const RUNNING: ReadonlySet<string> = new Set(['active', 'passive', 'snoozed'])

/** Rule `antivirus/expired`; its limits stand at the top of this file. */
export const expired = defineRule({
  id: 'antivirus/expired',
  needs: ['products'],
  limits: [],
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ products }, context) {
    for (const { id, name, mode = null } of products) {
      if (mode === 'expired') yield fail(id, 'critical', { product: name })
      else if (mode !== null && RUNNING.has(mode)) yield pass(id)
      else yield lacking(id, context, false)
    }
  },
})
