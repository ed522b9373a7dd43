/**
 * A job that reports to a ping address has not reported a success in time: it failed, hangs, was switched off, or cannot reach the server.
 *
 * Limits: those of the ping itself. Later than its period and its grace a warning, one more period later critical, counted from the
 * newest success. One that was never heard is unknown until period and grace have passed since it was made. The start of a run is no life.
 */
import type { RuleDetail } from '../../../shared/rule-detail.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

const NOT_PINGED: RuleDetail = 'not-pinged'

/** Rule `backup/ping-late`; its limits stand at the top of this file. */
export const pingLate = defineRule({
  id: 'backup/ping-late',
  needs: [],
  limits: [],
  // The server itself waits for the call: a silent agent explains nothing.
  dependsOn: [],
  holdMs: 0,
  clearMs: 0,
  effortMinutes: 45,
  needsHands: false,
  *evaluate(_, context) {
    for (const { id, ping } of context.pings()) {
      const { name, everyMs, graceMs, succeededAt, createdAt } = ping
      const warning = (succeededAt ?? createdAt) + everyMs + graceMs
      const overdue = context.overdue({ warning, critical: warning + everyMs })
      if (overdue !== null) {
        const ageMs = context.ageMs(succeededAt ?? createdAt)
        const values = { job: name, ageMs, lastSuccessAt: succeededAt, createdAt, everyMs, graceMs }
        yield fail(id, overdue.severity, values, overdue.since)
      } else yield succeededAt === null ? unknown(id, 'empty', NOT_PINGED) : pass(id)
    }
  },
})
