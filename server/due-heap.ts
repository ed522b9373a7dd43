/** Which machine is due when: a binary heap with lazy removal, so that a tick looks at what is due and at nothing else. Pure. */

type Entry = { readonly at: number; readonly id: string }

/** Each id has at most one time; setting it anew replaces the old one. */
export class DueHeap {
  readonly #heap: Entry[] = []
  readonly #at = new Map<string, number>()

  get size(): number {
    return this.#at.size
  }

  /** Time of an id, or null. */
  at(id: string): number | null {
    return this.#at.get(id) ?? null
  }

  /** Earliest time, or null when nothing is due ever. */
  get next(): number | null {
    this.#dropStale()
    return this.#heap[0]?.at ?? null
  }

  set(id: string, at: number): void {
    if (this.#at.get(id) === at) return
    this.#at.set(id, at)
    this.#heap.push({ at, id })
    this.#rise(this.#heap.length - 1)
  }

  remove(id: string): void {
    this.#at.delete(id)
  }

  /** Takes the earliest id whose time is at or before `now`; null: none. */
  take(now: number): string | null {
    this.#dropStale()
    const first = this.#heap[0]
    if (first === undefined || first.at > now) return null
    this.#pop()
    this.#at.delete(first.id)
    return first.id
  }

  #dropStale(): void {
    for (let first = this.#heap[0]; first !== undefined && this.#at.get(first.id) !== first.at; first = this.#heap[0]) {
      this.#pop()
    }
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return
    this.#heap[0] = last
    this.#sink(0)
  }

  #rise(start: number): void {
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#swapIfEarlier(index, parent)) return
      index = parent
    }
  }

  #sink(start: number): void {
    let index = start
    for (;;) {
      const left = 2 * index + 1
      const right = left + 1
      const least = this.#isEarlier(right, left) ? right : left
      if (!this.#swapIfEarlier(least, index)) return
      index = least
    }
  }

  #isEarlier(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a], this.#heap[b]]
    return first !== undefined && second !== undefined && first.at < second.at
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    const [lower, upper] = [this.#heap[child], this.#heap[parent]]
    if (lower === undefined || upper === undefined || lower.at >= upper.at) return false
    this.#heap[child] = upper
    this.#heap[parent] = lower
    return true
  }
}
