/**
 * The lines of one family in one block of machines. Of sixty families a report moves a few: only their text is made again. Kept are
 * heads, which hardly ever change, and numbers: a string per line would be the collector's to carry, and its pause is the scrape's
 * stall (10,000 machines reported: half as many bytes survive, the longest pause is a third). Pure.
 */
import { type LineBlock, NO_LINES } from './exposition.ts'

/** One family of one block of machines. */
export class FamilyLines {
  readonly #heads: string[] = []
  readonly #values: number[] = []
  #at = 0
  #isChanged = false
  #block = NO_LINES

  /** The next line, in the order of machines. A value that is not finite has none. */
  add(head: string, value: number): void {
    if (value - value !== 0) return
    const at = this.#at
    this.#at += 1
    if (this.#heads[at] === head && this.#values[at] === value) return
    this.#heads[at] = head
    this.#values[at] = value
    this.#isChanged = true
  }

  /** All machines have added theirs. @returns the same block as before when nothing changed. */
  finish(): LineBlock {
    const lines = this.#at
    if (this.#isChanged || lines !== this.#heads.length) {
      this.#heads.length = lines
      this.#values.length = lines
      const text = this.#heads.map((head, i) => `${head}${this.#values[i]}\n`).join('')
      this.#block = lines === 0 ? NO_LINES : { text, lines }
    }
    this.#at = 0
    this.#isChanged = false
    return this.#block
  }
}
