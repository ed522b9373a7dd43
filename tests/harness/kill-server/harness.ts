/**
 * `kill -9` of the real server at random moments, under the load of agents that report as fast as they are acknowledged. At the end:
 * no acknowledged record is missing, none is there twice, every one was judged, and every file is whole.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { command, type Running, startProgram } from '../../support/e2e-processes.ts'
import { randomFrom } from '../../support/random.ts'
import type { Harness } from '../harness.ts'
import { type LoadedFleet, startFleet } from './fleet.ts'
import { checkFiles, readStored } from './stored.ts'

const CLIENTS = 3
const AGENTS = 24
const START_MS = 30_000
/** From the moment it listens: amid reconnects, handshakes and first sections, or in full flow. */
const LATEST_MS = 2_500
const DRAIN_MS = 60_000
/** More than the pause between two judgements of a machine. */
const ASSESSED_MS = 2_000

type House = { readonly folder: string; readonly environment: NodeJS.ProcessEnv; readonly started: Running[] }

/** Starts the server and waits until it listens; its port stays the same over restarts. @returns where. */
async function serve(
  house: House,
): Promise<{ readonly server: Running; readonly origin: string; readonly ms: number }> {
  const startedAt = performance.now()
  const server = startProgram('server', ['serve'], house.environment)
  house.started.push(server)
  for (;;) {
    const origin = /^Rounds \S+ at (\S+)$/m.exec(server.printed())?.[1]
    const ms = performance.now() - startedAt
    if (origin !== undefined) {
      house.environment['ROUNDS_PORT'] = new URL(origin).port
      return { server, origin, ms }
    }
    if (!server.isAlive() || ms > START_MS) throw new Error(`the server does not listen\n${server.printed()}`)
    await sleep(20)
  }
}

/** Clients and one single-use code for each agent. */
async function furnish({ environment }: House): Promise<readonly string[]> {
  const codes: string[] = []
  for (let c = 0; c < CLIENTS; c += 1)
    await command('server', ['client', 'add', `Client ${c}`, '--slug', `c${c}`], environment)
  for (let a = 0; a < AGENTS; a += 1) {
    codes.push((await command('server', ['code', 'new', '--client', `c${a % CLIENTS}`], environment)).trim())
  }
  return codes
}

/** The harness. */
export const harness: Harness = {
  name: 'kill-server',
  nCi: 6,
  nDefault: 20,
  nFull: 200,
  onceMs: 60_000,
  async run({ n, seed, folder, log }) {
    const data = path.join(folder, 'data')
    const house: House = { folder: data, environment: { ROUNDS_DATA: data, ROUNDS_PORT: '0' }, started: [] }
    let fleet: LoadedFleet | null = null
    try {
      let { server, origin } = await serve(house)
      fleet = startFleet(await furnish(house), origin)
      const random = randomFrom(seed)
      let slowestMs = 0
      for (let i = 0; i < n; i += 1) {
        const afterMs = Math.round(random() * LATEST_MS)
        log(`kill ${i + 1} after ${afterMs} ms, ${ackedBy(fleet)} records acknowledged`)
        await sleep(afterMs)
        ok(server.isAlive(), `the server ended by itself\n${server.printed()}`)
        await server.kill()
        const again = await serve(house)
        server = again.server
        slowestMs = Math.max(slowestMs, again.ms)
      }
      fleet.quiet()
      await fleet.drained(DRAIN_MS)
      await sleep(ASSESSED_MS)
      await fleet.stop()
      strictEqual(await server.stop(), 0, server.printed())
      const records = await compare(data, fleet)
      return { kills: n, agents: AGENTS, records, slowestRestartMs: Math.round(slowestMs) }
    } finally {
      await fleet?.stop()
      await Promise.all(house.started.map((running) => running.kill()))
    }
  },
}

const ackedBy = (fleet: LoadedFleet): number => fleet.agents.reduce((sum, { acked }) => sum + acked, 0)

/** @throws at the first difference between what the agents produced and what is stored. @returns how many records there are. */
async function compare(data: string, { agents }: LoadedFleet): Promise<number> {
  deepStrictEqual(checkFiles(data), [], 'files that are not whole')
  const streams = new Map(agents.map((agent) => [agent.info().hostname, agent.stream]))
  const stored = await readStored(data, streams)
  strictEqual(stored.size, agents.length, 'machines')
  for (const agent of agents) {
    const { hostname } = agent.info()
    const machine = stored.get(hostname)
    const values = agent.records.map(({ v }) => v?.system?.[5] ?? null)
    strictEqual(machine?.upTo, agent.records.length, `${hostname}: the mark of the store`)
    strictEqual(machine.assessedQ, machine.upTo, `${hostname}: a report was not assessed`)
    deepStrictEqual(machine.values, values, `${hostname}: each record once, in order`)
    strictEqual(machine.counted, values.length, `${hostname}: each record counted once`)
  }
  return agents.reduce((sum, { records }) => sum + records.length, 0)
}
