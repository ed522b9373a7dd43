/**
 * A pool with checksums (ZFS, btrfs) has not been read through for a long time: silent damage is found by nobody.
 *
 * Limits: `disk.scrubWarningMs` (45 days) warning, `disk.scrubCriticalMs` (120 days) critical, since the last finished scrub; a pool that
 * never had one is counted from its first sight: until the first limit it needs history. Pools without scrubs are not judged.
 */
import type { Pool } from '../../../shared/checks/disk.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, notApplicable, pass, type RuleContext, unknown } from '../rule.ts'

type Context = RuleContext<'disk.scrubWarningMs' | 'disk.scrubCriticalMs'>

/** Rule `disk/scrub-old`; its limits stand at the top of this file. */
export const scrubOld = defineRule({
  id: 'disk/scrub-old',
  needs: ['pools'],
  limits: ['disk.scrubWarningMs', 'disk.scrubCriticalMs'],
  notApplicableWhen: ['unsupported'],
  clearMs: DAY_MS,
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ pools }, context) {
    for (const pool of pools) yield judge(pool, context)
  },
})

function judge({ name, kind, lastScrub }: Pool, context: Context) {
  if (kind !== 'zfs' && kind !== 'btrfs') return notApplicable(name)
  const told = context.sample(`pool:${name}:scrubbedAt`)
  const limits = { warning: context.limit('disk.scrubWarningMs'), critical: context.limit('disk.scrubCriticalMs') }
  if (told.state === 'value') {
    const aged = context.aged(told.value, limits)
    if (aged === null) return pass(name)
    return fail(
      name,
      aged.severity,
      { pool: name, kind, scrubbedAt: told.value, ageMs: context.ageMs(told.value) },
      aged.since,
    )
  }
  if (told.state === 'failed') return unknown(name, told.code, told.detail)
  // A result without its date: something was scrubbed, nobody knows when.
  if (lastScrub !== null && lastScrub !== 'canceled') return unknown(name, 'empty')
  const entry = context.remembered(`pool:${name}`)
  const aged = entry === null ? null : context.aged(entry.since, limits)
  if (entry === null || aged === null) return unknown(name, 'needs-history')
  return fail(
    name,
    aged.severity,
    { pool: name, kind, scrubbedAt: null, ageMs: context.ageMs(entry.since) },
    aged.since,
  )
}
