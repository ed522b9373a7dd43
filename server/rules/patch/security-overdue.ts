/**
 * A security update has been waiting for too long.
 *
 * Limits: age of the oldest one, 7 days a note, 14 a warning, 30 critical (`patch.security*Ms`). It counts from its publication where
 * the source tells it, and from its first sight here otherwise, whichever is earlier.
 * Updates that already waited at first sight may be older than they look: until the first limit passes, needs history.
 * A list of updates older than `patch.listWarningMs` (7 days) cannot prove that nothing waits: then it is unknown.
 */
import type { Updates } from '../../../shared/checks/patch.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { defineRule, fail, managerOf, passByList, type RuleContext, unknown } from '../rule.ts'

/** Rule `patch/security-overdue`; its limits stand at the top of this file. */
export const securityOverdue = defineRule({
  id: 'patch/security-overdue',
  needs: ['updates'],
  sees: ['manager'],
  limits: ['patch.listWarningMs', 'patch.securityInfoMs', 'patch.securityWarningMs', 'patch.securityCriticalMs'],
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ updates, manager }, context) {
    const count = updates.security
    if (count === null || count === 0) {
      const why = 'which of the waiting updates are for security is not told'
      yield count === 0 ? passByList(context, context.limit('patch.listWarningMs')) : unknown('', 'unsupported', why)
      return
    }
    const watched = context.remembered('read:updates')
    const { oldest, isPublished, names } = oldestOf(updates, context)
    if (oldest === null || watched === null) {
      yield unknown('', 'needs-history')
      return
    }
    const aged = context.aged(oldest, {
      info: context.limit('patch.securityInfoMs'),
      warning: context.limit('patch.securityWarningMs'),
      critical: context.limit('patch.securityCriticalMs'),
    })
    const values = {
      count,
      oldestSince: oldest,
      ageMs: context.ageMs(oldest),
      names: names.slice(0, 5).join(', '),
      manager: managerOf(manager),
    }
    if (aged !== null) yield fail('', aged.severity, values, aged.since)
    else
      yield isPublished || oldest > watched.since
        ? passByList(context, context.limit('patch.listWarningMs'))
        : unknown('', 'needs-history')
  },
})

type Oldest = { readonly oldest: EpochMs | null; readonly isPublished: boolean; readonly names: readonly string[] }

/** `names`: those seen for longest, or the first of them where the publication of one is older than any sight. */
function oldestOf({ securityUpdates }: Updates, context: RuleContext<never>): Oldest {
  const waiting = securityUpdates.flatMap(({ name }) => {
    const since = context.remembered(`security:${name}`)?.since
    return since === undefined ? [] : [{ name, since }]
  })
  const told = context.sample('security:oldestAt')
  const published = told.state === 'value' ? told.value : null
  const seen = waiting.reduce<EpochMs | null>(
    (least, { since }) => (least === null || since < least ? since : least),
    null,
  )
  const isPublished = published !== null
  if (published !== null && (seen === null || published < seen))
    return { oldest: published, isPublished, names: securityUpdates.map(({ name }) => name) }
  return { oldest: seen, isPublished, names: waiting.filter(({ since }) => since === seen).map(({ name }) => name) }
}
