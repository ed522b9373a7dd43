/**
 * No copy leaves the building: a fire or a theft takes the data and its copies.
 *
 * Limits: a note at once, a warning `backup.offsiteWarningMs` (30 days) after enrollment, on servers critical after
 * `backup.offsiteCriticalMs` (90 days). A copy whose place is not known makes it unknown, unless another one is off site. A machine
 * without jobs is the business of backup/none-known.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

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
    if (jobs.some(({ destination }) => destination.offsite === true)) yield pass()
    else if (jobs.some(({ destination }) => destination.offsite === null)) yield unknown('', 'empty')
    else {
      const warning = context.limit('backup.offsiteWarningMs')
      const critical = context.limitOrNull('backup.offsiteCriticalMs')
      const aged = context.aged(context.facts.machine.enrolledAt, { warning, critical })
      yield fail('', aged?.severity ?? 'info', { jobs: jobs.length }, aged?.since ?? null)
    }
  },
})
