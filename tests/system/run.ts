/**
 * `npm run test:system [-- --ci] [name …]`: runs the system blocks one after the other. Not pure: installs packages.
 *
 * A block whose packages cannot be had is skipped with a line that says why. Exit 1 when one failed, 2 when used wrongly.
 */
import { parseArgs } from 'node:util'
import { closeRun, type Ending, findModules, printEnding, runModule } from '../tools/run-module.ts'
import type { Block } from './block.ts'
import { ensurePackages } from './debian-packages.ts'

async function runBlock(block: Block, path: string): Promise<Ending> {
  const started = performance.now()
  const reason = await ensurePackages(block.packages)
  if (reason !== null) {
    return { state: 'skipped', reason, answer: null, seconds: (performance.now() - started) / 1000, output: '' }
  }
  return runModule(path, 'block', { input: {}, timeoutMs: block.timeoutMs })
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { ci: { type: 'boolean', default: false } },
  })
  const found = await findModules<Block>('system', 'block', positionals)
  const endings: Ending[] = []
  for (const { module, path } of found.filter(({ module }) => module.ci || !values.ci)) {
    const ending = await runBlock(module, path)
    printEnding(module.name, ending)
    endings.push(ending)
  }
  return closeRun(endings)
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`test:system: ${error.message}\nExample: npm run test:system -- --ci\n`)
  return 2
})
