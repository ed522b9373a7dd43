/** The instant that a detail holds. Pure. */
import type { EpochMs } from '../units.ts'

/** @returns the instant of an ISO 8601 text such as the server writes; null for anything else. */
export function instantOf(detail: string): EpochMs | null {
  const at = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(detail) ? Date.parse(detail) : Number.NaN
  return Number.isNaN(at) ? null : at
}
