/**
 * `kill -9` of the real server at random moments, under the load of agents that report as fast as they are acknowledged. At the end:
 * no acknowledged record is missing, none is there twice, every one was judged, and every file is whole.
 */
import { ok, strictEqual } from 'node:assert/strict'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ackedBy, compare } from '../../support/load/compare.ts'
import { type LoadedFleet, startFleet } from '../../support/load/fleet.ts'
import { furnish, type House, serve } from '../../support/load/house.ts'
import { randomFrom } from '../../support/random.ts'
import type { Harness } from '../harness.ts'

const CLIENTS = 3
const AGENTS = 24
/** From the moment it listens: amid reconnects, handshakes and first sections, or in full flow. */
const LATEST_MS = 2_500
const DRAIN_MS = 60_000
/** More than the pause between two judgements of a machine. */
const ASSESSED_MS = 2_000

/** The harness. */
export const harness: Harness = {
  name: 'kill-server',
  nCi: 6,
  nDefault: 20,
  nFull: 200,
  onceMs: 60_000,
  async run({ n, seed, folder, log }) {
    const data = path.join(folder, 'data')
    const house: House = { environment: { ROUNDS_DATA: data, ROUNDS_PORT: '0' }, started: [] }
    let fleet: LoadedFleet | null = null
    try {
      let { server, origin } = await serve(house)
      fleet = startFleet(await furnish(house, CLIENTS, AGENTS), origin)
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
