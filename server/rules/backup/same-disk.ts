/**
 * The only copy lies on the same physical disk as what it copies: when the disk dies, both are gone.
 *
 * Limits: a warning, critical on servers. Another job of this machine with a copy elsewhere makes it fine. Not known where: unknown.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `backup/same-disk`; its limits stand at the top of this file. */
export const sameDisk = defineRule({
  id: 'backup/same-disk',
  needs: ['jobs'],
  limits: [],
  clearMs: DAY_MS,
  effortMinutes: 90,
  needsHands: true,
  *evaluate({ jobs }, context) {
    const isElsewhere = jobs.some(({ destination }) => destination.sameDisk === false)
    for (const { id, name, destination } of jobs) {
      if (isElsewhere) yield pass(id)
      else if (destination.sameDisk === null) yield unknown(id, 'empty')
      else {
        const values = { job: name, destination: destination.label ?? '' }
        yield fail(id, context.role === 'server' ? 'critical' : 'warning', values)
      }
    }
  },
})
