/** A clock that a test moves by hand: timers fire in order as time is advanced. */
import type { Clock } from '../../../agent/clock.ts'

export type HandClock = Clock & {
  /** Moves wall and monotonic time together and lets everything settle. */
  advance(ms: number): Promise<void>
  /** Moves the wall clock alone. */
  jump(ms: number): void
}

/** @returns a clock standing at `start`. */
export function handClock(start = 1_790_000_000_000): HandClock {
  let mono = 1_000
  let offset = start - mono
  let timers: { at: number; callback: () => void }[] = []
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    now: () => mono + offset,
    mono: () => mono,
    setTimer(callback, ms) {
      const timer = { at: mono + ms, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async advance(ms) {
      const end = mono + ms
      await settle()
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        timers = timers.filter((timer) => timer !== next)
        mono = Math.max(mono, next.at)
        next.callback()
        await settle()
      }
      mono = end
      await settle()
    },
    jump(ms) {
      offset += ms
    },
  }
}
