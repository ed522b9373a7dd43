/**
 * An NVMe drive raises its own critical warning, or its spare blocks run out.
 *
 * Limits: any warning bit but temperature and persistent memory is critical, those two are warnings (NVM Express 1.4, figure 194).
 * Spare at or below the drive's own threshold is critical, within `disk.spareMarginPercent` (10) above it a warning. A threshold of 0
 * (Optane) or 99 and more (Apple) is no threshold. Drives that are not NVMe are not judged.
 */
import type { Smart } from '../../../shared/checks/disk.ts'
import type { Severity } from '../../../shared/severity.ts'
import { worst } from '../../../shared/severity.ts'
import { defineRule, driveName, eachSmart, fail, isWeaker, lacking, pass, unknown } from '../rule.ts'

const BITS = [
  { bit: 1, word: 'spare', severity: 'critical' },
  { bit: 2, word: 'temperature', severity: 'warning' },
  { bit: 4, word: 'reliability', severity: 'critical' },
  { bit: 8, word: 'read-only', severity: 'critical' },
  { bit: 16, word: 'volatile-backup', severity: 'critical' },
  { bit: 32, word: 'persistent-memory', severity: 'warning' },
] as const

/** Rule `disk/nvme-warning`; its limits stand at the top of this file. */
export const nvmeWarning = defineRule({
  id: 'disk/nvme-warning',
  needs: ['drives'],
  limits: ['disk.spareMarginPercent'],
  holdMs: 0,
  effortMinutes: 120,
  needsHands: true,
  *evaluate({ drives }, context) {
    yield* eachSmart(drives, context, (drive, { nvme }) => {
      const wasTold = context.remembered(`smart:${drive.key}:nvme.criticalWarning`) !== null
      if (nvme === null) return lacking(drive.key, context, wasTold)
      const raised = BITS.filter(({ bit }) => ((nvme.criticalWarning ?? 0) & bit) !== 0)
      const spare = spareSeverity(nvme, context.limit('disk.spareMarginPercent'))
      const severity = raised.reduce<Severity | null>((sum, one) => worst(sum, one.severity), spare)
      const hadSpare = context.remembered(`smart:${drive.key}:nvme.availableSparePercent`) !== null
      const isLost = nvme.criticalWarning === null || (nvme.availableSparePercent === null && hadSpare)
      if (severity !== null && isLost && isWeaker(drive.key, severity, context)) return unknown(drive.key, 'empty')
      if (severity !== null) {
        return fail(drive.key, severity, {
          drive: driveName(drive),
          device: drive.device,
          warnings: raised.map(({ word }) => word).join(', '),
          sparePercent: nvme.availableSparePercent,
          thresholdPercent: nvme.spareThresholdPercent,
        })
      }
      return isLost ? lacking(drive.key, context, true) : pass(drive.key)
    })
  },
})

type Nvme = NonNullable<Smart['nvme']>

function spareSeverity({ availableSparePercent, spareThresholdPercent }: Nvme, margin: number): Severity | null {
  if (availableSparePercent === null || spareThresholdPercent === null) return null
  if (spareThresholdPercent === 0 || spareThresholdPercent >= 99) return null
  if (availableSparePercent <= spareThresholdPercent) return 'critical'
  return availableSparePercent <= spareThresholdPercent + margin ? 'warning' : null
}
