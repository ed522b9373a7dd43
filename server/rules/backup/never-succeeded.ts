/**
 * A job has no copy at all.
 *
 * Limits: zero copies is a warning at once (a note during the first `backup.noneWarningMs` since the job was first seen), critical
 * after `backup.noneCriticalMs` (24 hours, workstations 14 days). A job that cannot be read, or does not count its copies, is unknown.
 */
import { blind, defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `backup/never-succeeded`; its limits stand at the top of this file. */
export const neverSucceeded = defineRule({
  id: 'backup/never-succeeded',
  needs: ['jobs'],
  limits: ['backup.noneWarningMs', 'backup.noneCriticalMs'],
  effortMinutes: 60,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const { id, name, status } of jobs) {
      // backup/ping-late judges it from its own beginning.
      if (context.ping(id) !== null) continue
      const success = context.sample(`job:${id}:lastSuccessAt`)
      const counted = context.sample(`job:${id}:copies`)
      const copies = status.state === 'value' ? status.value.copies : null
      const kept = copies ?? (counted.state === 'value' ? counted.value : null)
      if (kept === 0) {
        const since = context.remembered(`job:${id}`)?.since ?? null
        const warning = context.limit('backup.noneWarningMs')
        const critical = context.limit('backup.noneCriticalMs')
        const aged = since === null ? null : context.aged(since, { warning, critical })
        yield fail(id, aged?.severity ?? 'info', { job: name }, aged?.since ?? null)
      } else if (kept !== null || (success.state === 'value' && context.open(id) === null)) yield pass(id)
      else if (status.state !== 'value') yield blind(id, status)
      else yield unknown(id, 'empty')
    }
  },
})
