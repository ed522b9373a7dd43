/**
 * What a harness is: the same cruelty repeated N times (kill, cut, fill, corrupt). Types only.
 */

/** What `run` gets. */
export interface HarnessContext {
  /** How often. */
  readonly n: number
  /** Seed of every random choice: the same seed does the same again. */
  readonly seed: number
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string
  /** Writes a line that is shown when the harness fails. */
  readonly log: (line: string) => void
  /** Ends the harness as skipped, with a reason that is printed and counted. */
  readonly skip: (reason: string) => never
}

/** One harness, exported as `harness` from `tests/harness/<name>/harness.ts`. */
export interface Harness {
  /** The folder's name. */
  readonly name: string
  /** How often under `--ci` (all harnesses together at most 5 minutes), by default, and under `--full`. */
  readonly nCi: number
  readonly nDefault: number
  readonly nFull: number
  /** Longest time that one of the N may take on a slow machine; N times this, the harness is killed. */
  readonly onceMs: number
  /** Throws at the first broken promise. Returns figures for the closing note, or nothing. */
  readonly run: (context: HarnessContext) => Promise<unknown>
}
