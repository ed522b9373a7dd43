/**
 * The health of a drive has been unreadable for days: a controller or USB bridge hides it, or the agent may not ask.
 *
 * Limits: unknown at first, a warning after `disk.unreadableMs` (7 days): blindness is a risk that somebody must end. A sleeping
 * drive is not unreadable; a virtual drive has no health.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { blind, defineRule, driveName, fail, notApplicable, pass, unverdicted } from '../rule.ts'

/** Rule `disk/health-unreadable`; its limits stand at the top of this file. */
export const healthUnreadable = defineRule({
  id: 'disk/health-unreadable',
  needs: ['drives'],
  limits: ['disk.unreadableMs'],
  clearMs: DAY_MS,
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ drives }, context) {
    for (const drive of drives) {
      const { key, kind, smart } = drive
      const entry = context.remembered(`unreadable:${key}`)
      const aged = entry === null ? null : context.aged(entry.since, { warning: context.limit('disk.unreadableMs') })
      if (kind === 'virtual' && context.open(key) === null) yield notApplicable(key)
      else if (aged !== null)
        yield fail(key, aged.severity, { drive: driveName(drive), device: drive.device }, aged.since)
      else if (smart.state !== 'value') yield blind(key, smart)
      else yield entry === null ? pass(key) : unverdicted(drive)
    }
  },
})
