/** Which segments the spool gives up: the oldest first, acknowledged ones silently, others with a gap. Pure. */
import type { EpochMs } from '../../shared/units.ts'
import type { Segment } from './segment.ts'
import type { SpoolLimits } from './spool.ts'

/** Everything besides the segments that the choice depends on. */
export type RetentionState = {
  readonly ackedQ: number
  readonly now: EpochMs
  /** The disk is nearly full: only the newest segment stays. */
  readonly latestOnly: boolean
}

/** What goes. */
export type Evictions = {
  readonly evicted: readonly Segment[]
  /** Highest q among them that the server never acknowledged; null: nothing is lost. */
  readonly lostTo: number | null
}

type Bounds = Pick<SpoolLimits, 'maxBytes' | 'maxAgeMs' | 'ackedBytes' | 'ackedAgeMs'>

/** @param segments oldest first; the last one is being written and always stays. */
export function chooseEvictions(segments: readonly Segment[], state: RetentionState, limits: Bounds): Evictions {
  const evicted: Segment[] = []
  let totalBytes = sizeOf(segments)
  let ackedBytes = sizeOf(segments.filter((segment) => segment.lastQ <= state.ackedQ))
  for (const segment of segments.slice(0, -1)) {
    const isAcked = segment.lastQ <= state.ackedQ
    const ageMs = state.now - segment.lastAt
    const isSpent = isAcked && (ageMs > limits.ackedAgeMs || ackedBytes > limits.ackedBytes)
    const isTooMuch = totalBytes > limits.maxBytes || ageMs > limits.maxAgeMs
    if (!isSpent && !isTooMuch && !state.latestOnly) break
    evicted.push(segment)
    totalBytes -= segment.sizeBytes
    if (isAcked) ackedBytes -= segment.sizeBytes
  }
  const last = evicted.at(-1)
  return { evicted, lostTo: last !== undefined && last.lastQ > state.ackedQ ? last.lastQ : null }
}

function sizeOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.sizeBytes, 0)
}
