/** SCSI and SAS part of smartctl's JSON. Pure. */
import type { Smart } from '../../../shared/checks/disk.ts'
import type { Peek } from '../json.ts'

const COUNTERS = ['read', 'write', 'verify'] as const

/** @returns null when the drive told neither its grown defects nor its error counters. */
export function parseScsi(root: Peek): Smart['scsi'] {
  const grownDefects = root.count('scsi_grown_defect_list')
  const errors = COUNTERS.map((name) => root.count(`scsi_error_counter_log.${name}.total_uncorrected_errors`)).filter(
    (count): count is number => count !== null,
  )
  if (grownDefects === null && errors.length === 0) return null
  const uncorrectedErrors = errors.length === 0 ? null : errors.reduce((sum, count) => sum + count, 0)
  return { grownDefects, uncorrectedErrors }
}

/** Rated life used, percent. */
export function scsiWear(root: Peek): number | null {
  return root.count('scsi_percentage_used_endurance_indicator')
}

/** Sectors that wait to be reassigned (smartctl 7.3 and later). */
export function scsiPending(root: Peek): number | null {
  return root.count('scsi_pending_defects.count')
}

/** Result codes of the self-test log: 0 passed, 1–2 aborted, 3–7 failed, 15 in progress (SPC-4, table 336). */
export function scsiSelfTest(root: Peek): Smart['lastSelfTest'] {
  for (let n = 0; n < 20; n += 1) {
    const result = root.count(`scsi_self_test_${n}.result.value`)
    if (result === null) return null
    if (result === 15) continue
    if (result === 0) return 'passed'
    return result <= 2 ? 'aborted' : 'failed'
  }
  return null
}
