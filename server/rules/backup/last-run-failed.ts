/**
 * The last finished run of a job failed, or left something out.
 *
 * Limits: failed is a warning, `backup.failedInRowCount` (3) in a row critical. Partial (restic exit 3) is a note, a warning at 3 in
 * a row, critical after `backup.partialCriticalMs` (14 days) of partial runs. A source that tells copies and no results is not judged.
 */
import { blind, defineRule, fail, lacking, pass, type RuleContext } from '../rule.ts'

const LIMITS = ['backup.failedInRowCount', 'backup.partialCriticalMs'] as const

/** Rule `backup/last-run-failed`; its limits stand at the top of this file. */
export const lastRunFailed = defineRule({
  id: 'backup/last-run-failed',
  needs: ['jobs'],
  limits: LIMITS,
  holdMs: 0,
  clearMs: 0,
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const { id, name, status } of jobs) {
      if (status.state !== 'value') yield blind(id, status)
      else if (status.value.lastResult === null) yield lacking(id, context, context.remembered(`run:${id}`) !== null)
      else if (status.value.lastResult === 'success') yield pass(id)
      else {
        const result = status.value.lastResult
        const run = context.sample(`job:${id}:lastRunAt`)
        const { severity, since } = result === 'failed' ? judgeFailed(id, context) : judgePartial(id, context)
        yield fail(id, severity, { job: name, result, lastRunAt: run.state === 'value' ? run.value : null }, since)
      }
    }
  },
})

type Context = RuleContext<(typeof LIMITS)[number]>

function judgeFailed(id: string, context: Context) {
  const ping = context.ping(id)
  const inRow = ping?.failedInRow ?? context.remembered(`failed:${id}`)?.value ?? 1
  const isCritical = inRow >= context.limit('backup.failedInRowCount')
  return { severity: isCritical ? 'critical' : 'warning', since: ping?.failedAt ?? null } as const
}

function judgePartial(id: string, context: Context) {
  const entry = context.remembered(`partial:${id}`)
  const aged =
    entry === null ? null : context.aged(entry.since, { critical: context.limit('backup.partialCriticalMs') })
  if (aged !== null) return aged
  const isWarning = (entry?.value ?? 1) >= context.limit('backup.failedInRowCount')
  return { severity: isWarning ? 'warning' : 'info', since: null } as const
}
