/** When a repository is asked again, and what holds meanwhile. The question itself is the caller's. I/O through it alone. */
import type { Failure } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import { type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import type { CollectContext } from '../collector.ts'

const ASK_EVERY_MS = 6 * HOUR_MS
const RETRY_MS = HOUR_MS
/** A run holds the lock while it copies; past this a lock is a question of its own. */
const KEEP_WHILE_LOCKED_MS = 12 * HOUR_MS

/** What files tell of a repository without a child. */
export type RepositoryState = {
  /** Moves with each finished run; null: files tell nothing (a remote one). */
  readonly version: string | null
  /** A run holds it right now: it is not asked, so that nothing stands in that run's way. */
  readonly isBusy: boolean
  /** Its last run has just ended, and its next step may want the lock: what is known stands a little longer. */
  readonly isRecent: boolean
}

/** Of a repository that is read without a lock, or of which files tell nothing. */
export function unlocked(version: string | null): RepositoryState {
  return { version, isBusy: false, isRecent: false }
}

type Remembered<T> = {
  readonly at: EpochMs
  readonly version: string | null
  readonly found: Result<T, Failure>
  readonly good: { readonly at: EpochMs; readonly value: T } | null
}

/** Asks when the repository changed, else every 6 h (after a failure every hour); while it is locked the last answer stands for 12 h. */
export async function askRepository<T>(
  { memo, now }: Pick<CollectContext, 'memo' | 'now'>,
  key: string,
  { version, isBusy, isRecent }: RepositoryState,
  ask: () => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  // Only this function writes under keys of its callers, each with one type.
  const known = memo.get(key) as Remembered<T> | undefined
  if (known !== undefined && !isBusy && isFresh(known, now, isRecent ? known.version : version)) {
    return withLast(known, now)
  }
  const found = isBusy ? err(BUSY) : await ask()
  const good = found.ok ? { at: now, value: found.value } : (known?.good ?? null)
  const next: Remembered<T> = { at: now, version: isBusy ? null : version, found, good }
  memo.set(key, next)
  return withLast(next, now)
}

const BUSY: Failure = { code: 'locked', detail: 'The repository is locked by a run in progress or a stale lock' }

function isFresh<T>(known: Remembered<T>, now: EpochMs, version: string | null): boolean {
  const age = now - known.at
  if (age < 0 || known.version !== version) return false
  return age < (known.found.ok ? ASK_EVERY_MS : RETRY_MS)
}

/** A lock says that a run is at work, not that the last copy is gone. */
function withLast<T>({ found, good }: Remembered<T>, now: EpochMs): Result<T, Failure> {
  if (found.ok || found.error.code !== 'locked' || good === null) return found
  const age = now - good.at
  return age >= 0 && age < KEEP_WHILE_LOCKED_MS ? { ok: true, value: good.value } : found
}
