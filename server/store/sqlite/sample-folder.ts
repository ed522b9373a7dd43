/** Decides when the newest samples of a client are moved to their place by key: some thousand at a time, between commits. */
import type { AcceptedRecord } from '../store.ts'

/** More at a time moves more rows per page, and blocks longer: 4,000 take about 10 ms. */
const FOLD_ROWS = 4_000

/** One per client file. */
export class SampleFolder {
  readonly #fold: (limit: number) => Promise<number>
  /** Rows that wait, as far as this process knows; what a process before left is moved with the first ones. */
  #rows = 0
  #isFolding = false

  constructor(fold: (limit: number) => Promise<number>) {
    this.#fold = fold
  }

  /** A batch was committed. */
  noteBatch(batch: readonly AcceptedRecord[]): void {
    for (const { samples } of batch) this.#rows += samples.length
    if (this.#rows < FOLD_ROWS || this.#isFolding) return
    this.#isFolding = true
    // Not in the turn of the commit: its acknowledgements go first.
    setImmediate(() => void this.#run())
  }

  async #run(): Promise<void> {
    try {
      const moved = await this.#fold(FOLD_ROWS)
      this.#rows = moved < FOLD_ROWS ? 0 : Math.max(0, this.#rows - moved)
    } catch {
      // A full or closed store: the samples are safe where they are, and the next batch tries again.
      this.#rows = FOLD_ROWS / 2
    }
    this.#isFolding = false
  }
}
