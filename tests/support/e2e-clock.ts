/** One clock for server and agent that a test moves by hand: timers fire in order, and after each one both sides may settle. */
import type { Clock } from '../../server/clock.ts'

export type HandClock = Clock & {
  /**
   * Moves wall and monotonic time together; `settle` runs after each moment at which something fired.
   * @param lateMs timers fire up to this much late, many at one moment, as on a busy machine: days without a link pass faster.
   */
  advance(ms: number, settle: () => Promise<void>, lateMs?: number): Promise<void>
}

type Timer = { readonly at: number; readonly callback: () => void }

/** @returns a clock that stands at `start` (epoch ms). It serves agent and server alike: their ports have one shape. */
export function handClock(start: number): HandClock {
  let mono = 1_000
  const offset = start - mono
  const timers = new Set<Timer>()
  const firstDue = (end: number): Timer | null => {
    let first: Timer | null = null
    for (const timer of timers) if (timer.at <= end && (first === null || timer.at < first.at)) first = timer
    return first
  }
  /** Fires what is due now; what that sets for now waits for the next round. */
  const fireDue = () => {
    const due = [...timers].filter(({ at }) => at <= mono).sort((a, b) => a.at - b.at)
    for (const timer of due) if (timers.delete(timer)) timer.callback()
  }
  return {
    now: () => Math.floor(mono + offset),
    mono: () => mono,
    setTimer(callback, ms) {
      const timer = { at: mono + Math.max(0, ms), callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms, settle, lateMs = 0) {
      const end = mono + ms
      await settle()
      for (let next = firstDue(end); next !== null; next = firstDue(end)) {
        mono = Math.max(mono, Math.min(end, next.at + lateMs))
        fireDue()
        await settle()
      }
      mono = end
      await settle()
    },
  }
}
