/** Waiting before the next attempt: full jitter, so that a thousand agents do not come back in the same second. Pure. */
import { SECOND_MS } from '../../shared/units.ts'

/** Longest wait after an ordinary failure to connect. */
export const MAX_WAIT_MS = 300 * SECOND_MS

/**
 * @param attempt failures in a row before this one, from 0. @param random 0 ≤ random < 1. @param maxMs upper end of the jitter.
 * @returns U(0, min(maxMs, 1 s × 2^attempt)), whole ms.
 */
export function backoffMs(attempt: number, random: number, maxMs: number = MAX_WAIT_MS): number {
  const ceiling = Math.min(maxMs, SECOND_MS * 2 ** Math.min(30, Math.max(0, attempt)))
  return Math.floor(random * ceiling)
}
