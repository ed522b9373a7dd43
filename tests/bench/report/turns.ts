/** How long one turn of this process's loop holds it: processor time of the loop's own thread, which other programs do not change. */

/** Watches until `stop`. */
export type TurnWatch = {
  /** @returns the longest turn since the last call, ms. */
  readonly take: () => number
  readonly stop: () => void
}

const cpuMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Looks once a millisecond, or as soon as the loop lets it. */
export function watchTurns(): TurnWatch {
  let last = cpuMs()
  let longest = 0
  const look = () => {
    const now = cpuMs()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(look, 1)
  return {
    take() {
      look()
      const taken = longest
      longest = 0
      return taken
    },
    stop: () => clearInterval(timer),
  }
}
