/** Waits for SIGTERM or SIGINT. A second signal ends the process at once: somebody is in a hurry. */

const HURRIED_EXIT = 130

/** @returns resolves at the first signal. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let count = 0
    const onSignal = () => {
      count += 1
      if (count > 1) process.exit(HURRIED_EXIT)
      resolve()
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
