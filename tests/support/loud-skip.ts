/**
 * The one way to skip tests: with a reason that everybody sees.
 */
import { describe } from 'vitest'

const said = new Set<string>()

/**
 * `describe(name, tests)` when `reason` is null; else the block is skipped, the reason stands in its name, and it is
 * printed once for each test process.
 */
export function describeUnless(reason: string | null, name: string, tests: () => void): void {
  if (reason === null) return void describe(name, tests)
  if (!said.has(reason)) process.stderr.write(`\nSKIPPED ${name}: ${reason}\n`)
  said.add(reason)
  describe.skip(`${name} (skipped: ${reason})`, tests)
}
