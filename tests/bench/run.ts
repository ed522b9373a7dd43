/**
 * `npm run bench [-- --keep] [name …]`: runs the benchmarks, each alone in a process of its own, and prints their
 * figures. Not pure.
 *
 * `--keep` writes tests/bench/figures.json, with the machine they were taken on; benchmarks not run keep their old ones.
 * A missed goal is said and does not fail the run: figures depend on the machine. Exit 1 when a benchmark broke, 2 when
 * used wrongly.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Ending, findModules, runModule, tail } from '../tools/run-module.ts'
import type { Bench, Figure, Figures } from './bench.ts'

const KEPT = path.join(import.meta.dirname, 'figures.json')

/** Three significant digits, whole numbers with their thousands apart. */
function formatValue(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 4
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

function judge({ value, atLeast, atMost }: Figure): string {
  if (atLeast === null && atMost === null) return ''
  const isMet = (atLeast === null || value >= atLeast) && (atMost === null || value <= atMost)
  const goal = [atLeast === null ? '' : `at least ${atLeast}`, atMost === null ? '' : `at most ${atMost}`]
  return `${isMet ? 'met' : 'MISSED'} (${goal.filter((part) => part !== '').join(', ')})`
}

function printFigures(figures: Figures): void {
  for (const figure of figures) {
    const value = `${formatValue(figure.value)} ${figure.unit}`.padStart(18)
    process.stdout.write(`  ${figure.label.padEnd(52)}${value}  ${judge(figure)}\n`.replace(/ +\n/, '\n'))
  }
}

/** Adds these figures to the kept ones. */
function keep(taken: Readonly<Record<string, Figures>>): void {
  const before: unknown = fs.existsSync(KEPT) ? JSON.parse(fs.readFileSync(KEPT, 'utf8')) : {}
  const old = before !== null && typeof before === 'object' && 'benches' in before ? before.benches : {}
  const cpu = os.cpus()
  const machine = { cpu: cpu[0]?.model ?? 'unknown', cores: cpu.length, node: process.versions.node }
  const kept = { takenAt: new Date().toISOString().slice(0, 10), machine, benches: { ...(old as object), ...taken } }
  fs.writeFileSync(KEPT, `${JSON.stringify(kept, null, 2)}\n`)
}

async function runBench(bench: Bench, file: string): Promise<Ending> {
  process.stdout.write(`\n${bench.name}: ${bench.goal}\n`)
  const options = { input: {}, timeoutMs: bench.timeoutMs, execArgv: ['--expose-gc'] }
  const ending = await runModule(file, 'bench', options)
  // The child has just made these figures from a value of this type.
  if (ending.state === 'passed') printFigures(ending.answer as Figures)
  else process.stdout.write(`  failed: ${ending.reason}\n${tail(ending.output, 40)}\n`)
  return ending
}

async function main(): Promise<number> {
  const options = { keep: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const taken: Record<string, Figures> = {}
  let hasFailed = false
  for (const { module, path: file } of await findModules<Bench>('bench', 'bench', positionals)) {
    const ending = await runBench(module, file)
    if (ending.state === 'passed') taken[module.name] = ending.answer as Figures
    else hasFailed = true
  }
  if (values.keep) keep(taken)
  return hasFailed ? 1 : 0
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`bench: ${error.message}\nExample: npm run bench -- --keep\n`)
  return 2
})
