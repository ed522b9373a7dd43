/**
 * A visit report of 50 machines over a year, and of 200: how long its parts take, and how long agents wait for their acknowledgements
 * while a real server opens the visit and writes the report. The history is the simulator's; filling it takes minutes on a busy machine.
 */
import path from 'node:path'
import { fillDemo } from '../../../server/demo/fill-demo.ts'
import { sure } from '../../support/composed.ts'
import type { Bench, BenchContext, Figure, Figures } from '../bench.ts'
import { configOf, type Measured, measureReport } from './measure-report.ts'

type Size = { readonly machines: number; readonly days: number }
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
const median = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN
async function fill(folder: string, { machines, days }: Size): Promise<number> {
  const started = performance.now()
  sure(await fillDemo(configOf(folder), { now: Date.now(), order: { machines, days } }))
  return (performance.now() - started) / 1_000
}

function figuresOf(size: Size, measured: Measured, goals: { readonly viewModel: number | null; readonly pdf: number }) {
  const { viewModel, pdf, whole, openTurn, reportTurns, quietTurns, sendTurn, quietAcks, busyAcks } = measured
  const figure = (label: string, value: number, atMost: number | null = null): Figure => ({
    ...{ label: `${size.machines} machines: ${label}`, value, unit: 'ms', atLeast: null, atMost },
  })
  return [
    figure('view model, the first', viewModel[0] ?? Number.NaN),
    figure('view model', median(viewModel.slice(1)), goals.viewModel),
    figure('PDF after the first', median(pdf), goals.pdf),
    figure('all files, on the clock, after the first', median(whole), 2_000),
    figure('longest turn without a report', Math.max(...quietTurns)),
    figure('longest turn, opening the visit', openTurn, 20),
    figure('longest turn, the first report', reportTurns[0] ?? Number.NaN, 20),
    figure('longest turn, any later report', Math.max(...reportTurns.slice(1)), 20),
    figure('longest turn, sending', sendTurn, 20),
    figure('longest ack without a report, median of runs', median(quietAcks)),
    figure('longest ack meanwhile, median of runs', median(busyAcks)),
    figure('added to the longest ack', Math.max(0, median(busyAcks) - median(quietAcks)), 20),
  ]
}

async function run({ folder, log }: BenchContext): Promise<Figures> {
  const sizes = [
    { size: { machines: 50, days: 365 }, goals: { viewModel: 300, pdf: 500 } },
    // A short history: what a report of many machines costs is its machines.
    { size: { machines: 200, days: 30 }, goals: { viewModel: null, pdf: 2_000 } },
  ]
  const figures: Figure[] = []
  for (const { size, goals } of sizes) {
    const data = path.join(folder, `of-${size.machines}`)
    const seconds = await fill(data, size)
    log(`${size.machines} machines over ${size.days} days filled in ${seconds.toFixed(0)} s`)
    const measured = await measureReport(data)
    log(JSON.stringify(measured))
    figures.push(...figuresOf(size, measured, goals))
  }
  return figures
}

/** `npm run bench -- report`. */
export const bench: Bench = {
  name: 'report',
  goal: 'view model of 50 machines over a year at most 300 ms, its PDF 500 ms, agents wait at most 20 ms more (issue 3)',
  timeoutMs: 1_200_000,
  run,
}
