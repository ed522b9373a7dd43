/**
 * What a benchmark is: figures of our code beside a yardstick taken in the same run, so that the ratio means something
 * on any machine. Types only.
 */

/** One figure. A ratio has the unit "x"; a goal is `atLeast` or `atMost`, null when there is none. */
export interface Figure {
  readonly label: string
  readonly value: number
  readonly unit: string
  readonly atLeast: number | null
  readonly atMost: number | null
}

/** What a run gives. Figures first, ratios after. */
export type Figures = readonly Figure[]

/** What `run` gets. */
export interface BenchContext {
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string
  /** Writes a line that is shown when the benchmark fails. */
  readonly log: (line: string) => void
}

/** One benchmark, exported as `bench` from `tests/bench/<name>/bench.ts`. It runs alone in its own process. */
export interface Bench {
  /** The folder's name. */
  readonly name: string
  /** The goal in words, with its source. */
  readonly goal: string
  readonly timeoutMs: number
  readonly run: (context: BenchContext) => Promise<Figures>
}
