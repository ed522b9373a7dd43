/**
 * A storage pool, a thin pool's metadata or a snapshot is nearly full.
 *
 * Limits: used `disk.poolWarningPercent` (80) warning, `disk.poolCriticalPercent` (90) critical, over `disk.poolClearPercent` (5) points
 * below. The fuller of data and metadata counts. A pool whose fill its source does not give is not judged.
 */
import { MINUTE_MS } from '../../../shared/units.ts'
import { defineRule, fail, lackingSample, pass } from '../rule.ts'

/** Rule `disk/pool-full`; its limits stand at the top of this file. */
export const poolFull = defineRule({
  id: 'disk/pool-full',
  needs: ['pools'],
  limits: ['disk.poolWarningPercent', 'disk.poolCriticalPercent', 'disk.poolClearPercent'],
  notApplicableWhen: ['unsupported'],
  holdMs: 30 * MINUTE_MS,
  effortMinutes: 60,
  needsHands: false,
  *evaluate({ pools }, context) {
    const levels = {
      warning: context.limit('disk.poolWarningPercent'),
      critical: context.limit('disk.poolCriticalPercent'),
    }
    const clear = context.limit('disk.poolClearPercent')
    for (const { name, kind } of pools) {
      const data = context.sample(`pool:${name}:usedPermille`)
      const metadata = context.sample(`pool:${name}:metadataPermille`)
      const told = [
        ...(data.state === 'value' ? [{ what: 'data' as const, usedPercent: data.value / 10 }] : []),
        ...(metadata.state === 'value' ? [{ what: 'metadata' as const, usedPercent: metadata.value / 10 }] : []),
      ].sort((a, b) => b.usedPercent - a.usedPercent)[0]
      const severity = told === undefined ? null : context.above(name, told.usedPercent, levels, clear)
      if (told !== undefined && severity !== null) yield fail(name, severity, { pool: name, kind, ...told })
      // One of the two that failed may be the full one.
      else if (data.state !== 'value') yield lackingSample(name, context, data)
      else if (metadata.state === 'failed') yield lackingSample(name, context, metadata)
      else yield pass(name)
    }
  },
})
