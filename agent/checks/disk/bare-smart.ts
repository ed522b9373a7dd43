/** What a drive says when hardly anything was asked: nothing but a verdict, every counter not told. Pure. */
import type { Smart } from '../../../shared/checks/disk.ts'

/**
 * @param passed false: the flag foretells a failure. null: it does not, which proves nothing: a general status stays good
 *   on drives that are dying (collectors.md 2.2), so no flag ever gives true.
 */
export function bareSmart(passed: false | null): Smart {
  return {
    passed,
    exitBits: null,
    failingAttributes: [],
    reallocatedSectors: null,
    pendingSectors: null,
    offlineUncorrectable: null,
    reportedUncorrectable: null,
    commandTimeouts: null,
    crcErrors: null,
    endToEndErrors: null,
    spinRetries: null,
    wearPercent: null,
    lastSelfTest: null,
    errorLogCount: null,
    nvme: null,
    scsi: null,
  }
}
