/**
 * The machine ended when nobody wanted it to: power lost, frozen, or stopped by its own system (blue screen, kernel panic).
 *
 * Limits: counted over the days that the source looks back (7), `system.crashInfoCount` (1) a note, `system.crashWarningCount` (2) a
 * warning, `system.crashCriticalCount` (5) critical. A system that keeps no record of its ends (containers, some Linux without wtmp)
 * is not judged.
 */
import type { Severity } from '../../../shared/severity.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass } from '../rule.ts'

/** Rule `system/crashes`; its limits stand at the top of this file. */
export const crashes = defineRule({
  id: 'system/crashes',
  needs: ['crashes'],
  limits: ['system.crashInfoCount', 'system.crashWarningCount', 'system.crashCriticalCount'],
  notApplicableWhen: ['unsupported'],
  clearMs: DAY_MS,
  effortMinutes: 60,
  needsHands: false,
  *evaluate({ crashes: { unexpectedShutdowns, systemStops, withinDays } }, context) {
    const stops = systemStops ?? 0
    const count = unexpectedShutdowns + stops
    const severity: Severity | null =
      count >= context.limit('system.crashCriticalCount')
        ? 'critical'
        : count >= context.limit('system.crashWarningCount')
          ? 'warning'
          : count >= context.limit('system.crashInfoCount')
            ? 'info'
            : null
    if (severity === null) yield pass()
    else yield fail('', severity, { ends: count, stops, withinDays })
  },
})
