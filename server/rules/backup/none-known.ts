/**
 * A machine that holds data has no known backup.
 *
 * Limits: fail only when a person says that there is none (`backup.declaredNone`): warning after `backup.noneWarningMs` since
 * enrollment (at once, 3 days on workstations), critical after `backup.noneCriticalMs` (24 hours, 14 days). No known tool, or a tool
 * without a readable job, is not proof of anything: unknown. Synchronisation and snapshots are no backup and change nothing. A machine
 * that provably holds nothing is not judged. A job that is read outweighs what was said.
 */
import type { RuleDetail } from '../../../shared/rule-detail.ts'
import { blind, defineRule, fail, notApplicable, pass, unknown } from '../rule.ts'

const NO_TOOL: RuleDetail = 'no-backup-tool'
const NO_JOB: RuleDetail = 'no-backup-job'
const LOOKALIKES: RuleDetail = 'only-lookalikes'

/** Rule `backup/none-known`; its limits stand at the top of this file. */
export const noneKnown = defineRule({
  id: 'backup/none-known',
  needs: [],
  sees: ['tools', 'jobs', 'lookalikes', 'holdsData'],
  limits: ['backup.declaredNone', 'backup.noneWarningMs', 'backup.noneCriticalMs'],
  effortMinutes: 180,
  needsHands: false,
  *evaluate({ tools, jobs, lookalikes, holdsData }, context) {
    const statuses = jobs.state === 'value' ? jobs.value.map(({ status }) => status) : []
    const [unread] = statuses.filter((status) => status.state !== 'value')
    if (statuses.some((status) => status.state === 'value')) yield pass()
    else if (holdsData.state === 'value' && !holdsData.value.holds) yield notApplicable()
    // Somebody runs something here: neither proof of a backup nor of none.
    else if (unread !== undefined) yield blind('', unread)
    else if (context.flag('backup.declaredNone')) {
      const { enrolledAt } = context.facts.machine
      const warning = context.limit('backup.noneWarningMs')
      const aged = context.aged(enrolledAt, { warning, critical: context.limit('backup.noneCriticalMs') })
      const known = holdsData.state === 'value' ? holdsData.value : { reason: 'not-known', detail: '' }
      yield fail('', aged?.severity ?? 'info', { reason: known.reason, detail: known.detail }, aged?.since ?? null)
    } else if (jobs.state === 'failed') yield unknown('', jobs.code, jobs.detail, jobs.source)
    else if (tools.state === 'failed') yield unknown('', tools.code, tools.detail, tools.source)
    else if (lookalikes.state === 'value' && lookalikes.value.length > 0) yield unknown('', 'empty', LOOKALIKES)
    else yield unknown('', 'empty', tools.state === 'value' && tools.value.length > 0 ? NO_JOB : NO_TOOL)
  },
})
