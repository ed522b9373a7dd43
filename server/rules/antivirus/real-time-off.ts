/**
 * A protection product runs without watching files as they are used.
 *
 * Limits: warning after 15 minutes, critical after `antivirus.offCriticalMs` (60 minutes) for products that watch behavior, and
 * for all where the policy asks for protection (`antivirus.required`). Else a note: an antivirus for Linux often scans by schedule.
 * A product that does not tell is unknown; running is no proof. A stopped one is the business of antivirus/not-running.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `antivirus/real-time-off`; its limits stand at the top of this file. */
export const realTimeOff = defineRule({
  id: 'antivirus/real-time-off',
  needs: ['products'],
  limits: ['antivirus.required', 'antivirus.offCriticalMs'],
  holdMs: 15 * MINUTE_MS,
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ products }, context) {
    for (const { id, name, kind, realTime } of products) {
      const since = context.remembered(`blind:${id}`)?.since ?? null
      if (kind === 'scanner') yield notApplicable(id)
      else if (realTime === null) yield unknown(id, 'empty')
      else if (realTime) yield pass(id)
      else if (kind !== 'edr' && !context.flag('antivirus.required')) yield fail(id, 'info', { product: name })
      else {
        const aged = since === null ? null : context.aged(since, { critical: context.limit('antivirus.offCriticalMs') })
        yield fail(id, aged?.severity ?? 'warning', { product: name }, aged?.since ?? null)
      }
    }
  },
})
