/**
 * An update is tried again and again, and fails.
 *
 * Limits: `patch.failingCount` (3) failures in a row a warning, critical once it has gone on for `patch.failingCriticalMs` (30 days).
 * A system that keeps no history of failures has nothing to judge.
 */
import { defineRule, fail, managerOf, pass } from '../rule.ts'

/** Rule `patch/update-failing`; its limits stand at the top of this file. */
export const updateFailing = defineRule({
  id: 'patch/update-failing',
  needs: ['failing'],
  sees: ['manager'],
  limits: ['patch.failingCount', 'patch.failingCriticalMs'],
  notApplicableWhen: ['unsupported'],
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ failing, manager }, context) {
    const most = context.limit('patch.failingCount')
    const stuck = failing.filter(({ times }) => times >= most)
    if (stuck.length === 0) {
      yield pass()
      return
    }
    const times = Math.max(...stuck.map((update) => update.times))
    const sinces = stuck.flatMap(({ name }) => context.remembered(`failing:${name}`)?.since ?? [])
    const since = sinces.length === 0 ? null : Math.min(...sinces)
    const aged = since === null ? null : context.aged(since, { critical: context.limit('patch.failingCriticalMs') })
    const names = stuck.slice(0, 5).map(({ name }) => name)
    const values = { count: stuck.length, times, names: names.join(', '), manager: managerOf(manager) }
    yield fail('', aged?.severity ?? 'warning', values, aged?.since ?? null)
  },
})
