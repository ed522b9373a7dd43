/**
 * The agent as it is shipped: one bundled file and its two children, run by a copy of Node of its own, so that no page of memory is shared
 * with another Node of this machine. I/O.
 */
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'vite'

const TOP = path.join(import.meta.dirname, '..', '..', '..')

async function bundle(entry: string, file: string): Promise<void> {
  await build({
    root: TOP,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(TOP, entry),
      outDir: path.dirname(file),
      emptyOutDir: false,
      minify: true,
      target: 'node26',
      rolldownOptions: { output: { entryFileNames: path.basename(file), codeSplitting: false } },
    },
  })
}

/** Paths of the bundled agent. */
export type BundledAgent = { readonly node: string; readonly script: string }

/** @param folder an empty one. The children stand where the bundled code looks for them: relative to its own file. */
export async function bundleAgent(folder: string): Promise<BundledAgent> {
  const node = path.join(folder, 'node')
  fs.copyFileSync(fs.realpathSync(process.execPath), node)
  fs.chmodSync(node, 0o755)
  fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
  const script = path.join(folder, 'agent', 'agent.js')
  await bundle('tests/bench/agent/entry.ts', script)
  await bundle('agent/inventory-child.ts', path.join(folder, 'inventory-child.ts'))
  await bundle('agent/probe/mount-child.ts', path.join(folder, 'agent', 'mount-child.ts'))
  return { node, script }
}
