/**
 * A volume is short of space.
 *
 * Limits: used 85 % warning, 92 % critical, each only while free space is also under a guard (system disk 20 and 8 GB; data volume
 * 10 GB or 2 %, whichever is more); and, whatever the size, free under 5 % warning, under 3 % critical, or under 1 GB on the system
 * disk critical. Over 5 points below a limit, free above 8 %. Keys: `disk.space*`, `disk.*Guard*`, `disk.free*`,
 * `disk.systemFloorBytes`. Free is what a user can still write. A volume that is read-only on purpose is not judged.
 */
import type { Volume } from '../../../shared/checks/disk.ts'
import { worst } from '../../../shared/severity.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { blind, defineRule, fail, lackingSample, notApplicable, pass, type RuleContext, unknown } from '../rule.ts'

const LIMITS = [
  'disk.spaceWarningPercent',
  'disk.spaceCriticalPercent',
  'disk.spaceClearPercent',
  'disk.systemGuardWarningBytes',
  'disk.systemGuardCriticalBytes',
  'disk.dataGuardBytes',
  'disk.dataGuardPercent',
  'disk.freeWarningPercent',
  'disk.freeCriticalPercent',
  'disk.freeClearPercent',
  'disk.systemFloorBytes',
] as const
type Context = RuleContext<(typeof LIMITS)[number]>

/** Rule `disk/space-low`; its limits stand at the top of this file. */
export const spaceLow = defineRule({
  id: 'disk/space-low',
  needs: ['volumes'],
  limits: LIMITS,
  holdMs: { critical: 10 * MINUTE_MS, warning: 30 * MINUTE_MS, info: 30 * MINUTE_MS },
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ volumes }, context) {
    for (const volume of volumes) yield judge(volume, context)
  },
})

function judge(volume: Volume, context: Context) {
  const { mount, size, readOnly, readOnlyExpected } = volume
  if (readOnly && readOnlyExpected === true) return notApplicable(mount)
  if (size.state !== 'value') return blind(mount, size)
  const available = context.sample(`volume:${mount}:availableBytes`)
  const used = context.sample(`volume:${mount}:usedBytes`)
  if (available.state === 'absent') return unknown(mount, 'empty')
  if (available.state !== 'value') return lackingSample(mount, context, available)
  if (used.state !== 'value')
    return used.state === 'absent' ? unknown(mount, 'empty') : lackingSample(mount, context, used)
  const reach = used.value + available.value
  if (reach <= 0) return notApplicable(mount)
  const usedPercent = (used.value / reach) * 100
  const severity = worst(
    bySharePercent(volume, usedPercent, available.value, size.value.totalBytes, context),
    byFreeSpace(volume, 100 - usedPercent, available.value, context),
  )
  if (severity === null) return pass(mount)
  const values = { volume: mount, usedPercent, availableBytes: available.value, totalBytes: size.value.totalBytes }
  return fail(mount, severity, values)
}

function bySharePercent({ mount, system }: Volume, usedPercent: number, free: number, total: number, context: Context) {
  const data = Math.max(context.limit('disk.dataGuardBytes'), (total * context.limit('disk.dataGuardPercent')) / 100)
  const guardWarning = system ? context.limit('disk.systemGuardWarningBytes') : data
  const guardCritical = system ? context.limit('disk.systemGuardCriticalBytes') : data
  const levels = {
    warning: free < guardWarning ? context.limit('disk.spaceWarningPercent') : null,
    critical: free < guardCritical ? context.limit('disk.spaceCriticalPercent') : null,
  }
  return context.above(mount, usedPercent, levels, context.limit('disk.spaceClearPercent'))
}

function byFreeSpace({ mount, system }: Volume, freePercent: number, free: number, context: Context) {
  if (system && free < context.limit('disk.systemFloorBytes')) return 'critical'
  const warning = context.limit('disk.freeWarningPercent')
  const critical = context.limit('disk.freeCriticalPercent')
  if (freePercent < critical) return 'critical'
  const stays = context.open(mount) !== null && freePercent < context.limit('disk.freeClearPercent')
  return freePercent < warning || stays ? 'warning' : null
}
