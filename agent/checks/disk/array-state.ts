/** What the lines of an array, and the kernel's own figures in /sys, mean for its state. Pure. */
import type { RaidArray } from '../../../shared/checks/disk.ts'
import type { ArrayLines } from './mdstat.ts'

/** Levels that keep working when a member is lost. Without `[n/m]` such an array cannot be called healthy. */
const REDUNDANT = /^raid(?:1|4|5|6|10)$/

/**
 * A missing member is missing whatever else goes on; a rebuild in progress says so. A check of a complete array is no
 * degradation. `DELAYED` is printed for a check that waits for another array as well as for a resync: the kernel's
 * `sync_action` tells them apart (`withKernelFacts`), the text alone does not.
 */
export function stateOf({
  active,
  container,
  level,
  wanted,
  working,
  members,
  activity,
}: ArrayLines): RaidArray['state'] {
  const faulty = members.some((member) => member.state === 'faulty')
  if (container) return faulty ? 'degraded' : 'healthy'
  if (!active) return 'inactive'
  const missing = wanted !== null && working !== null && working < wanted
  if (missing) return activity !== null && activity.waiting === null ? 'rebuilding' : 'degraded'
  if (wanted === null && faulty) return 'degraded'
  if (wanted === null && (level === null || REDUNDANT.test(level))) return 'unknown'
  if (activity === null) return 'healthy'
  if (activity.kind === 'check' || activity.kind === 'repair') return 'checking'
  return activity.waiting === 'DELAYED' ? 'checking' : 'rebuilding'
}

/** Further losses that the array survives; null where the level keeps no copies or the layout is not told. */
export function redundancyLeft({ level, wanted, working, copies }: ArrayLines): number | null {
  if (wanted === null || working === null) return null
  const missing = wanted - working
  if (level === 'raid1') return Math.max(0, working - 1)
  if (level === 'raid4' || level === 'raid5') return Math.max(0, 1 - missing)
  if (level === 'raid6') return Math.max(0, 2 - missing)
  if (level === 'raid10') return Math.max(0, (copies ?? 2) - 1 - missing)
  return null
}

/** Figures of /sys/block/mdN/md; null: the file is not there. */
export type KernelFacts = {
  readonly arrayState: string | null
  readonly degraded: number | null
  readonly syncAction: string | null
  readonly mismatchCount: number | null
}

/** The text and the kernel's figures together: the worse of the two holds, and `sync_action` names what goes on. */
export function withKernelFacts(array: RaidArray, facts: KernelFacts): RaidArray {
  const mismatchCount = facts.mismatchCount
  return { ...array, mismatchCount, state: worse(array, facts) }
}

function worse({ state, level }: RaidArray, { arrayState, degraded, syncAction }: KernelFacts): RaidArray['state'] {
  // Containers are inactive by nature; `broken` is a raid0 or linear that lost a member (kernel 5.4 and later).
  if (level !== null && (arrayState === 'inactive' || arrayState === 'clear')) return 'inactive'
  if (arrayState === 'broken') return 'inactive'
  if (state === 'inactive' || state === 'unknown') return state
  const rebuilding = syncAction === 'recover' || syncAction === 'resync' || syncAction === 'reshape'
  if (degraded !== null && degraded > 0) return rebuilding ? 'rebuilding' : 'degraded'
  if (state === 'degraded' || state === 'rebuilding') return state
  if (rebuilding) return 'rebuilding'
  return syncAction === 'check' || syncAction === 'repair' ? 'checking' : state
}
