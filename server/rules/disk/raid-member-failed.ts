/**
 * A RAID array holds a drive that it has marked as faulty.
 *
 * Limits: any faulty member is a warning, critical when the array survives no further loss. A drive that was taken out entirely is
 * the business of disk/raid-degraded.
 */
import { defineRule, fail, pass } from '../rule.ts'

/** Rule `disk/raid-member-failed`; its limits stand at the top of this file. */
export const raidMemberFailed = defineRule({
  id: 'disk/raid-member-failed',
  needs: ['arrays'],
  limits: [],
  notApplicableWhen: ['unsupported', 'tool-missing'],
  holdMs: 0,
  effortMinutes: 90,
  needsHands: true,
  *evaluate({ arrays }) {
    for (const { name, members, redundancyLeft } of arrays) {
      const faulty = members.filter(({ state }) => state === 'faulty').map(({ device }) => device)
      if (faulty.length === 0) yield pass(name)
      else yield fail(name, redundancyLeft === 0 ? 'critical' : 'warning', { array: name, members: faulty.join(', ') })
    }
  },
})
