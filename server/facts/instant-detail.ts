/** How an instant stands in the detail of a failed reading: ISO 8601, which texts can read back. Pure. */
import type { EpochMs } from '../../shared/units.ts'

/** ISO 8601 of an instant; the bare number when it is outside of what dates can say. */
export function isoOf(at: EpochMs): string {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at)
}
