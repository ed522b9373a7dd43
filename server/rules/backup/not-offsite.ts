/**
 * No copy leaves the building: a fire or a theft takes the data and its copies.
 *
 * Limits: a note at once, a warning `backup.offsiteWarningMs` (30 days) after enrollment, on servers critical after
 * `backup.offsiteCriticalMs` (90 days). A copy whose place is not known, or a job off
 * site that proves no copy, makes it unknown, unless another one is proven off site. A machine
 * without jobs is the business of backup/none-known.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { copyOf, defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `backup/not-offsite`; its limits stand at the top of this file. */
export const notOffsite = defineRule({
  id: 'backup/not-offsite',
  needs: ['jobs'],
  limits: ['backup.offsiteWarningMs', 'backup.offsiteCriticalMs'],
  clearMs: DAY_MS,
  effortMinutes: 120,
  needsHands: false,
  *evaluate({ jobs }, context) {
    if (jobs.length === 0) return
    const copies = jobs.map((job) => ({ offsite: job.destination.offsite, copy: copyOf(job, context) }))
    if (copies.some(({ offsite, copy }) => offsite === true && copy === 'proven')) yield pass()
    else if (copies.some(({ offsite, copy }) => offsite !== false && copy !== 'none')) yield unknown('', 'empty')
    else {
      const warning = context.limit('backup.offsiteWarningMs')
      const critical = context.limitOrNull('backup.offsiteCriticalMs')
      const aged = context.aged(context.facts.machine.enrolledAt, { warning, critical })
      yield fail('', aged?.severity ?? 'info', { jobs: jobs.length }, aged?.since ?? null)
    }
  },
})
