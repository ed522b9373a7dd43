/**
 * The newest copy is empty, or much smaller than usual: something was not copied.
 *
 * Limits: empty, or below the size that the person who set the job up asked for: critical. Smaller than the median of 30 days by
 * `backup.shrinkWarningPercent` (30) a warning, by `backup.shrinkCriticalPercent` (70) critical. Without three days of history, and
 * without a minimum to compare with, needs history. A job that tells no size is not judged.
 */
import type { Job } from '../../../shared/checks/backup.ts'
import type { Severity } from '../../../shared/severity.ts'
import { blind, defineRule, fail, isWeaker, lacking, lackingSample, pass, type RuleContext, unknown } from '../rule.ts'

const LIMITS = ['backup.shrinkWarningPercent', 'backup.shrinkCriticalPercent'] as const
type Context = RuleContext<(typeof LIMITS)[number]>

/** Rule `backup/too-small`; its limits stand at the top of this file. */
export const tooSmall = defineRule({
  id: 'backup/too-small',
  needs: ['jobs'],
  limits: LIMITS,
  holdMs: 0,
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const job of jobs) yield judge(job, context)
  },
})

function judge({ id, name, status }: Job, context: Context) {
  const told = context.sample(`job:${id}:bytes`)
  const entry = context.remembered(`bytes:${id}`)
  const isBelowMinimum = status.state === 'value' ? status.value.tooSmall : null
  const hadMinimum = context.remembered(`minimum:${id}`) !== null
  const usualBytes = entry === null ? null : context.usual(entry)
  const bytes = told.state === 'value' ? told.value : null
  if (isBelowMinimum === true || bytes === 0) return fail(id, 'critical', { job: name, bytes: bytes ?? 0, usualBytes })
  if (status.state !== 'value') return blind(id, status)
  if (told.state === 'absent') return lacking(id, context, entry !== null || hadMinimum)
  if (told.state !== 'value') return lackingSample(id, context, told)
  if (usualBytes === null || usualBytes === 0) {
    return isBelowMinimum === false ? pass(id) : unknown(id, 'needs-history')
  }
  const severity = shrinkSeverity((1 - told.value / usualBytes) * 100, context)
  // A minimum that is no longer judged must not make what it found look better.
  const isLost = isBelowMinimum === null && hadMinimum && isWeaker(id, severity ?? 'info', context)
  if (isLost) return unknown(id, 'empty')
  return severity === null ? pass(id) : fail(id, severity, { job: name, bytes: told.value, usualBytes })
}

function shrinkSeverity(lostPercent: number, context: Context): Severity | null {
  if (lostPercent >= context.limit('backup.shrinkCriticalPercent')) return 'critical'
  return lostPercent >= context.limit('backup.shrinkWarningPercent') ? 'warning' : null
}
