/**
 * A security update has been waiting for too long.
 *
 * Limits: age of the oldest one since it was first seen here, 7 days a note, 14 a warning, 30 critical (`patch.security*Ms`).
 * Updates that already waited at first sight may be older than they look: until the first limit passes, needs history.
 * A list of updates older than `patch.listWarningMs` (7 days) cannot prove that nothing waits: then it is unknown.
 */
import { defineRule, fail, passByList, unknown } from '../rule.ts'

/** Rule `patch/security-overdue`; its limits stand at the top of this file. */
export const securityOverdue = defineRule({
  id: 'patch/security-overdue',
  needs: ['updates'],
  limits: ['patch.listWarningMs', 'patch.securityInfoMs', 'patch.securityWarningMs', 'patch.securityCriticalMs'],
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ updates }, context) {
    if (updates.security === 0) {
      yield passByList(context, context.limit('patch.listWarningMs'))
      return
    }
    const watched = context.remembered('read:updates')
    const waiting = updates.securityUpdates.flatMap(({ name }) => {
      const since = context.remembered(`security:${name}`)?.since
      return since === undefined ? [] : [{ name, since }]
    })
    const oldest = waiting.reduce<number | null>(
      (least, { since }) => (least === null || since < least ? since : least),
      null,
    )
    if (oldest === null || watched === null) {
      yield unknown('', 'needs-history')
      return
    }
    const aged = context.aged(oldest, {
      info: context.limit('patch.securityInfoMs'),
      warning: context.limit('patch.securityWarningMs'),
      critical: context.limit('patch.securityCriticalMs'),
    })
    const names = waiting.filter(({ since }) => since === oldest).map(({ name }) => name)
    const values = {
      count: updates.security,
      oldestSince: oldest,
      ageMs: context.ageMs(oldest),
      names: names.slice(0, 5).join(', '),
    }
    if (aged !== null) yield fail('', aged.severity, values, aged.since)
    else
      yield oldest > watched.since
        ? passByList(context, context.limit('patch.listWarningMs'))
        : unknown('', 'needs-history')
  },
})
