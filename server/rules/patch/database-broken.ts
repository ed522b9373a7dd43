/**
 * The package database is broken: nothing can be installed until it is repaired.
 *
 * Limits: broken is a note at once, a warning after `patch.brokenWarningMs` (24 hours), critical after `patch.brokenCriticalMs`
 * (7 days). Systems without a package database (Windows, macOS) have nothing to judge.
 */
import { defineRule, fail, managerOf, pass } from '../rule.ts'

/** Rule `patch/database-broken`; its limits stand at the top of this file. */
export const databaseBroken = defineRule({
  id: 'patch/database-broken',
  needs: ['database'],
  sees: ['manager'],
  notApplicableWhen: ['unsupported'],
  limits: ['patch.brokenWarningMs', 'patch.brokenCriticalMs'],
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ database, manager }, context) {
    if (!database.broken) {
      yield pass()
      return
    }
    const since = context.remembered('broken')?.since ?? null
    const warning = context.limit('patch.brokenWarningMs')
    const critical = context.limit('patch.brokenCriticalMs')
    const aged = since === null ? null : context.aged(since, { warning, critical })
    const problems = database.problems.slice(0, 5).join(', ')
    yield fail('', aged?.severity ?? 'info', { problems, manager: managerOf(manager) }, aged?.since ?? null)
  },
})
