/** What a list of updates no longer proves once it is old: that nothing waits (collectors.md 3.3). Pure. */
import { isoOf } from '../facts/instant-detail.ts'
import type { RuleContext } from './context.ts'
import { pass, unknown, type Verdict } from './verdict.ts'

/**
 * The verdict where nothing bad stands in the list of updates: a pass while the list is fresh. Older than `longestMs` it is
 * stale, with the instant of its last refresh; an age that failed is unknown too. A source that never tells the age leaves the pass.
 */
export function passByList(context: RuleContext<never>, longestMs: number): Verdict<never> {
  const told = context.sample('list:refreshedAt')
  if (told.state === 'absent') return pass()
  if (told.state === 'failed') return unknown('', told.code, told.detail)
  const isOld = context.isPast(told.value + longestMs)
  return isOld ? unknown('', 'stale', isoOf(told.value)) : pass()
}
