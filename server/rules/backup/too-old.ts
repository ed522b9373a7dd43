/**
 * The last good copy of a job is older than its rhythm allows. A partial run is not a good copy.
 *
 * Limits: past `backup.lateFactorPercent` (150) of the rhythm a warning, past `backup.lostFactorPercent` (300) critical. A job of a
 * server that runs at least daily: at most 30 and 48 hours; workstations count working days, and at most 7 days (laptops 14)
 * (`backup.lateMostMs`, `backup.lostMostMs`). Rhythm: the job's own, else `backup.everyMs` of the role. A job that can be read and
 * tells no time is unknown; one that has no copy at all is the business of backup/never-succeeded.
 */
import type { Job } from '../../../shared/checks/backup.ts'
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import {
  blind,
  type Deadlines,
  defineRule,
  fail,
  lackingSample,
  notApplicable,
  pass,
  type RuleContext,
  unknown,
} from '../rule.ts'

const LIMITS = [
  'backup.everyMs',
  'backup.lateFactorPercent',
  'backup.lostFactorPercent',
  'backup.lateMostMs',
  'backup.lostMostMs',
] as const
type Context = RuleContext<(typeof LIMITS)[number]>

/** Rule `backup/too-old`; its limits stand at the top of this file. */
export const tooOld = defineRule({
  id: 'backup/too-old',
  needs: ['jobs'],
  limits: LIMITS,
  holdMs: HOUR_MS,
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const job of jobs) {
      // backup/ping-late judges it by its own period.
      if (context.ping(job.id) !== null) continue
      const told = context.sample(`job:${job.id}:lastSuccessAt`)
      if (told.state === 'value') {
        const everyMs = job.expectedEveryMs ?? context.limit('backup.everyMs')
        const overdue = context.overdue(deadlinesOf(told.value, everyMs, context))
        const values = { job: job.name, ageMs: context.ageMs(told.value), lastSuccessAt: told.value, everyMs }
        yield overdue === null ? pass(job.id) : fail(job.id, overdue.severity, values, overdue.since)
      } else yield withoutTime(job, told, context)
    }
  },
})

function deadlinesOf(from: EpochMs, everyMs: number, context: Context): Deadlines {
  const lateMs = (everyMs * context.limit('backup.lateFactorPercent')) / 100
  const lostMs = (everyMs * context.limit('backup.lostFactorPercent')) / 100
  if (everyMs > DAY_MS && context.role !== 'laptop') return { warning: from + lateMs, critical: from + lostMs }
  const lateMost = from + Math.max(everyMs, context.limit('backup.lateMostMs'))
  const lostMost = from + Math.max(everyMs, context.limit('backup.lostMostMs'))
  const after = (ms: number) => (context.role === 'server' ? from + ms : context.afterWorkingTime(from, ms))
  return { warning: Math.min(after(lateMs), lateMost), critical: Math.min(after(lostMs), lostMost) }
}

function withoutTime(job: Job, told: Exclude<ReturnType<Context['sample']>, { state: 'value' }>, context: Context) {
  if (job.status.state !== 'value') return blind(job.id, job.status)
  if (told.state === 'failed') return lackingSample(job.id, context, told)
  if (job.status.value.copies === 0 && context.open(job.id) === null) return notApplicable(job.id)
  return unknown(job.id, 'empty')
}
