/**
 * Installed updates wait for a restart.
 *
 * Limits: since it was first seen, 3 days a note, 7 a warning, 14 critical (servers 30) (`patch.reboot*Ms`). A restart that was
 * already due at first sight may be older: until the first limit passes, needs history. Not applicable in containers.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, managerOf, pass, unknown } from '../rule.ts'

/** Rule `patch/reboot-pending`; its limits stand at the top of this file. */
export const rebootPending = defineRule({
  id: 'patch/reboot-pending',
  needs: ['reboot'],
  sees: ['manager'],
  limits: ['patch.rebootInfoMs', 'patch.rebootWarningMs', 'patch.rebootCriticalMs'],
  notApplicableWhen: ['unsupported'],
  clearMs: 10 * MINUTE_MS,
  effortMinutes: 20,
  needsHands: false,
  *evaluate({ reboot, manager }, context) {
    if (!reboot.required) {
      yield pass()
      return
    }
    const since = context.remembered('reboot')?.since ?? null
    const watched = context.remembered('read:reboot')
    if (since === null || watched === null) {
      yield unknown('', 'needs-history')
      return
    }
    const aged = context.aged(since, {
      info: context.limit('patch.rebootInfoMs'),
      warning: context.limit('patch.rebootWarningMs'),
      critical: context.limit('patch.rebootCriticalMs'),
    })
    const values = {
      forMs: context.ageMs(since),
      since,
      reasons: reboot.reasons.join(', '),
      running: reboot.runningKernel ?? '',
      installed: reboot.installedKernel ?? '',
      manager: managerOf(manager),
    }
    if (aged !== null) yield fail('', aged.severity, values, aged.since)
    else yield since > watched.since ? pass() : unknown('', 'needs-history')
  },
})
