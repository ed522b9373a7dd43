/**
 * A storage pool (ZFS, btrfs, LVM, Storage Spaces, bcache) runs without a part of itself, or no longer runs.
 *
 * Limits: faulted, or a member faulty or missing: critical after 5 minutes. Degraded without such a member (errors alone), or being
 * rebuilt: warning. A bad member of a pool that calls itself healthy counts. A state that the source does not prove is unknown.
 */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { Severity } from '../../../shared/severity.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `disk/pool-degraded`; its limits stand at the top of this file. */
export const poolDegraded = defineRule({
  id: 'disk/pool-degraded',
  needs: ['pools'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: 5 * MINUTE_MS,
  effortMinutes: 90,
  needsHands: true,
  *evaluate({ pools }) {
    for (const pool of pools) {
      const bad = pool.members.filter(({ state }) => state === 'faulty' || state === 'missing')
      const severity = severityOf(pool, bad.length > 0)
      const members = bad.map(({ device }) => device).join(', ')
      if (severity === 'unknown') yield unknown(pool.name, 'parse')
      else if (severity === null) yield pass(pool.name)
      else yield fail(pool.name, severity, { pool: pool.name, kind: pool.kind, state: pool.state, members })
    }
  },
})

function severityOf({ state, kind }: Pool, hasBad: boolean): Severity | 'unknown' | null {
  if (state === 'faulted') return 'critical'
  if (state === 'rebuilding') return 'warning'
  // LVM and caches do not list their members: degraded says that one is gone.
  if (hasBad || (state === 'degraded' && (kind === 'lvm' || kind === 'storage-spaces'))) return 'critical'
  if (state === 'degraded') return 'warning'
  return state === 'unknown' ? 'unknown' : null
}
