/**
 * The only copy lies on the same physical disk as what it copies: when the disk dies, both are gone.
 *
 * Limits: a warning, critical on servers. Another job of this machine with a proven copy elsewhere makes it fine. Not known where, or a
 * job elsewhere that could not be read: unknown.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { copyOf, defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `backup/same-disk`; its limits stand at the top of this file. */
export const sameDisk = defineRule({
  id: 'backup/same-disk',
  needs: ['jobs'],
  limits: [],
  clearMs: DAY_MS,
  effortMinutes: 90,
  needsHands: true,
  *evaluate({ jobs }, context) {
    const elsewhere = jobs.filter(({ destination }) => destination.sameDisk === false)
    const isElsewhere = elsewhere.some((job) => copyOf(job, context) === 'proven')
    const mayBeElsewhere = elsewhere.some((job) => copyOf(job, context) === 'unknown')
    for (const { id, name, destination } of jobs) {
      if (isElsewhere) yield pass(id)
      else if (destination.sameDisk !== true || mayBeElsewhere) yield unknown(id, 'empty')
      else {
        const values = { job: name, destination: destination.label ?? '' }
        yield fail(id, context.role === 'server' ? 'critical' : 'warning', values)
      }
    }
  },
})
