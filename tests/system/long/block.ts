/** The long tests (tests/long), most of them walks in a real Chromium, which would make `npm test` too long. */
import { strictEqual } from 'node:assert/strict'
import path from 'node:path'
import { runProgram } from '../../support/run-program.ts'
import type { Block } from '../block.ts'

const TOP = path.join(import.meta.dirname, '..', '..', '..')
const VITEST = path.join(TOP, 'node_modules', 'vitest', 'vitest.mjs')
const TIMEOUT_MS = 400_000

/** The block. */
export const block: Block = {
  name: 'long',
  packages: [],
  timeoutMs: TIMEOUT_MS + 20_000,
  ci: true,
  async run({ log }) {
    const words = [VITEST, 'run', '--mode', 'long']
    const ended = await runProgram(process.execPath, words, { cwd: TOP, timeoutMs: TIMEOUT_MS })
    log(ended.stdout.slice(-20_000))
    log(ended.stderr.slice(-5_000))
    strictEqual(ended.code, 0, 'a long test failed')
  },
}
