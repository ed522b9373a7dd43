/** The agent against a real WebSocket on loopback: enroll, authenticate, deliver, rewind, and refuse what is not the pinned server. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../agent/clock.ts'
import { readConfig } from '../../../agent/config.ts'
import { type Agent, createAgent } from '../../../agent/create-agent.ts'
import { type DataFolder, dataFolderAt, openDataFolder } from '../../../agent/data-folder.ts'
import { enrollMachine } from '../../../agent/enroll-machine.ts'
import { readIdentity, readLease } from '../../../agent/identity.ts'
import { SILENT_LOG } from '../../../agent/log.ts'
import type { AnyTask } from '../../../agent/report/run-task.ts'
import { readShownReport } from '../../../agent/shown-files.ts'
import { Spool } from '../../../agent/spool/spool.ts'
import { dialServer } from '../../../agent/uplink/dial.ts'
import { verifyAttestation } from '../../../shared/protocol/attestation.ts'
import { pinOf } from '../../../shared/protocol/code.ts'
import { randomBytes } from '../../../shared/protocol/crypto.ts'
import type { Attestation } from '../../../shared/protocol/messages.ts'
import { read } from '../../../shared/reading.ts'
import { fakeProbe } from '../../support/fake-probe.ts'
import { tempFolder } from '../../support/tmp.ts'
import { FakeServer, until } from './fake-server.ts'

const probe = fakeProbe({
  files: { '/etc/machine-id': 'SECRET-MACHINE-ID', '/proc/sys/kernel/random/boot_id': 'boot-1' },
})
const clock = systemClock()

let server: FakeServer
let folder: DataFolder
let agents: Agent[]
let usedBytes: number

beforeEach(async () => {
  server = await new FakeServer().start()
  folder = dataFolderAt(tempFolder('uplink'))
  expect(openDataFolder(folder).ok).toBe(true)
  agents = []
  usedBytes = 1_000
})
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.stop('stop')))
  await server.stop()
})

const tasks: readonly AnyTask[] = [
  {
    id: 'system/vitals',
    check: 'system',
    cadence: 'vitals',
    parts: ['boot'],
    timeoutMs: 1_000,
    collect: async () => ({
      parts: { boot: read('system/proc', { bootedAt: 5 }) },
      samples: { 'memory:usedBytes': usedBytes },
    }),
  },
]

const enroll = (code = server.code()) =>
  enrollMachine(code, { folder, config: { server: null, caFile: null, watches: [] }, clock, probe, dial: dialServer })

async function startAgent(): Promise<Agent> {
  const config = readConfig(folder)
  const identity = readIdentity(folder)
  if (!config.ok || config.value.server === null || !identity.ok || identity.value === null)
    throw new Error('not enrolled')
  const agent = await createAgent({
    folder,
    config: { ...config.value, server: config.value.server },
    identity: identity.value,
    probe,
    tasks,
    clock,
    log: SILENT_LOG,
    dial: dialServer,
    ticks: () => () => {},
    random: () => 0.1,
  })
  agents.push(agent)
  agent.start()
  return agent
}

/** Makes one more record: the sample moves and the task is due again (a tick of the next slot). */
async function report(agent: Agent): Promise<void> {
  usedBytes += 1
  const config = { version: usedBytes, body: {} }
  // A newer configuration makes every task due at once: the way in which a server may do it too.
  server.last.say({ t: 'config', ...config })
  await until('another record', () => {
    const next = readShownReport(folder, 'next') ?? ''
    return next.includes(`[0,${usedBytes}]`)
  })
  await agent.idle()
}

describe('enroll', () => {
  test('writes an identity that a real handshake has proven', async () => {
    const enrolled = await enroll()
    expect(enrolled.ok).toBe(true)
    const identity = readIdentity(folder)
    expect(identity.ok && identity.value?.agentId).toEqual(server.agentId)
    expect(readLease(folder).leaseN).toBe(1)
    expect(readFileSync(folder.config, 'utf8')).toContain(server.url)
    expect(server.last.accepted?.kind).toBe('enroll')
    expect(server.last.accepted?.info.os).toBe('linux')
  })

  test('again with the same code gives the same key', async () => {
    await enroll()
    const first = server.agentPub
    await enroll()
    expect(server.agentPub).toBe(first)
  })

  test('a wrong pin: nothing about the machine leaves', async () => {
    const result = await enroll(server.code({ pinS: pinOf(randomBytes(32)) }))
    expect(!result.ok && result.error.code).toBe('wrong-server')
    expect(server.last.texts).toHaveLength(1)
    expect(JSON.parse(server.last.texts[0] ?? '{}').t).toBe('hello')
    expect(server.last.texts.join()).not.toMatch(/hostname|info|stream/)
    expect(readIdentity(folder)).toEqual({ ok: true, value: null })
  })

  test.each([
    ['code-used', 'used already'],
    ['code-expired', 'expired'],
    ['code-net', 'this network'],
  ] as const)('%s, said with a MAC, is told to the person', async (code, sentence) => {
    server.manners.macErr = code
    const result = await enroll()
    expect(!result.ok && result.error.code).toBe(code)
    expect(!result.ok && result.error.sentence).toContain(sentence)
  })

  test('a code of another secret is refused', async () => {
    const result = await enroll(server.code({ secret: randomBytes(16) }))
    expect(!result.ok && result.error).toMatchObject({ code: 'refused', sentence: expect.stringContaining('code') })
  })

  test('a server that is away, a damaged code and plain http to elsewhere each get their sentence', async () => {
    const code = server.code()
    await server.stop()
    const away = await enroll(code)
    expect(!away.ok && away.error.sentence).toContain('ECONNREFUSED')
    const damaged = await enroll(`${code.slice(0, 30)}${code[30] === 'A' ? 'B' : 'A'}${code.slice(31)}`)
    expect(!damaged.ok && damaged.error).toMatchObject({
      code: 'bad-code',
      sentence: expect.stringContaining('damaged'),
    })
    const plain = await enroll(server.code({ url: 'http://192.0.2.7:80' }))
    expect(!plain.ok && plain.error.sentence).toContain('http only to this machine itself')
  })
})

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
    agents = []
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
    agents = []
    expect(server.last.messages.at(-1)).toEqual({ t: 'bye', why: 'shutdown' })
  })
})

describe('a link is cut by the agent', () => {
  async function connected(): Promise<void> {
    await enroll()
    await startAgent()
    await until('a session', () => server.have >= 1)
  }

  test.each([
    ['a message type that is not on the list', { t: 'exec', command: 'reboot' }, 4400],
    ['a message with a key too many', { t: 'ack', upTo: 1, path: '/etc/passwd' }, 4400],
    ['an ack of what was never sent', { t: 'ack', upTo: 99 }, 4400],
    ['a second welcome', { t: 'welcome' }, 4400],
  ])('%s', async (_name, message, code) => {
    await connected()
    const session = server.last
    session.say(message)
    await until('the close', () => session.closeCode !== null)
    expect(session.closeCode).toBe(code)
  })

  test('a frame with a wrong MAC', async () => {
    await connected()
    const session = server.last
    const sealed = session.sealer?.seal({ t: 'ack', upTo: 1 })
    const bytes = Buffer.from(sealed?.ok ? sealed.value : [])
    bytes[12] = (bytes[12] ?? 0) ^ 1
    session.socket.send(bytes)
    await until('the close', () => session.closeCode !== null)
    expect(session.closeCode).toBe(4400)
  })

  test('a replayed frame and a text after the keys', async () => {
    await connected()
    const first = server.last
    const sealed = first.sealer?.seal({ t: 'slow', ms: 0 })
    const bytes = sealed?.ok ? sealed.value : new Uint8Array()
    first.socket.send(bytes)
    first.socket.send(bytes)
    await until('the close', () => first.closeCode !== null)
    expect(first.closeCode).toBe(4400)
    await until('a new session', () => server.last !== first && server.last.sealer !== null)
    const second = server.last
    second.socket.send('{"t":"ack","upTo":1}')
    await until('the close', () => second.closeCode !== null)
    expect(second.closeCode).toBe(4400)
  })

  test('a frame above the limit', async () => {
    await connected()
    const session = server.last
    session.socket.send(Buffer.alloc(300_000))
    await until('the close', () => session.closeCode !== null)
    // ws itself refuses it (1009) before a byte reaches the codec.
    expect(session.closeCode).toBe(1009)
  })

  test('another identity than the pinned one, on a later connect too', async () => {
    await connected()
    server.manners.impostor = true
    server.last.socket.terminate()
    await until('the impostor was met', () => server.sessions.length >= 3 && server.last.closeCode !== null)
    expect(server.last.texts).toHaveLength(1)
  })

  test('an unsigned "revoked" has no lasting effect: the agent comes back', async () => {
    await connected()
    server.manners.textErr = 'revoked'
    server.last.socket.terminate()
    await until('a refusal', () => server.sessions.length >= 3 && server.last.closeCode !== null)
    delete server.manners.textErr
    const count = server.sessions.length
    await until('a session after it', () => server.sessions.length > count && server.last.sealer !== null)
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
