/** The first page over 10,000 machines, from memory: `GET /api/v1/today` without HTTP. */
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { summaryOf } from '../../../server/views/machine-summary.ts'
import { todayView } from '../../../server/views/today.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { NOW } from '../../server/assess/sections.ts'
import type { Bench } from '../bench.ts'
import { BENCH_SITE, benchClient, benchMachine, reported } from '../metrics/fleet-of.ts'

const MACHINES = 10_000
const CLIENTS = 40
const RUNS = 31

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const time = (work: () => unknown) => {
  const started = performance.now()
  work()
  return performance.now() - started
}
const figure = (label: string, value: number, unit: string, atMost: number | null = null) => ({
  label,
  value,
  unit,
  atLeast: null,
  atMost,
})

function summarizeAll(states: readonly MachineState[]): void {
  for (const state of states) summaryOf(state, NOW)
}

/** The benchmark. */
export const bench: Bench = {
  name: 'overview',
  goal: 'the first page over 10,000 machines takes at most 10 ms from the fleet',
  timeoutMs: 180_000,
  async run({ log }) {
    const entries = Array.from({ length: CLIENTS }, (_, n) => ({ client: benchClient(n), sites: [BENCH_SITE] }))
    let states: readonly MachineState[] = Array.from({ length: MACHINES }, (_, n) => benchMachine(n, n % CLIENTS, 0))
    const ask = () => {
      const byClient = Map.groupBy(states, ({ clientId }) => clientId)
      const clients = entries.map((entry) => ({ entry, machines: byClient.get(entry.client.id) ?? [] }))
      return JSON.stringify(todayView({ clients, timeZone: 'UTC', serverStartedAt: NOW - HOUR_MS, now: NOW }))
    }
    const first = time(ask)
    log(ask().slice(0, 400))
    const steady = Array.from({ length: RUNS }, () => time(ask))
    const moved = Array.from({ length: RUNS }, (_, run) => {
      states = states.map((state) => reported(state, run))
      // As the server does at each change (main.ts); what that costs is a figure of its own.
      summarizeAll(states)
      return time(ask)
    })
    const noted = Array.from({ length: 5 }, (_, run) => {
      const fresh = states.map((state) => reported(state, run))
      return time(() => summarizeAll(fresh))
    })
    const judged = Array.from({ length: 5 }, () => {
      const fresh = states.map((state) => ({ ...state, outcomes: [...state.outcomes] }))
      return time(() => summarizeAll(fresh))
    })
    return [
      figure('first answer after a start', first, 'ms'),
      figure('the page, nothing changed', median(steady), 'ms', 10),
      figure('the page, every machine reported since', median(moved), 'ms', 10),
      figure('summaries, every machine reported', median(noted), 'ms'),
      figure('summaries, every machine judged anew', median(judged), 'ms'),
      figure('machines', MACHINES, 'machines'),
    ]
  },
}
