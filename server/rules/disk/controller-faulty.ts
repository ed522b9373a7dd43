/**
 * A RAID controller, or the battery of its write cache, is not well.
 *
 * Limits: failed: critical; degraded: warning. Battery failed: critical; degraded: warning; learning: a note; absent: not judged. Charge
 * under `disk.chargeWarningPercent` (80) warning, under `disk.chargeCriticalPercent` (40) critical, a note while it learns. A state that
 * the tool does not tell is unknown: a card that hides its drives is never taken for a healthy one.
 */
import type { Controller } from '../../../shared/checks/disk.ts'
import { type Severity, worst } from '../../../shared/severity.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, isWeaker, pass, type RuleContext, unknown } from '../rule.ts'

type Context = RuleContext<'disk.chargeWarningPercent' | 'disk.chargeCriticalPercent'>
const STATES = { healthy: null, degraded: 'warning', failed: 'critical', unknown: null } as const
const BATTERIES = { healthy: null, learning: 'info', degraded: 'warning', failed: 'critical', absent: null } as const

/** Rule `disk/controller-faulty`; its limits stand at the top of this file. */
export const controllerFaulty = defineRule({
  id: 'disk/controller-faulty',
  needs: ['controllers'],
  limits: ['disk.chargeWarningPercent', 'disk.chargeCriticalPercent'],
  holdMs: 5 * MINUTE_MS,
  effortMinutes: 90,
  needsHands: true,
  *evaluate({ controllers }, context) {
    for (const controller of controllers) yield judge(controller, context)
  },
})

function judge(controller: Controller, context: Context) {
  const { id, model, state, battery } = controller
  const charge = context.sample(`controller:${id}:chargePercent`)
  const chargePercent = charge.state === 'value' ? charge.value : null
  const power = battery === null ? null : BATTERIES[battery]
  const severity = worst(worst(STATES[state], power), chargeSeverity(chargePercent, battery, context))
  const isLost = state === 'unknown' || (battery === null && context.remembered(`battery:${id}`) !== null)
  if (severity === null) return isLost ? unknown(id, 'empty') : pass(id)
  if (isLost && isWeaker(id, severity, context)) return unknown(id, 'empty')
  return fail(id, severity, { controller: id, model: model ?? id, state, battery: battery ?? '', chargePercent })
}

function chargeSeverity(percent: number | null, battery: Controller['battery'], context: Context): Severity | null {
  if (percent === null) return null
  if (battery === 'learning') return percent < context.limit('disk.chargeWarningPercent') ? 'info' : null
  if (percent < context.limit('disk.chargeCriticalPercent')) return 'critical'
  return percent < context.limit('disk.chargeWarningPercent') ? 'warning' : null
}
