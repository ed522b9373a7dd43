/**
 * The machine does not report.
 *
 * Limits by role (`agent.silent*Ms`): server 10 minutes warning, 30 critical; desktop 3 working days, 10 critical; laptop 7 days a
 * note, 21 a warning, 45 critical. Counted from the last report, or from enrollment, by the server's clock, and only while
 * the server itself was listening. One that was found stays found until the machine is heard: a restart of the server is no report.
 */
import { worst } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { defineRule, fail, pass } from '../rule.ts'

/** Rule `agent/silent`; its limits stand at the top of this file. */
export const silent = defineRule({
  id: 'agent/silent',
  needs: ['agent'],
  limits: ['agent.silentInfoMs', 'agent.silentWarningMs', 'agent.silentCriticalMs'],
  holdMs: 0,
  clearMs: 0,
  judgesSilence: true,
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ agent }, context) {
    const lastReportAt = agent.lastReportAt ?? context.facts.machine.enrolledAt
    const overdueFrom = (from: EpochMs) => {
      const after = (ms: number | null) => {
        if (ms === null) return null
        return context.role === 'desktop' ? context.afterWorkingTime(from, ms) : from + ms
      }
      return context.overdue({
        info: after(context.limitOrNull('agent.silentInfoMs')),
        warning: after(context.limit('agent.silentWarningMs')),
        critical: after(context.limit('agent.silentCriticalMs')),
      })
    }
    const heard = overdueFrom(lastReportAt)
    const listened = overdueFrom(Math.max(lastReportAt, agent.listeningSince ?? lastReportAt))
    const values = { lastReportAt, forMs: context.ageMs(lastReportAt) }
    const severity = heard === null ? null : worst(context.open(''), listened?.severity ?? null)
    yield severity === null ? pass() : fail('', severity, values, (listened ?? heard)?.since ?? null)
  },
})
