/** The agent over a real WebSocket on loopback: deliver, resend, rewind, answer, say goodbye. */
import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Agent } from '../../../agent/create-agent.ts'
import type { DataFolder } from '../../../agent/data-folder.ts'
import { readLease } from '../../../agent/identity.ts'
import { readShownReport } from '../../../agent/shown-files.ts'
import { Spool } from '../../../agent/spool/spool.ts'
import { verifyAttestation } from '../../../shared/protocol/attestation.ts'
import { randomBytes } from '../../../shared/protocol/crypto.ts'
import type { Attestation } from '../../../shared/protocol/messages.ts'
import { type FakeServer, until } from './fake-server.ts'
import { LinkBench } from './link-bench.ts'

let bench: LinkBench
let server: FakeServer
let folder: DataFolder

beforeEach(async () => {
  bench = await new LinkBench().open()
  server = bench.server
  folder = bench.folder
})
afterEach(() => bench.close())

const enroll = (code?: string) => bench.enroll(code)
const startAgent = () => bench.startAgent()
const report = (agent: Agent) => bench.report(agent)

describe('a link', () => {
  test('delivers records as they were frozen, and shows the person exactly those bytes', async () => {
    await enroll()
    const agent = await startAgent()
    await until('the first record', () => server.have >= 1)
    const first = server.records.get(1)
    expect(first?.f).toBe(1)
    expect(Object.keys(first?.s ?? {})).toHaveLength(6)
    expect(first?.v?.system).toEqual([0, 1_000])
    await report(agent)
    await until('two records', () => server.have >= 2)
    expect(server.records.get(2)).toMatchObject({ q: 2, v: { system: [0, 1_001] } })
    expect(server.records.get(2)?.s).toBeUndefined()
    expect(readShownReport(folder, 'last')).toBe(server.payloads.at(-1))
  })

  test('a new lease is on disk before the first report of its session', async () => {
    await enroll()
    server.manners.noAck = true
    await startAgent()
    await until('a report', () => server.last.messages.length > 0)
    expect(readLease(folder).leaseN).toBe(2)
  })

  test('what was not acknowledged is sent again after a reconnect, once', async () => {
    await enroll()
    server.manners.noAck = true
    await startAgent()
    await until('a report', () => server.have >= 1)
    server.have = 0
    server.records.clear()
    server.manners.noAck = false
    server.last.socket.terminate()
    await until('the record again', () => server.have >= 1)
    expect(server.sessions.length).toBe(3)
    expect([...server.records.keys()][0]).toBe(1)
  })

  test('a server that was set back gets the difference again', async () => {
    await enroll()
    const agent = await startAgent()
    await until('the first record', () => server.have >= 1)
    await report(agent)
    await report(agent)
    await until('three records', () => server.have >= 3)
    const all = server.have
    server.have = 1
    server.records.clear()
    server.last.socket.close(1001)
    await until('everything again', () => server.have >= all)
    expect(server.records.get(2)?.v?.system).toEqual([0, 1_001])
  })

  test('survives a restart of the server on the same port', async () => {
    await enroll()
    await startAgent()
    await until('the first record', () => server.have >= 1)
    await server.stop()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await server.start()
    await until('a new session', () => server.sessions.length >= 3)
  })

  test('answers want with current bodies and attest with a signature over its sections', async () => {
    await enroll()
    await startAgent()
    await until('the first record', () => server.have >= 1)
    server.last.say({ t: 'want', checks: ['disk'] })
    await until('bodies', () => server.have >= 2)
    expect(server.records.get(2)?.s?.disk?.b).toMatchObject({ volumes: { state: 'never' } })
    const before = server.attestations.length
    const nonce = randomBytes(16)
    server.last.say({ t: 'attest', nonce: nonce.toString('base64url'), why: 'visit' })
    await until('an attestation', () => server.attestations.length > before)
    const attestation = server.attestations.at(-1) as Attestation
    const accepted = server.last.accepted
    if (accepted === null) throw new Error('no session')
    const checked = verifyAttestation(attestation, {
      agentPub: accepted.pub,
      agentId: server.agentId,
      stream: accepted.stream,
    })
    expect(checked.ok && Buffer.from(checked.value.attested.nonce)).toEqual(nonce)
    expect(attestation.sections.system?.h).toBe(server.records.get(1)?.s?.system?.h)
  })

  test('attestations chain: each names the one before, over a restart too', async () => {
    await enroll()
    const agent = await startAgent()
    await until('the first record', () => server.have >= 1)
    const ask = async () => {
      const before = server.attestations.length
      server.last.say({ t: 'attest', nonce: randomBytes(16).toString('base64url'), why: 'daily' })
      await until('an attestation', () => server.attestations.length > before)
    }
    await ask()
    await agent.stop('stop')
    const sessions = server.sessions.length
    await startAgent()
    await until('a session', () => server.sessions.length > sessions && server.last.messages.length > 0)
    await ask()
    const prevs = server.attestations.map((message) => (message as Attestation).prev)
    expect(new Set(prevs).size).toBe(prevs.length)
    expect(prevs[0]).toBe(Buffer.alloc(32).toString('base64url'))
  })

  test('a spool put back from an older copy begins a new stream', async () => {
    await enroll()
    server.have = 50
    await startAgent()
    await until('two sessions', () => server.sessions.length >= 3)
    const [, first, second] = server.sessions
    expect(first?.messages).toEqual([])
    server.have = 0
    expect(second?.accepted?.stream).not.toEqual(first?.accepted?.stream)
  })

  test('says goodbye when it is stopped', async () => {
    await enroll()
    const agent = await startAgent()
    await until('the first record', () => server.have >= 1)
    await agent.stop('shutdown')
    expect(server.last.messages.at(-1)).toEqual({ t: 'bye', why: 'shutdown' })
  })
})

test('a full spool from before is drained in order before anything new', async () => {
  await enroll()
  const spool = new Spool(folder.spool)
  for (let i = 0; i < 250; i++) {
    const q = spool.nextQ
    const bytes = Buffer.from(JSON.stringify({ q, at: Date.now(), up: q, ...(q === 1 ? { f: 1 } : {}) }))
    spool.append({ kind: 'report', full: q === 1, bytes }, Date.now())
  }
  spool.close()
  await startAgent()
  await until('everything', () => server.have >= 251)
  expect([...server.records.keys()]).toEqual(Array.from({ length: server.records.size }, (_, i) => i + 1))
  const reports = server.last.messages.filter((message) => message.t === 'report')
  expect(reports.length).toBeLessThan(10)
})

test('a damaged stored configuration is the same as none', async () => {
  await enroll()
  writeFileSync(folder.serverConfig, '{"version":3,"body":{"folder":"/etc"}}')
  await startAgent()
  await until('the first record', () => server.have >= 1)
})
