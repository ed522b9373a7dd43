/**
 * A storage pool has counted errors of its devices, or has lost data.
 *
 * Limits: known lost data, or a scrub that could not repair everything: critical. Any counted error, or a scrub that repaired
 * something: warning; critical when a counter grew within 7 days. Counters that the source does not give: unknown for ZFS and btrfs,
 * which keep them; LVM, Storage Spaces and bcache are not judged here.
 */
import type { Pool } from '../../../shared/checks/disk.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, lacking, notApplicable, pass, type RuleContext, unknown } from '../rule.ts'

const COUNTERS = ['readErrors', 'writeErrors', 'checksumErrors'] as const

/** Rule `disk/pool-errors`; its limits stand at the top of this file. */
export const poolErrors = defineRule({
  id: 'disk/pool-errors',
  needs: ['pools'],
  limits: [],
  notApplicableWhen: ['unsupported'],
  holdMs: 0,
  effortMinutes: 90,
  needsHands: true,
  *evaluate({ pools }, context) {
    for (const pool of pools) yield judge(pool, context)
  },
})

function judge(pool: Pool, context: RuleContext<never>) {
  const { name, kind, readErrors, writeErrors, checksumErrors, dataErrors, lastScrub, members } = pool
  const entries = COUNTERS.map((counter) => context.remembered(`pool:${name}:${counter}`))
  const grewBy = Math.max(0, ...entries.map((entry) => (entry === null ? 0 : context.grown(entry, 7 * DAY_MS).by)))
  const counted = Math.max(
    0,
    ...COUNTERS.map((counter) => pool[counter] ?? 0),
    ...members.map(({ errors }) => errors ?? 0),
  )
  const isLost = (dataErrors ?? 0) > 0 || lastScrub === 'errors'
  if (isLost || counted > 0 || lastScrub === 'repaired') {
    const severity = isLost || grewBy > 0 ? 'critical' : 'warning'
    const numbers = {
      readErrors,
      writeErrors,
      checksumErrors,
      dataErrors,
      lastScrub,
      grewBy: grewBy > 0 ? grewBy : null,
    }
    return fail(name, severity, { pool: name, kind, ...numbers })
  }
  const wasTold = COUNTERS.some((counter, index) => pool[counter] === null && entries[index] !== null)
  if (wasTold) return lacking(name, context, true)
  if (kind !== 'zfs' && kind !== 'btrfs') return lastScrub === null ? notApplicable(name) : pass(name)
  const isTold = COUNTERS.every((counter) => pool[counter] !== null) && (kind === 'btrfs' || dataErrors !== null)
  return isTold || (lastScrub === 'clean' && dataErrors === 0) ? pass(name) : unknown(name, 'empty')
}
