/** A link that is no link any more is noticed by the agent's own clock: silence, a missing ack, a machine that slept. Sockets are real, time is not. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SILENT_LOG } from '../../../agent/log.ts'
import { Spool } from '../../../agent/spool/spool.ts'
import { dialServer } from '../../../agent/uplink/dial.ts'
import { parseServerUrl } from '../../../agent/uplink/server-url.ts'
import { Uplink, type UplinkState } from '../../../agent/uplink/uplink.ts'
import { toB64 } from '../../../shared/protocol/bytes.ts'
import { pinOf } from '../../../shared/protocol/code.ts'
import { randomBytes, signingKey } from '../../../shared/protocol/crypto.ts'
import { NO_ID } from '../../../shared/protocol/transcript.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { tempFolder } from '../../support/tmp.ts'
import { type HandClock, handClock } from '../report/hand-clock.ts'
import { FakeServer, until } from './fake-server.ts'

let server: FakeServer
let clock: HandClock
let spool: Spool
let uplink: Uplink
let states: UplinkState[]

beforeEach(async () => {
  server = await new FakeServer().start()
  clock = handClock()
  spool = new Spool(tempFolder('liveness'), { readFreeSpace: () => ({ freeBytes: 1e10, totalBytes: 2e10 }) })
  states = []
  const key = signingKey(randomBytes(32))
  server.agentPub = toB64(key.pub)
  const url = parseServerUrl(server.url)
  if (!url.ok) throw new Error(url.error)
  uplink = new Uplink({
    clock,
    log: SILENT_LOG,
    dial: dialServer,
    random: () => 0.5,
    server: url.value,
    caFile: null,
    identity: {
      agentId: server.agentId,
      key,
      pins: { server: pinOf(server.identity.pub), recovery: NO_ID },
      salt: NO_ID,
      enrolledAt: 0,
    },
    spool,
    readLease: () => ({ lease: NO_ID, leaseN: 0, bindingRequired: false }),
    saveLease: () => {},
    info: () => ({
      v: [1],
      now: clock.now(),
      mono: clock.mono(),
      bootId: '',
      build: '',
      os: 'linux',
      arch: '',
      hostname: '',
    }),
    fp: new Uint8Array(32),
    onWant: () => {},
    onAttest: () => {},
    onConfig: () => {},
    onSent: () => {},
    onAck: () => {},
    onState: (state) => states.push(state),
  })
  uplink.start()
  await connected(1)
})
afterEach(async () => {
  const stopped = uplink.stop('stop')
  await clock.advance(5 * SECOND_MS)
  await stopped
  spool.close()
  await server.stop()
})

const connected = (count: number) =>
  until(`connection ${count}`, () => states.filter(({ state }) => state === 'connected').length >= count)

/** Time passes in steps, with something from the server at each one if it is alive. */
async function pass(seconds: number, isAlive: boolean): Promise<void> {
  for (let second = 0; second < seconds; second += 5) {
    if (isAlive) {
      const pong = new Promise((resolve) => server.last.socket.once('pong', resolve))
      server.last.socket.ping()
      await pong
    }
    await clock.advance(5 * SECOND_MS)
  }
}

test('a server that pings every few seconds is kept for hours', async () => {
  await pass(600, true)
  expect(server.sessions).toHaveLength(1)
})

test('90 seconds without any frame: cut, and connected anew', async () => {
  await pass(85, false)
  expect(server.last.closeCode).toBeNull()
  await pass(15, false)
  await until('the cut', () => server.sessions[0]?.closeCode !== null)
  // Not said goodbye to: a half-open peer never answers.
  expect(server.sessions[0]?.closeCode).toBe(1006)
  await until('waiting', () => states.some((state) => state.state === 'waiting' && state.cause.kind === 'silent'))
  await clock.advance(SECOND_MS)
  await connected(2)
})

test('60 seconds without an ack: cut, though pings still come', async () => {
  server.manners.noAck = true
  const bytes = Buffer.from(JSON.stringify({ q: 1, at: clock.now(), up: 1, f: 1 }))
  spool.append({ kind: 'report', full: true, bytes }, clock.now())
  uplink.pump()
  await until('the report', () => server.have === 1)
  await pass(55, true)
  expect(server.last.closeCode).toBeNull()
  await clock.advance(10 * SECOND_MS)
  await until('the cut', () => server.sessions[0]?.closeCode !== null)
})

test('the machine slept: within five seconds after it wakes the link is made anew', async () => {
  clock.jump(8 * 3_600 * SECOND_MS)
  await clock.advance(5 * SECOND_MS)
  await until('the cut', () => states.at(-1)?.state === 'waiting')
  expect(states.at(-1)).toMatchObject({ cause: { kind: 'clock-jump' } })
  await clock.advance(SECOND_MS)
  await connected(2)
})

test('a slow server pauses the sender for as long as it says', async () => {
  server.last.say({ t: 'slow', ms: 30_000 })
  const pong = new Promise((resolve) => server.last.socket.once('pong', resolve))
  server.last.socket.ping()
  await pong
  const bytes = Buffer.from(JSON.stringify({ q: 1, at: clock.now(), up: 1, f: 1 }))
  spool.append({ kind: 'report', full: true, bytes }, clock.now())
  uplink.pump()
  await pass(25, true)
  expect(server.have).toBe(0)
  await pass(10, true)
  await until('the report', () => server.have === 1)
})

test('a record refused with a MAC again and again is given up with a gap, alone', async () => {
  for (const q of [1, 2, 3]) {
    const bytes = Buffer.from(JSON.stringify({ q, at: clock.now(), up: 1, f: 1 }))
    spool.append({ kind: 'report', full: true, bytes }, clock.now())
  }
  server.manners.refuseQ = 2
  uplink.pump()
  for (let i = 0; i < 9 && server.have < 3; i++) {
    await until('an end or the end', () => states.at(-1)?.state === 'waiting' || server.have === 3)
    for (let waited = 0; states.at(-1)?.state === 'waiting' && waited < 600; waited++) await clock.advance(SECOND_MS)
    await until('a session', () => states.at(-1)?.state !== 'connecting')
  }
  expect([...server.records.keys()]).toEqual([1, 2, 3])
  expect(server.records.get(1)?.gap).toBeUndefined()
  expect(server.records.get(2)?.gap).toEqual({ from: 2, why: 'too-large' })
  expect(server.records.get(3)?.f).toBe(1)
})
