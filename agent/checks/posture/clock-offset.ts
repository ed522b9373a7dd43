/** From when on a clock is not kept, whatever its service says of itself. Pure. */

const KEPT_MICROSECONDS = 1_000_000

/** @param offsetMicroseconds absolute; null: not told, which speaks against nobody. */
export function isKeptClose(offsetMicroseconds: number | null): boolean {
  return offsetMicroseconds === null || offsetMicroseconds <= KEPT_MICROSECONDS
}
