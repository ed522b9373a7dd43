/**
 * What a backup job did has been unreadable for a day: missing rights, a lock that stayed, a tool that does not answer.
 *
 * Limits: unknown at first, a warning after `backup.unreadableMs` (24 hours): a backup that nobody can see is not proven. One that was
 * switched off on purpose is unknown and no more.
 */
import { blind, defineRule, fail, pass } from '../rule.ts'

/** Rule `backup/status-unreadable`; its limits stand at the top of this file. */
export const statusUnreadable = defineRule({
  id: 'backup/status-unreadable',
  needs: ['jobs'],
  limits: ['backup.unreadableMs'],
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ jobs }, context) {
    for (const { id, name, status } of jobs) {
      const entry = context.remembered(`unreadable:${id}`)
      const aged = entry === null ? null : context.aged(entry.since, { warning: context.limit('backup.unreadableMs') })
      if (status.state === 'value') yield pass(id)
      else if (aged !== null) yield fail(id, aged.severity, { job: name }, aged.since)
      else yield blind(id, status)
    }
  },
})
