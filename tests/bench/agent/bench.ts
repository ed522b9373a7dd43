/**
 * The resident agent as a client's machine has it: bundled, over TLS, default cadence, its own copy of Node; measured from /proc over its whole
 * process tree for half an hour, beside the agents of others in use in the same run.
 */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { command, type Running, startProgram } from '../../support/e2e-processes.ts'
import { runProgram } from '../../support/run-program.ts'
import type { Bench, Figure, Figures } from '../bench.ts'
import { type BundledAgent, bundleAgent } from './bundle-agent.ts'
import { measurePeer, type Peer, startPeers } from './peers.ts'
import { memoryOf, workOf } from './read-proc.ts'
import { MIB, startGrouped } from './start-grouped.ts'
import { startTlsFront } from './tls-front.ts'

/** Everything runs once at the start; what comes after is the steady state. */
const SETTLE_MS = Number(process.env['ROUNDS_BENCH_SETTLE_MINUTES'] ?? 6) * 60_000
const STEADY_MS = Number(process.env['ROUNDS_BENCH_MINUTES'] ?? 30) * 60_000
const HOUR_MS = 3_600_000
const figure = (label: string, value: number, unit: string, atMost: number | null = null): Figure => ({
  ...{ label, value, unit, atLeast: null, atMost },
})

type House = {
  readonly server: Running
  readonly agentEnv: NodeJS.ProcessEnv
  readonly front: Awaited<ReturnType<typeof startTlsFront>>
}

/** A server behind TLS, and an agent that is enrolled there. */
async function furnish(folder: string, agent: BundledAgent): Promise<House> {
  const front = await startTlsFront(folder)
  const data = path.join(folder, 'agent-data')
  fs.mkdirSync(data, { mode: 0o700 })
  const url = `https://localhost:${front.port}`
  fs.writeFileSync(path.join(data, 'agent.toml'), `[server]\nurl = "${url}"\ncaFile = "${front.caFile}"\n`)
  const env = { ROUNDS_PORT: '0', ROUNDS_DATA: path.join(folder, 'server-data'), ROUNDS_PUBLIC_URL: url }
  const server = startProgram('server', ['serve'], env)
  while (!/^Rounds \S+ at /m.test(server.printed())) {
    if (!server.isAlive()) throw new Error(server.printed())
    await sleep(100)
  }
  front.aim(
    Number(
      /127\.0\.0\.1:(\d+)|localhost:(\d+)/
        .exec(listening(server))
        ?.slice(1)
        .find((port) => port) ?? 0,
    ),
  )
  await command('server', ['client', 'add', 'Bakery', '--slug', 'bakery'], env)
  const code = (await command('server', ['code', 'new', '--client', 'bakery'], env)).trim()
  const agentEnv = { ROUNDS_AGENT_DATA: data, ROUNDS_BENCH_CHILDREN: path.join(folder, 'children') }
  const { code: ended, stderr } = await runProgram(agent.node, [agent.script, 'enroll', code], {
    env: { ...process.env, ...agentEnv },
    timeoutMs: 60_000,
  })
  if (ended !== 0) throw new Error(`enroll: ${stderr}`)
  return { server, agentEnv, front }
}

/** What the server says of the address at which it listens itself. */
function listening(server: Running): string {
  return /127\.0\.0\.1:\d+/.exec(server.printed())?.[0] ?? ''
}

/** Instants of children since `from`, as the entry wrote them down. */
function childrenSince(file: string, from: number): readonly number[] {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
    .filter((at) => at >= from)
}

type Steady = { readonly peak: number; readonly memory: ReturnType<typeof memoryOf>; readonly minutesWithChild: number }

/** Half an hour of nothing new. */
async function watch(pid: number, childrenFile: string, from: number): Promise<Steady> {
  let peak = 0
  while (Date.now() < from + STEADY_MS) {
    peak = Math.max(peak, memoryOf(pid).pss)
    await sleep(5_000)
  }
  const minutes = new Set(childrenSince(childrenFile, from).map((at) => Math.floor((at - from) / 60_000)))
  return { peak, memory: memoryOf(pid), minutesWithChild: minutes.size }
}

async function measure(folder: string, log: (line: string) => void): Promise<Figures> {
  const agent = await bundleAgent(folder)
  const { server, agentEnv, front } = await furnish(folder, agent)
  const began = Date.now()
  const grouped = await startGrouped(agent, agentEnv)
  const peers: readonly Peer[] = await startPeers(folder)
  try {
    await sleep(SETTLE_MS)
    const childrenFile = agentEnv['ROUNDS_BENCH_CHILDREN'] ?? ''
    const first = { ...workOf(grouped.pid), up: front.upBytes(), peers: peers.map(({ pid }) => workOf(pid).cpuSeconds) }
    const from = Date.now()
    const steady = await watch(grouped.pid, childrenFile, from)
    const hours = (Date.now() - from) / HOUR_MS
    const last = workOf(grouped.pid)
    const burst = childrenSince(childrenFile, began).length - childrenSince(childrenFile, from).length
    const perDay = (childrenSince(childrenFile, from).length / hours) * 24 + burst * 4
    const trimmed = await grouped.trim()
    log(
      `cpu at start ${first.cpuSeconds} s, children at start ${burst}, minutes with a child ${steady.minutesWithChild}`,
    )
    const cpu = (last.cpuSeconds - first.cpuSeconds) / hours
    // What ran at the start runs four times a day: its cost on top of the steady hour.
    const cpuWithRounds = cpu + (first.cpuSeconds * 4) / 24
    return [
      figure('PSS, whole tree, untrimmed', steady.memory.pss / MIB, 'MB', 64),
      figure('highest PSS of the half hour', steady.peak / MIB, 'MB'),
      figure('private anonymous', steady.memory.privateAnonymous / MIB, 'MB', 16),
      ...(trimmed === null ? [] : [figure('PSS two minutes after one trim', trimmed / MIB, 'MB', 28)]),
      figure('processor, steady hour', cpu, 's/h'),
      figure('processor with each check at its cadence', cpuWithRounds, 's/h', 3),
      figure('wake-ups', (last.wakeUps - first.wakeUps) / (hours * 60), '/min', 30),
      figure('minutes with a child, of thirty', (steady.minutesWithChild * 1_800_000) / STEADY_MS, 'min'),
      figure('children', perDay, '/day', 200),
      figure('bytes up, by minute', (front.upBytes() - first.up) / (hours * 60), 'B', 200),
      ...peers.flatMap((peer, at) => {
        const { pss, cpu: theirs } = measurePeer(peer, first.peers[at] ?? 0, hours)
        return [
          figure(`${peer.name}: PSS`, pss / MIB, 'MB'),
          figure(`${peer.name}: processor`, theirs, 's/h'),
          figure(`agent's PSS by ${peer.name}'s`, steady.memory.pss / pss, 'x'),
        ]
      }),
    ]
  } finally {
    for (const peer of peers) peer.stop()
    await grouped.stop()
    await server.stop()
    front.close()
  }
}

/** The benchmark. `ROUNDS_BENCH_MINUTES` shortens it for a look. */
export const bench: Bench = {
  name: 'agent',
  goal: 'resident agent: PSS ≤ 64 MB, ≤ 28 after one trim, private ≤ 16, ≤ 3 CPU s/h, ≤ 30 wake-ups/min, ≤ 200 children/day (issue 4)',
  timeoutMs: SETTLE_MS + STEADY_MS + 6 * 60_000,
  run: ({ folder, log }) => measure(folder, log),
}
