/**
 * What a system block is: a test against a real program of the system. Types only.
 */

/** What `run` gets. */
export interface BlockContext {
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string
  /** Writes a line that is shown when the block fails. */
  readonly log: (line: string) => void
  /** Ends the block as skipped. The reason is printed and counted, never swallowed. */
  readonly skip: (reason: string) => never
}

/** One block, exported as `block` from `tests/system/<name>/block.ts`. */
export interface Block {
  /** The folder's name. */
  readonly name: string
  /** Debian packages it needs; installed without their recommendations when absent. */
  readonly packages: readonly string[]
  /** Killed with its children after this long. Installing packages does not count. */
  readonly timeoutMs: number
  /** True when it belongs to `--ci`; all such blocks together take at most 10 minutes. */
  readonly ci: boolean
  /** Throws when the block fails. */
  readonly run: (context: BlockContext) => Promise<void>
}
