/** Keeps a file operation that never returns from taking the whole agent with it. Timers; no other I/O. */
import type { Failure } from '../../shared/reading.ts'
import { err, type Result } from '../../shared/result.ts'

/** Node has four threads for files; two stuck ones leave two. */
const MAX_STUCK = 2

/** One per probe. An operation that ran over its time keeps its thread; its path is not touched again until it returns. */
export class Guard {
  readonly #stuck = new Set<string>()

  /**
   * @param timeoutMs after which the answer is `timeout`; the operation goes on in its thread.
   * Errors: `timeout`, `hung` (an earlier operation on this path, or two others, never returned), and those of `run`.
   */
  async run<T>(path: string, timeoutMs: number, run: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    if (this.#stuck.has(path)) return err({ code: 'hung', detail: `${path} still does not answer an earlier question` })
    // The kernel's own files never wait for a device or a server: they stay readable whatever else hangs.
    const kernel = path.startsWith('/proc/') || path.startsWith('/sys/')
    if (this.#stuck.size >= MAX_STUCK && !kernel)
      return err({ code: 'hung', detail: `not asked: ${[...this.#stuck].join(' and ')} do not answer` })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Result<T, Failure>>((resolve) => {
      timer = setTimeout(() => {
        this.#stuck.add(path)
        resolve(err({ code: 'timeout', detail: `${path} did not answer within ${timeoutMs} ms` }))
      }, timeoutMs)
    })
    const answer = run().finally(() => {
      clearTimeout(timer)
      this.#stuck.delete(path)
    })
    return Promise.race([answer, late])
  }
}
