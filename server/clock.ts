/** The clock port of the server: every reading of time and every timer that matters goes through it, so that a test can own time. */
import { performance } from 'node:perf_hooks'
import type { EpochMs } from '../shared/units.ts'

/** Cancels a timer; calling it twice is harmless. */
export type CancelTimer = () => void

/** Every look at the time and every timer of the server, so that a test can drive them. */
export type Clock = {
  /** Wall time; may jump. Only for instants that are stored or sent. */
  now(): EpochMs
  /** Monotonic milliseconds since an arbitrary start. Only for durations. */
  mono(): number
  /** Calls `callback` once after `ms`; does not keep the process alive by itself. */
  setTimer(callback: () => void, ms: number): CancelTimer
}

/** Longest delay that setTimeout takes (2^31 - 1 ms); beyond it fires at once (Node 26 documentation, timers). */
const MAX_DELAY_MS = 2_147_483_647

/** @returns the clock of this process. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    mono: () => performance.now(),
    setTimer(callback, ms) {
      const timer = setTimeout(callback, Math.min(Math.max(0, ms), MAX_DELAY_MS))
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}
