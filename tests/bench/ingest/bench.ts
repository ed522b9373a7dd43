/**
 * Delta ingest against bare ws receive, in one run on one machine: what a report costs this process's CPU when it is opened (MAC
 * checked), validated, resolved, committed with synchronous=FULL, applied to the fleet and acknowledged with a MAC; beside the
 * cost of receiving a frame of the same size and answering it. The load comes from a process of its own.
 */
import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { WebSocketServer } from 'ws'
import { startWorld } from '../../support/world.ts'
import type { Bench, BenchContext, Figures } from '../bench.ts'
import type { LoadOrder } from './load.ts'

const CLIENTS = 20
const LINKS = 1_000
const WINDOW = 4
const WARM_MS = 3_000
const MEASURED_MS = 8_000
const ACK = Buffer.alloc(50, 0x62)

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

type Rate = { readonly reports: number; readonly cpuMs: number; readonly wallMs: number }

/** Runs a load against this process; `count` tells how many reports this process has answered so far. */
async function measure(order: LoadOrder, count: () => number): Promise<Rate> {
  const child = fork(path.join(import.meta.dirname, 'load.ts'))
  child.send(order)
  await new Promise((resolve) => child.once('message', resolve))
  await sleep(WARM_MS)
  const [reports, cpu, startedAt] = [count(), process.cpuUsage(), performance.now()]
  await sleep(MEASURED_MS)
  const used = process.cpuUsage(cpu)
  const rate = {
    reports: count() - reports,
    cpuMs: (used.user + used.system) / 1_000,
    wallMs: performance.now() - startedAt,
  }
  child.send('stop')
  await new Promise((resolve) => child.once('exit', resolve))
  return rate
}

async function measureBare(): Promise<Rate> {
  const http = createServer()
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false })
  let count = 0
  wss.on('connection', (ws) => {
    ws.on('error', () => {})
    ws.on('message', () => {
      count += 1
      ws.send(ACK)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const rate = await measure({ kind: 'bare', url, codes: [], links: LINKS, window: WINDOW }, () => count)
  wss.close()
  http.closeAllConnections()
  http.close()
  return rate
}

async function measureDeltas(folder: string, assesses: boolean): Promise<Rate> {
  const world = await startWorld({ folder, assesses })
  const codes: string[] = []
  for (let n = 0; n < CLIENTS; n += 1) {
    await world.addClient(`c${n}`)
    codes.push(await world.code(`c${n}`, { usesLeft: LINKS }))
  }
  const order: LoadOrder = { kind: 'delta', url: world.url, codes, links: LINKS, window: WINDOW }
  // Durable ones only: what the fleet has taken over was committed.
  const count = () => {
    let sum = 0
    for (const { upTo } of world.fleet.states()) sum += upTo
    return sum
  }
  const rate = await measure(order, count)
  await world.stop()
  return rate
}

const perCore = ({ reports, cpuMs }: Rate) => (1_000 * reports) / cpuMs
const perSecond = ({ reports, wallMs }: Rate) => (1_000 * reports) / wallMs

async function run({ folder, log }: BenchContext): Promise<Figures> {
  const bare = await measureBare()
  log(`bare ${JSON.stringify(bare)}`)
  const deltas = await measureDeltas(path.join(folder, 'plain'), false)
  log(`deltas ${JSON.stringify(deltas)}`)
  const judged = await measureDeltas(path.join(folder, 'judged'), true)
  const figure = (label: string, value: number, unit: string, atLeast: number | null = null) => ({
    label,
    value,
    unit,
    atLeast,
    atMost: null,
  })
  return [
    figure('bare ws receive and answer, per core', perCore(bare), '/s'),
    figure('deltas with MAC and durable ack, per core', perCore(deltas), '/s', 12_000),
    figure('deltas, seen on the clock with the load on the same cores', perSecond(deltas), '/s'),
    figure('deltas while all machines are judged twice a second', perCore(judged), '/s'),
    figure('deltas against bare ws', perCore(deltas) / perCore(bare), 'x', 0.35),
  ]
}

/** `npm run bench -- ingest`. */
export const bench: Bench = {
  name: 'ingest',
  goal: 'at least 12,000 deltas a second per core over 20 clients, and 35 % of bare ws (issue 2)',
  timeoutMs: 180_000,
  run,
}
