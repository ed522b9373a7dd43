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
  fs.writeFileSync(path.join(data, 'agent.toml'), `[server]\nurl = "${url}"\ncaFile = "${front.caFile}"\n`, {
    mode: 0o600,
  })
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
  if (ended !== 0) {
    await server.stop()
    front.close()
    throw new Error(`enroll: ${stderr}`)
  }
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

/** What the half hour said. @param trimmed bytes of PSS two minutes after one trim; null: no trim here. */
type Measured = {
  readonly steady: Steady
  readonly hours: number
  readonly cpuAtStart: number
  readonly cpuSteady: number
  readonly wakeUps: number
  readonly upBytes: number
  readonly childrenPerDay: number
  readonly trimmed: number | null
}

function agentFigures({
  steady,
  hours,
  cpuAtStart,
  cpuSteady,
  wakeUps,
  upBytes,
  childrenPerDay,
  trimmed,
}: Measured): Figures {
  const cpu = cpuSteady / hours
  return [
    figure('PSS, whole tree, untrimmed', steady.memory.pss / MIB, 'MB', 64),
    figure('highest PSS of the half hour', steady.peak / MIB, 'MB'),
    figure('private anonymous', steady.memory.privateAnonymous / MIB, 'MB', 16),
    ...(trimmed === null ? [] : [figure('PSS two minutes after one trim', trimmed / MIB, 'MB', 28)]),
    figure('processor, steady hour', cpu, 's/h'),
    // What ran at the start runs four times a day: its cost on top of the steady hour.
    figure('processor with each check at its cadence', cpu + (cpuAtStart * 4) / 24, 's/h', 3),
    figure('wake-ups', wakeUps / (hours * 60), '/min', 30),
    figure('minutes with a child, of thirty', (steady.minutesWithChild * 1_800_000) / STEADY_MS, 'min'),
    figure('children', childrenPerDay, '/day', 200),
    figure('bytes up, by minute', upBytes / (hours * 60), 'B', 200),
  ]
}

function peerFigures(peers: readonly Peer[], before: readonly number[], hours: number, ours: number): Figures {
  return peers.flatMap((peer, at) => {
    const { pss, cpu } = measurePeer(peer, before[at] ?? 0, hours)
    return [
      figure(`${peer.name}: PSS`, pss / MIB, 'MB'),
      figure(`${peer.name}: processor`, cpu, 's/h'),
      figure(`agent's PSS by ${peer.name}'s`, ours / pss, 'x'),
    ]
  })
}

type Watched = { readonly pid: number; readonly trim: () => Promise<number | null>; readonly childrenFile: string }

/** Waits for the steady state, watches it, trims once. */
async function observe(agent: Watched, upBytes: () => number, peers: readonly Peer[], began: number): Promise<Figures> {
  await sleep(SETTLE_MS)
  const first = { ...workOf(agent.pid), up: upBytes(), peers: peers.map(({ pid }) => workOf(pid).cpuSeconds) }
  const from = Date.now()
  const steady = await watch(agent.pid, agent.childrenFile, from)
  const hours = (Date.now() - from) / HOUR_MS
  const last = workOf(agent.pid)
  const since = childrenSince(agent.childrenFile, from).length
  const burst = childrenSince(agent.childrenFile, began).length - since
  const measured = {
    ...{ steady, hours, cpuAtStart: first.cpuSeconds, cpuSteady: last.cpuSeconds - first.cpuSeconds },
    ...{ wakeUps: last.wakeUps - first.wakeUps, upBytes: upBytes() - first.up },
    childrenPerDay: (since / hours) * 24 + burst * 4,
  }
  const theirs = peerFigures(peers, first.peers, hours, steady.memory.pss)
  return [...agentFigures({ ...measured, trimmed: await agent.trim() }), ...theirs]
}

async function measure(folder: string): Promise<Figures> {
  const agent = await bundleAgent(folder)
  const { server, agentEnv, front } = await furnish(folder, agent)
  const began = Date.now()
  const grouped = await startGrouped(agent, agentEnv)
  const peers: readonly Peer[] = await startPeers(folder)
  try {
    const watched = { ...grouped, childrenFile: agentEnv['ROUNDS_BENCH_CHILDREN'] ?? '' }
    return await observe(watched, front.upBytes, peers, began)
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
  run: ({ folder }) => measure(folder),
}
