/** NVMe part of smartctl's JSON. Pure. */
import type { Smart } from '../../../shared/checks/disk.ts'
import type { Peek } from '../json.ts'

const LOG = 'nvme_smart_health_information_log'

/** @returns null when the drive gave no health log. */
export function parseNvme(root: Peek): Smart['nvme'] {
  if (!root.has(LOG)) return null
  const log = root.at(LOG)
  return {
    criticalWarning: log.count('critical_warning') ?? root.count('smart_status.nvme.value'),
    mediaErrors: log.count('media_errors'),
    availableSparePercent: log.count('available_spare'),
    spareThresholdPercent: log.count('available_spare_threshold'),
    unsafeShutdowns: log.count('unsafe_shutdowns'),
  }
}

/** Rated life used, percent; may exceed 100. */
export function nvmeWear(root: Peek): number | null {
  return root.count(`${LOG}.percentage_used`)
}

/** Result codes of the self-test log: 0 passed, 5–7 failed, 15 unused, the rest aborted (NVM Express base 2.0, figure 209). */
export function nvmeSelfTest(root: Peek): Smart['lastSelfTest'] {
  const result = root
    .list('nvme_self_test_log.table', 32)
    .map((entry) => entry.count('self_test_result.value'))
    .find((value) => value !== null && value !== 15)
  if (result === undefined || result === null) return null
  if (result === 0) return 'passed'
  return result >= 5 && result <= 7 ? 'failed' : 'aborted'
}
