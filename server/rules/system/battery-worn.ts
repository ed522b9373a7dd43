/**
 * The battery holds much less than when it was new.
 *
 * Limits: under `system.batteryWarningPercent` (60) of its design warning, under `system.batteryCriticalPercent` (40) critical.
 * A battery whose maker's check asks for service is a warning; where no capacity is told, that check alone judges. One that tells
 * neither is unknown; a machine without one is not judged.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `system/battery-worn`; its limits stand at the top of this file. */
export const batteryWorn = defineRule({
  id: 'system/battery-worn',
  needs: ['batteries'],
  limits: ['system.batteryWarningPercent', 'system.batteryCriticalPercent'],
  notApplicableWhen: ['unsupported', 'tool-missing'],
  holdMs: DAY_MS,
  clearMs: DAY_MS,
  effortMinutes: 45,
  needsHands: true,
  *evaluate({ batteries }, context) {
    const warning = context.limit('system.batteryWarningPercent')
    const critical = context.limit('system.batteryCriticalPercent')
    for (const { name, designCapacity, fullCapacity, condition } of batteries) {
      if (designCapacity === null || fullCapacity === null || designCapacity === 0) {
        if (condition === 'service') yield fail(name, 'warning', { battery: name, healthPercent: null })
        else yield condition === 'normal' ? pass(name) : unknown(name, 'empty')
        continue
      }
      const healthPercent = (fullCapacity / designCapacity) * 100
      const judged = context.below(name, healthPercent, { warning, critical }, 0)
      const severity = judged ?? (condition === 'service' ? 'warning' : null)
      yield severity === null ? pass(name) : fail(name, severity, { battery: name, healthPercent })
    }
  },
})
