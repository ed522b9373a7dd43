/**
 * A volume runs out of inodes: no new file can be made although there is space.
 *
 * Limits: free inodes under `disk.inodesWarningPercent` (10) warning, under `disk.inodesCriticalPercent` (5) critical, for an hour;
 * over 3 points above. A file system without a fixed number of inodes (btrfs, vfat) is not judged.
 */
import { HOUR_MS } from '../../../shared/units.ts'
import { blind, defineRule, fail, lacking, lackingSample, notApplicable, pass, unknown } from '../rule.ts'

/** Rule `disk/inodes-low`; its limits stand at the top of this file. */
export const inodesLow = defineRule({
  id: 'disk/inodes-low',
  needs: ['volumes'],
  limits: ['disk.inodesWarningPercent', 'disk.inodesCriticalPercent', 'disk.inodesClearPercent'],
  holdMs: HOUR_MS,
  effortMinutes: 45,
  needsHands: false,
  *evaluate({ volumes }, context) {
    const levels = {
      warning: context.limit('disk.inodesWarningPercent'),
      critical: context.limit('disk.inodesCriticalPercent'),
    }
    for (const { mount, size, readOnly, readOnlyExpected } of volumes) {
      if (readOnly && readOnlyExpected === true) yield notApplicable(mount)
      else if (size.state !== 'value') yield blind(mount, size)
      else if (size.value.inodesTotal === null || size.value.inodesTotal === 0) yield lacking(mount, context, false)
      else {
        const free = context.sample(`volume:${mount}:inodesFree`)
        if (free.state === 'absent') yield unknown(mount, 'empty')
        else if (free.state !== 'value') yield lackingSample(mount, context, free)
        else {
          const freePercent = (free.value / size.value.inodesTotal) * 100
          const severity = context.below(mount, freePercent, levels, context.limit('disk.inodesClearPercent'))
          const values = { volume: mount, freePercent, inodesFree: free.value }
          yield severity === null ? pass(mount) : fail(mount, severity, values)
        }
      }
    }
  },
})
