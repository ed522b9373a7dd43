/**
 * A run of a job began and has not ended: it hangs, or was killed and nobody noticed.
 *
 * Limits: a warning after `backup.runningWarningMs` (6 hours), critical after `backup.runningCriticalMs` (24 hours), both at least twice
 * what the job usually takes. A tool that tells no running run is not judged; once a finding is open, only a run that ended closes it.
 */
import type { Job } from '../../../shared/checks/backup.ts'
import { blind, defineRule, fail, notApplicable, pass, type RuleContext, unknown } from '../rule.ts'

const LIMITS = ['backup.runningWarningMs', 'backup.runningCriticalMs'] as const
type Context = RuleContext<(typeof LIMITS)[number]>

/** Rule `backup/running-long`; its limits stand at the top of this file. */
export const runningLong = defineRule({
  id: 'backup/running-long',
  needs: ['jobs'],
  limits: LIMITS,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const job of jobs) yield judge(job, context)
  },
})

function judge({ id, name, status }: Job, context: Context) {
  const started = context.sample(`job:${id}:startedAt`)
  if (started.state === 'failed') return unknown(id, started.code, started.detail)
  if (started.state === 'absent') {
    if (context.open(id) === null) return notApplicable(id)
    if (status.state !== 'value') return blind(id, status)
    return status.value.lastResult === null ? unknown(id, 'empty') : pass(id)
  }
  const usual = context.sample(`job:${id}:durationMs`)
  const least = usual.state === 'value' ? 2 * usual.value : 0
  const warning = started.value + Math.max(least, context.limit('backup.runningWarningMs'))
  const critical = started.value + Math.max(least, context.limit('backup.runningCriticalMs'))
  const overdue = context.overdue({ warning, critical })
  if (overdue === null) return pass(id)
  const values = { job: name, ageMs: context.ageMs(started.value), startedAt: started.value }
  return fail(id, overdue.severity, values, overdue.since)
}
