/**
 * What each npm script pays for set-up when nothing is to be done, beside the start of an empty Node process.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from '../../tools/source-files.ts'
import type { Bench } from '../bench.ts'

const RUNS = 15

/** The median wall time in ms of starting Node on `script`, of 15. Throws when it says something: then it had work. */
function medianMs(script: string, ...args: string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now()
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, encoding: 'utf8' })
    if (status !== 0 || stderr !== '') throw new Error(`${script} ended with ${status} and said: ${stderr}`)
    return performance.now() - started
  })
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN
}

/** The benchmark. */
export const bench: Bench = {
  name: 'setup-noop',
  goal: 'set-up with nothing to do adds less than 60 ms to a script',
  timeoutMs: 60_000,
  async run({ folder }) {
    const empty = path.join(folder, 'empty.mjs')
    fs.writeFileSync(empty, '')
    const bareMs = medianMs(empty)
    const setupMs = medianMs('setup.mjs')
    const none = { atLeast: null, atMost: null }
    return [
      { label: 'an empty Node process', value: bareMs, unit: 'ms', ...none },
      { label: 'setup.mjs, nothing to do', value: setupMs, unit: 'ms', ...none },
      { label: 'added by set-up', value: setupMs - bareMs, unit: 'ms', atLeast: null, atMost: 60 },
      { label: 'set-up against an empty process', value: setupMs / bareMs, unit: 'x', ...none },
    ]
  },
}
