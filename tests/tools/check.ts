/**
 * `npm run check`: types, formatter and linter, unused code, and the contract tests. Not pure.
 *
 * Every step runs, whatever the earlier ones said; each is printed with its seconds. Exit 1 if any failed.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

const STEPS: readonly [name: string, script: string, ...args: string[]][] = [
  ['types', 'node_modules/typescript/bin/tsc', '--noEmit'],
  ['biome', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=50'],
  ['knip', 'node_modules/knip/bin/knip.js', '--no-progress'],
  ['house and imports', 'node_modules/vitest/vitest.mjs', 'run', 'tests/contract', '--reporter=dot'],
]

/** Runs one step with its output on ours. Returns its line for the summary. */
function runStep([name, script, ...args]: (typeof STEPS)[number]): { readonly line: string; readonly isGood: boolean } {
  process.stdout.write(`\n== ${name}\n`)
  const started = performance.now()
  const { status, signal, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const isGood = status === 0
  const how = isGood ? 'passed' : `FAILED (${error?.message ?? signal ?? `exit ${status}`})`
  return { line: `${name.padEnd(20)}${seconds.padStart(6)} s  ${how}`, isGood }
}

const results = STEPS.map(runStep)
process.stdout.write(`\n${results.map(({ line }) => line).join('\n')}\n`)
process.exitCode = results.every(({ isGood }) => isGood) ? 0 : 1
