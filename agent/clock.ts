/** The clock port: every reading of time and every timer of the agent goes through it, so that a test can own time. The system clock is at the end. */
import type { EpochMs } from '../shared/units.ts'

/** Cancels a timer; calling it twice is harmless. */
export type CancelTimer = () => void

/** Time as the agent knows it. */
export type Clock = {
  /** Wall time; may jump. Only for instants that are sent or stored. */
  now(): EpochMs
  /** Monotonic ms that no setting of the wall clock moves, nor a sleep of the machine. Only for durations. */
  mono(): number
  /** Calls `callback` once after `ms`. */
  setTimer(callback: () => void, ms: number): CancelTimer
}

/** Longest delay that setTimeout takes (2^31 − 1 ms); beyond it fires at once (Node 26 documentation, timers). */
const MAX_DELAY_MS = 2_147_483_647

/** @returns the clock of this process. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    // Since boot on Linux (CLOCK_MONOTONIC), so that it goes on over restarts of the agent.
    mono: () => Number(process.hrtime.bigint() / 1_000_000n),
    setTimer(callback, ms) {
      const timer = setTimeout(callback, Math.min(Math.max(0, ms), MAX_DELAY_MS))
      return () => clearTimeout(timer)
    },
  }
}
