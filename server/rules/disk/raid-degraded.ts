/**
 * A RAID array runs with fewer drives than it should.
 *
 * Limits: fewer active members than wanted, or inactive: critical after 5 minutes; while it rebuilds: warning. An array whose state
 * the source does not name is unknown.
 */
import type { RaidArray } from '../../../shared/checks/disk.ts'
import type { Severity } from '../../../shared/severity.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `disk/raid-degraded`; its limits stand at the top of this file. */
export const raidDegraded = defineRule({
  id: 'disk/raid-degraded',
  needs: ['arrays'],
  limits: [],
  notApplicableWhen: ['unsupported', 'tool-missing'],
  holdMs: 5 * MINUTE_MS,
  effortMinutes: 90,
  needsHands: true,
  *evaluate({ arrays }) {
    for (const array of arrays) {
      const severity = severityOf(array)
      if (severity === 'unknown') yield unknown(array.name, 'parse')
      else if (severity === null) yield pass(array.name)
      else {
        yield fail(array.name, severity, {
          array: array.name,
          level: array.level ?? '',
          active: array.membersActive,
          wanted: array.membersWanted,
          state: array.state,
          redundancyLeft: array.redundancyLeft,
        })
      }
    }
  },
})

function severityOf({ state, members, membersActive, membersWanted }: RaidArray): Severity | 'unknown' | null {
  if (state === 'rebuilding') return 'warning'
  if (state === 'degraded' || state === 'inactive') return 'critical'
  if (membersActive !== null && membersWanted !== null && membersActive < membersWanted) return 'critical'
  // A source that names a missing member and still calls the array healthy is not believed.
  if (members.some((member) => member.state === 'missing')) return 'critical'
  return state === 'unknown' ? 'unknown' : null
}
