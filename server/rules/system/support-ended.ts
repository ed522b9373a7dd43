/**
 * The maker of the operating system stops closing its security holes.
 *
 * Limits: end within 365 days a note, 180 a warning, 30 or passed critical (`system.support*Ms`). Extended support that everybody
 * gets (Debian LTS) moves the end; extended support that is bought keeps a passed end at a warning, because only a person knows. A
 * system that the table does not know (rolling releases, derivatives) is unknown. Table: facts/end-of-support.ts with its date.
 */
import type { RuleDetail } from '../../../shared/rule-detail.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

const NOT_IN_TABLE: RuleDetail = 'not-in-support-table'

/** Rule `system/support-ended`; its limits stand at the top of this file. */
export const supportEnded = defineRule({
  id: 'system/support-ended',
  needs: ['os'],
  limits: ['system.supportInfoMs', 'system.supportWarningMs', 'system.supportCriticalMs'],
  clearMs: DAY_MS,
  effortMinutes: 240,
  needsHands: false,
  *evaluate({ os }, context) {
    const support = context.supportOf(os)
    if (support === null) {
      yield unknown('', 'unsupported', NOT_IN_TABLE)
      return
    }
    const { endsAt, extendedAt, free } = support
    const endAt = free && extendedAt !== null ? extendedAt : endsAt
    if (endAt === null) {
      yield pass()
      return
    }
    const soldUntil = free ? null : extendedAt
    const overdue = context.overdue({
      info: endAt - context.limit('system.supportInfoMs'),
      warning: endAt - context.limit('system.supportWarningMs'),
      critical: Math.max(endAt, soldUntil ?? endAt) - context.limit('system.supportCriticalMs'),
    })
    const values = { os: os.name, endsAt: endAt, extendedAt: soldUntil, tableAt: context.supportTableAt }
    yield overdue === null ? pass() : fail('', overdue.severity, values, overdue.since)
  },
})
