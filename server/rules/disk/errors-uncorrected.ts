/**
 * The drive counted errors that it could not correct: reported (187), media (NVMe), SCSI, end to end (184) or spin-up retries (10).
 *
 * Limits: any is a warning at first sight; growth within the window is critical: 7 days for 187, 30 days for the others.
 * The worst kind stands for the drive. A drive that reports none of these numbers is not judged.
 */
import type { Smart } from '../../../shared/checks/disk.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, driveName, eachSmart, fail, isWeaker, lacking, pass, unknown } from '../rule.ts'

const KINDS = [
  { kind: 'reported', field: 'reportedUncorrectable', days: 7, read: (smart: Smart) => smart.reportedUncorrectable },
  { kind: 'media', field: 'nvme.mediaErrors', days: 30, read: (smart: Smart) => smart.nvme?.mediaErrors ?? null },
  {
    kind: 'scsi',
    field: 'scsi.uncorrectedErrors',
    days: 30,
    read: (smart: Smart) => smart.scsi?.uncorrectedErrors ?? null,
  },
  { kind: 'scsi', field: 'scsi.grownDefects', days: 30, read: (smart: Smart) => smart.scsi?.grownDefects ?? null },
  { kind: 'end-to-end', field: 'endToEndErrors', days: 30, read: (smart: Smart) => smart.endToEndErrors },
  { kind: 'spin', field: 'spinRetries', days: 30, read: (smart: Smart) => smart.spinRetries },
] as const

/** Rule `disk/errors-uncorrected`; its limits stand at the top of this file. */
export const errorsUncorrected = defineRule({
  id: 'disk/errors-uncorrected',
  needs: ['drives'],
  limits: [],
  holdMs: 0,
  effortMinutes: 120,
  needsHands: true,
  *evaluate({ drives }, context) {
    yield* eachSmart(drives, context, (drive, smart) => {
      const found = KINDS.map(({ kind, field, days, read }) => {
        const entry = context.remembered(`smart:${drive.key}:${field}`)
        const errors = read(smart)
        const grewBy = entry === null || errors === null ? 0 : context.grown(entry, days * DAY_MS).by
        return { kind, errors, grewBy, isLost: errors === null && entry !== null }
      })
      const bad = found.filter(({ errors }) => (errors ?? 0) > 0).sort((a, b) => b.grewBy - a.grewBy)[0]
      const isLost = found.some((one) => one.isLost)
      if (bad !== undefined) {
        const isWeak = isLost && bad.grewBy === 0 && isWeaker(drive.key, 'warning', context)
        if (isWeak) return unknown(drive.key, 'empty')
        return fail(drive.key, bad.grewBy > 0 ? 'critical' : 'warning', {
          drive: driveName(drive),
          device: drive.device,
          errors: bad.errors ?? 0,
          kind: bad.kind,
          grewBy: bad.grewBy > 0 ? bad.grewBy : null,
        })
      }
      return isLost || found.every(({ errors }) => errors === null)
        ? lacking(drive.key, context, isLost)
        : pass(drive.key)
    })
  },
})
