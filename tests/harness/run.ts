/**
 * `npm run test:harness [-- --ci | --full] [--n N] [--seed S] [name …]`: runs the harnesses one after the other. Not pure.
 *
 * The seed is printed, so that a failure can be repeated. Exit 1 when one failed, 2 when used wrongly.
 */
import { parseArgs } from 'node:util'
import { closeRun, type Ending, findModules, printEnding, runModule } from '../tools/run-module.ts'
import type { Harness } from './harness.ts'

const START_MS = 30_000

/** A whole number of at least `least`, or an error that names the option. */
function readCount(text: string, option: string, least: number): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new Error(`--${option} is "${text}"; it must be a whole number of at least ${least}`)
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ci: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      n: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : readCount(values.seed, 'seed', 0)
  const endings: Ending[] = []
  for (const { module, path } of await findModules<Harness>('harness', 'harness', positionals)) {
    const usual = values.full ? module.nFull : values.ci ? module.nCi : module.nDefault
    const n = values.n === undefined ? usual : readCount(values.n, 'n', 1)
    const ending = await runModule(path, 'harness', { input: { n, seed }, timeoutMs: START_MS + n * module.onceMs })
    printEnding(`${module.name} n=${n} seed=${seed}`, ending)
    if (ending.answer !== null) process.stdout.write(`         ${JSON.stringify(ending.answer)}\n`)
    endings.push(ending)
  }
  return closeRun(endings)
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`test:harness: ${error.message}\nExample: npm run test:harness -- --ci\n`)
  return 2
})
