/** The worst few of any number of problems, kept while walking the fleet: cards are made for those only. Pure but for its own list. */
import type { Card } from '../../shared/api/card.ts'
import { cardOf } from './cards.ts'
import type { MachineEntry } from './machine-entry.ts'
import { compareProblems, type Problem } from './problems.ts'

type Kept = { readonly problem: Problem; readonly entry: MachineEntry }

/** Keeps the `most` worst problems and counts the others. */
export class TopProblems {
  readonly #most: number
  readonly #kept: Kept[] = []
  #count = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Problems beyond those kept. */
  get more(): number {
    return this.#count - this.#kept.length
  }

  /** @param entryOf asked only when the problem is kept. */
  add(problem: Problem, entryOf: () => MachineEntry): void {
    this.#count += 1
    const last = this.#kept.at(-1)
    if (this.#kept.length === this.#most && last !== undefined && compareProblems(problem, last.problem) >= 0) return
    const place = this.#kept.findIndex((kept) => compareProblems(problem, kept.problem) < 0)
    this.#kept.splice(place === -1 ? this.#kept.length : place, 0, { problem, entry: entryOf() })
    if (this.#kept.length > this.#most) this.#kept.pop()
  }

  /** Worst first. */
  cards(): Card[] {
    return this.#kept.map(({ problem, entry }) => cardOf(entry, problem))
  }
}
