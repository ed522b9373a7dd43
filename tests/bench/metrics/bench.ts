/** `/metrics` of 10,000 machines: our exposition beside prom-client rendering the very same series in the same run. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Gauge, Registry } from 'prom-client'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { FleetMetrics } from '../../../server/metrics/fleet-metrics.ts'
import { NOW } from '../../server/assess/sections.ts'
import type { Bench } from '../bench.ts'
import { BENCH_SITE, benchClient, benchMachine, reported } from './fleet-of.ts'

const MACHINES = 10_000
const CLIENTS = 40
const RUNS = 7

type Scrape = { readonly cpuMs: number; readonly stallMs: number; readonly text: string }

/** Longest time between two turns of the event loop, until stopped. */
function watchTurns(): () => number {
  let longest = 0
  let last = performance.now()
  let isWatching = true
  const turn = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (isWatching) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    isWatching = false
    return Math.max(longest, performance.now() - last)
  }
}

/** Takes the processor time of a whole scrape and its longest stall. */
async function measure(pieces: AsyncIterable<string>): Promise<Scrape> {
  const longestStall = watchTurns()
  const before = process.cpuUsage()
  const read: string[] = []
  for await (const piece of pieces) {
    read.push(piece)
    await nextTurn()
  }
  const stallMs = longestStall()
  const { user, system } = process.cpuUsage(before)
  return { cpuMs: (user + system) / 1_000, stallMs, text: read.join('') }
}

/** In life the reports of a minute come one by one; here all come at once, and what they leave must not be paid for by the scrape. */
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const SERIES = /^([a-z_0-9]+)\{(.*)\} (\S+)$/

/** The same series as gauges of prom-client. */
function promClientOf(text: string): {
  readonly registry: Registry
  readonly set: () => void
  readonly series: number
} {
  const registry = new Registry()
  const gauges = new Map<string, Gauge>()
  const series: { gauge: Gauge; labels: { [name: string]: string }; value: number }[] = []
  for (const line of text.split('\n')) {
    const [, name = '', labelText = '', value = ''] = SERIES.exec(line) ?? []
    if (name === '') continue
    const labels: { [name: string]: string } = {}
    for (const [, label = '', written = ''] of labelText.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g))
      labels[label] = written
    let gauge = gauges.get(name)
    if (gauge === undefined) {
      gauge = new Gauge({ name, help: name, labelNames: Object.keys(labels), registers: [registry] })
      gauges.set(name, gauge)
    }
    series.push({ gauge, labels, value: Number(value) })
  }
  const set = () => {
    for (const one of series) one.gauge.set(one.labels, one.value)
  }
  set()
  return { registry, set, series: series.length }
}

async function* asOnePiece(text: () => Promise<string>): AsyncGenerator<string> {
  yield await text()
}

type Runs = { readonly text: string; readonly steady: readonly Scrape[]; readonly changed: readonly Scrape[] }

/** Scrapes of our own exposition: as it stands, and after every machine has reported. */
async function measureOurs(): Promise<Runs> {
  const clients = Array.from({ length: CLIENTS }, (_, number) => benchClient(number))
  let states: MachineState[] = Array.from({ length: MACHINES }, (_, n) => benchMachine(n, n % CLIENTS, 0))
  const byId = new Map(clients.map((client) => [client.id, client]))
  const metrics = new FleetMetrics({
    states: () => states,
    namesVersion: () => 0,
    entryOf: (state) => {
      const client = byId.get(state.clientId)
      return client === undefined ? null : { state, client, site: BENCH_SITE }
    },
  })
  const scrape = () => measure(metrics.expose(NOW, () => true))
  const { text } = await scrape()
  const steady: Scrape[] = []
  for (let run = 0; run < RUNS; run += 1) steady.push(await scrape())
  const changed: Scrape[] = []
  for (let run = 0; run < RUNS; run += 1) {
    states = states.map((state) => reported(state, run))
    collectGarbage()
    changed.push(await scrape())
  }
  return { text, steady, changed }
}

/** Scrapes of prom-client with the same series: rendering only, and with every value set anew. */
async function measureTheirs(text: string): Promise<Runs & { readonly series: number }> {
  const { registry, set, series } = promClientOf(text)
  const steady: Scrape[] = []
  for (let run = 0; run < RUNS; run += 1) steady.push(await measure(asOnePiece(() => registry.metrics())))
  const changed: Scrape[] = []
  const setAndRender = () => {
    set()
    return registry.metrics()
  }
  for (let run = 0; run < 3; run += 1) changed.push(await measure(asOnePiece(setAndRender)))
  return { text, steady, changed, series }
}

const cpu = (runs: readonly Scrape[]) => median(runs.map(({ cpuMs }) => cpuMs))
const stall = (runs: readonly Scrape[]) => median(runs.map(({ stallMs }) => stallMs))
const figure = (label: string, value: number, unit: string, goal: { atLeast?: number; atMost?: number } = {}) => ({
  label,
  value,
  unit,
  atLeast: goal.atLeast ?? null,
  atMost: goal.atMost ?? null,
})

/** The benchmark. */
export const bench: Bench = {
  name: 'metrics',
  goal: '/metrics of 10,000 machines: at least 6 times less CPU than prom-client, no stall above 5 ms',
  timeoutMs: 300_000,
  async run({ log }) {
    const ours = await measureOurs()
    log(`${ours.text.length} characters`)
    const theirs = await measureTheirs(ours.text)
    return [
      figure('series of machines', theirs.series, 'series'),
      figure('series a machine', theirs.series / MACHINES, 'series', { atLeast: 25 }),
      figure('ours, nothing changed since the last scrape', cpu(ours.steady), 'ms CPU'),
      figure('ours, every machine reported since', cpu(ours.changed), 'ms CPU'),
      figure('prom-client, rendering only', cpu(theirs.steady), 'ms CPU'),
      figure('prom-client, every value set anew', cpu(theirs.changed), 'ms CPU'),
      figure('longest stall, nothing changed', stall(ours.steady), 'ms', { atMost: 5 }),
      figure('longest stall, every machine reported', stall(ours.changed), 'ms', { atMost: 5 }),
      figure('longest stall of prom-client', stall(theirs.steady), 'ms'),
      figure('prom-client against ours, rendering', cpu(theirs.steady) / cpu(ours.steady), 'x', { atLeast: 6 }),
      figure('the same, every machine reported', cpu(theirs.changed) / cpu(ours.changed), 'x', { atLeast: 6 }),
    ]
  },
}
