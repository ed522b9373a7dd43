/**
 * A dead-man's switch: what a backup job elsewhere told the server by calling its address, and what follows from one more call. All
 * instants are the server's own. Pure.
 */
import type { EpochMs } from '../../shared/units.ts'

/** One ping of a machine, without the secret of its address. */
export type Ping = {
  readonly id: string
  readonly machineId: string
  /** Unique in its machine. */
  readonly name: string
  /** How often a success is promised, and how late one may be. */
  readonly everyMs: number
  readonly graceMs: number
  readonly createdAt: EpochMs
  /** Newest start, success and failure; null: none yet. */
  readonly startedAt: EpochMs | null
  readonly succeededAt: EpochMs | null
  readonly failedAt: EpochMs | null
  /** Of the newest finished run; null: it told none. */
  readonly exitStatus: number | null
  /** Failed runs since the newest success; 0: the newest finished run was good, or none has finished. */
  readonly failedInRow: number
  /** From start to end of the newest run that told both; null: none did. */
  readonly durationMs: number | null
  /** First line of the newest message, hostile; empty: none. */
  readonly note: string
}

/** What one call says. `exitStatus` null: the call told none. */
export type Signal =
  | { readonly kind: 'start' }
  | { readonly kind: 'success' | 'fail'; readonly exitStatus: number | null }

/** @param word what stands behind the secret in the address; null: nothing, which means success. @returns null: no such signal. */
export function parseSignal(word: string | null): Signal | null {
  if (word === null) return { kind: 'success', exitStatus: null }
  if (word === 'start') return { kind: 'start' }
  if (word === 'fail') return { kind: 'fail', exitStatus: null }
  if (!/^(?:0|[1-9]\d{0,2})$/.test(word) || Number(word) > 255) return null
  return { kind: word === '0' ? 'success' : 'fail', exitStatus: Number(word) }
}

/** When the newest finished run ended; null: none has. */
export function finishedAt({ succeededAt, failedAt }: Ping): EpochMs | null {
  return succeededAt === null && failedAt === null ? null : Math.max(succeededAt ?? 0, failedAt ?? 0)
}

/** True while a run has begun and not ended. */
export function isRunning(ping: Ping): boolean {
  return ping.startedAt !== null && ping.startedAt > (finishedAt(ping) ?? 0)
}

/** @returns the ping after one more call. Runs may overlap, calls may come twice or late: whatever comes is taken. */
export function afterSignal(ping: Ping, signal: Signal, note: string, now: EpochMs): Ping {
  if (signal.kind === 'start') return { ...ping, startedAt: now, note }
  const durationMs = isRunning(ping) && ping.startedAt !== null ? Math.max(0, now - ping.startedAt) : ping.durationMs
  const { exitStatus } = signal
  if (signal.kind === 'success') return { ...ping, succeededAt: now, exitStatus, failedInRow: 0, durationMs, note }
  const failedInRow = isSameRun(ping, now) ? ping.failedInRow : ping.failedInRow + 1
  return { ...ping, failedAt: now, exitStatus, failedInRow, durationMs, note }
}

/** A failure that is told twice (a retry of the caller) is one failed run: another one begins, or comes half a period later. */
function isSameRun(ping: Ping, now: EpochMs): boolean {
  return ping.failedInRow > 0 && !isRunning(ping) && now - (ping.failedAt ?? 0) < ping.everyMs / 2
}
