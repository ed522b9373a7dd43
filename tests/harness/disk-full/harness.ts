/**
 * A data folder that runs full under load, again and again: the server stays up, acknowledges nothing that it has not stored, says that
 * it is not well, and takes up again by itself once there is room.
 */
import { ok, strictEqual } from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ackedBy, compare } from '../../support/load/compare.ts'
import { type LoadedFleet, startFleet } from '../../support/load/fleet.ts'
import { furnish, type House, serve } from '../../support/load/house.ts'
import { runProgram } from '../../support/run-program.ts'
import type { Harness, HarnessContext } from '../harness.ts'

const AGENTS = 8
const SIZE = 'size=24m'
/** Time that the server is left without room: long enough for the ballast to be eaten and for refusals. */
const FULL_MS = 6_000
/** Service again within this time after space is freed (security-reliability.md C8). */
const BACK_MS = 30_000
/** A judgement that found no room is made again five seconds later; a stop does not wait for it. */
const ASSESSED_MS = 8_000
const MIB = 1_048_576

/** Mounts a small file system of its own. Root only; elsewhere the harness says so and is skipped. */
async function mountSmall(data: string, skip: HarnessContext['skip']): Promise<void> {
  fs.mkdirSync(data, { mode: 0o700 })
  const mounted = await runProgram('mount', ['-t', 'tmpfs', '-o', `${SIZE},mode=0700`, 'tmpfs', data])
  if (mounted.code !== 0) skip(`no small file system can be mounted here (needs root): ${mounted.stderr.trim()}`)
}

/** Takes all the room there is, and goes on taking what the server gives back. @returns how to give it all back. */
function fillUp(data: string): () => void {
  const file = path.join(data, 'filler')
  const handle = fs.openSync(file, 'w')
  const block = Buffer.alloc(MIB)
  const take = () => {
    try {
      for (;;) if (fs.writeSync(handle, block) === 0) return
    } catch {
      // ENOSPC: that is what is wanted.
    }
  }
  take()
  const timer = setInterval(take, 50)
  return () => {
    clearInterval(timer)
    fs.closeSync(handle)
    fs.rmSync(file)
  }
}

/** @returns ms until some agent is acknowledged again. @throws when none is in time. */
async function untilAcked(fleet: LoadedFleet): Promise<number> {
  const [before, from] = [ackedBy(fleet), performance.now()]
  while (ackedBy(fleet) === before) {
    if (performance.now() - from > BACK_MS)
      throw new Error(`nothing was acknowledged within ${BACK_MS} ms of free space`)
    await sleep(20)
  }
  return performance.now() - from
}

/** The harness. */
export const harness: Harness = {
  name: 'disk-full',
  nCi: 1,
  nDefault: 3,
  nFull: 10,
  onceMs: 120_000,
  async run({ n, folder, log, skip }) {
    const data = path.join(folder, 'data')
    await mountSmall(data, skip)
    const house: House = { environment: { ROUNDS_DATA: data, ROUNDS_PORT: '0' }, started: [] }
    let fleet: LoadedFleet | null = null
    try {
      const { server, origin } = await serve(house)
      fleet = startFleet(await furnish(house, 2, AGENTS), origin)
      let slowestMs = 0
      for (let i = 0; i < n; i += 1) {
        await sleep(2_000)
        const free = fillUp(data)
        await sleep(FULL_MS)
        ok(server.isAlive(), `the server ended on a full disk\n${server.printed()}`)
        const stuck = ackedBy(fleet)
        await sleep(1_000)
        strictEqual(ackedBy(fleet), stuck, 'something was acknowledged on a full disk')
        log(`full ${i + 1}: ${stuck} records acknowledged`)
        free()
        slowestMs = Math.max(slowestMs, await untilAcked(fleet))
      }
      fleet.quiet()
      await fleet.drained(BACK_MS)
      await sleep(ASSESSED_MS)
      await fleet.stop()
      strictEqual(await server.stop(), 0, server.printed())
      return { fills: n, records: await compare(data, fleet), slowestBackMs: Math.round(slowestMs) }
    } finally {
      await fleet?.stop()
      await Promise.all(house.started.map((running) => running.kill()))
      await runProgram('umount', ['-l', data])
    }
  },
}
