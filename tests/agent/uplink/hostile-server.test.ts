/**
 * Nothing that a server says reaches a file name, a path, a host or an argument of the agent: whatever it sends, the questions put to the
 * machine, the names in the data folder and the addresses dialed stay within what they are without it.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join, relative } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TASKS } from '../../../agent/checks/tasks.ts'
import { systemClock } from '../../../agent/clock.ts'
import { readConfig } from '../../../agent/config.ts'
import { type Agent, createAgent } from '../../../agent/create-agent.ts'
import { type DataFolder, dataFolderAt, openDataFolder } from '../../../agent/data-folder.ts'
import { enrollMachine } from '../../../agent/enroll-machine.ts'
import { readIdentity } from '../../../agent/identity.ts'
import { SILENT_LOG } from '../../../agent/log.ts'
import type { AnyTask } from '../../../agent/report/run-task.ts'
import { type Dial, dialServer } from '../../../agent/uplink/dial.ts'
import { parseServerUrl } from '../../../agent/uplink/server-url.ts'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { fakeProbe } from '../../support/fake-probe.ts'
import { tempFolder } from '../../support/tmp.ts'
import { FakeServer, until } from './fake-server.ts'

/** A marker in every hostile string, and what it would take to leave a folder, a host or an argument. */
const MARK = 'HOSTILE'
const HOSTILE = [
  `/etc/${MARK}`,
  `../../${MARK}`,
  `--${MARK}=1`,
  `; rm -rf ${MARK}`,
  `$(${MARK})`,
  `http://${MARK}.example/`,
  `${MARK}.example:443`,
  `\u0000${MARK}`,
  `__proto__${MARK}`,
  `disk/${MARK}`,
]

/** Names that the data folder may hold. */
const KNOWN_NAMES =
  /^(agent\.toml|keys|keys\/(agent\.key|identity\.json|lease\.json|attested\.json)|spool|spool\/(stream\.json|[0-9a-f]{14}\.seg)|shown|shown\/(last-report|next-report|status)\.json|hooks|cache|server-config\.json)$/

const clock = systemClock()
let server: FakeServer
let folder: DataFolder
let agent: Agent | null
let dialed: Set<string>
const probe = fakeProbe({ files: { '/proc/mounts': '', '/etc/os-release': 'ID=debian\n' } })

const dial: Dial = (target, caFile, events) => {
  dialed.add(`${target.socketUrl} ${target.host} ${caFile}`)
  return dialServer(target, caFile, events)
}

beforeEach(async () => {
  server = await new FakeServer().start()
  folder = dataFolderAt(join(tempFolder('hostile'), 'agent'))
  openDataFolder(folder)
  dialed = new Set()
  agent = null
  const config = { server: null, caFile: null, watches: [] }
  expect((await enrollMachine(server.code(), { folder, config, clock, probe, dial })).ok).toBe(true)
  const stored = readConfig(folder)
  const identity = readIdentity(folder)
  if (!stored.ok || stored.value.server === null || !identity.ok || identity.value === null)
    throw new Error('not enrolled')
  agent = await createAgent({
    folder,
    config: { ...stored.value, server: stored.value.server },
    identity: identity.value,
    probe,
    tasks: CHECK_NAMES.flatMap((check): readonly AnyTask[] => TASKS[check]),
    clock,
    log: SILENT_LOG,
    dial,
    ticks: () => () => {},
    random: () => 0,
  })
})
afterEach(async () => {
  await agent?.stop('stop')
  await server.stop()
})

function namesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) =>
    relative(root, join(entry.parentPath, entry.name)),
  )
}

const hostile = fc.constantFrom(...HOSTILE)
const word = fc.oneof(hostile, fc.string(), fc.constantFrom('disk', 'disk/smartctl', 'vitals', 'active'))
const anything = fc.oneof(
  word,
  fc.integer(),
  fc.constant(null),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(word, word, { maxKeys: 3 }),
)
/** Bodies near the schema, so that a good part of them is accepted. */
const body = fc.oneof(
  fc.record({
    off: fc.array(fc.constantFrom('disk/smartctl', 'patch/apt', `disk/${MARK.toLowerCase()}`, 'a/b'), { maxLength: 4 }),
  }),
  fc.record({
    cadenceMs: fc.dictionary(fc.constantFrom('vitals', 'smart'), fc.integer({ min: 1_000, max: 86_400_000 })),
  }),
  fc.record({ checks: fc.dictionary(fc.constantFrom('disk', 'backup', 'patch'), fc.boolean()) }),
  fc.record({ off: fc.array(hostile, { maxLength: 2 }) }),
  fc.dictionary(fc.oneof(word, fc.constantFrom('folder', 'watches', 'server', 'url', 'repository')), anything, {
    maxKeys: 3,
  }),
)
const message = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 1e6 }), body).map(([version, one]) => ({ t: 'config', version, body: one })),
  fc.array(word, { maxLength: 3 }).map((checks) => ({ t: 'want', checks })),
  word.map((nonce) => ({ t: 'attest', nonce, why: 'daily' })),
  fc.tuple(word, anything).map(([code, retryMs]) => ({ t: 'err', code, retryMs })),
  fc.tuple(word, anything).map(([t, value]) => ({ t, value })),
)

/** Offers a configuration until the agent holds it: the session may be ending for what was said before. */
async function sayUntilTaken(version: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.last.sealer !== null && server.last.closeCode === null)
      server.last.say({ t: 'config', version, body: {} })
    await new Promise((resolve) => setTimeout(resolve, 100))
    if (JSON.parse(readFileSync(folder.serverConfig, 'utf8')).version === version) return
  }
  throw new Error('the agent never took the last configuration')
}

test('whatever a proven server sends: the same questions, names and addresses as without it', async () => {
  agent?.start()
  await until('a first report', () => server.have >= 1)
  await agent?.idle()
  const questions = new Set(probe.calls)
  expect(questions.size).toBeGreaterThan(20)
  const addresses = new Set(dialed)
  expect(addresses.size).toBe(1)
  const beside = readdirSync(dirname(folder.root))
  const key = readFileSync(folder.key, 'utf8')
  const toml = readFileSync(folder.config, 'utf8')

  for (const [index, one] of fc.sample(message, { numRuns: 200, seed: 42 }).entries()) {
    await until('a session', () => server.last.sealer !== null && server.last.closeCode === null)
    server.last.say(one.t === 'config' ? { ...one, version: index + 1 } : one)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  // Some of it was taken: the test is about more than refusals.
  expect(JSON.parse(readFileSync(folder.serverConfig, 'utf8')).version).toBeGreaterThan(50)
  await sayUntilTaken(9_000_000)
  await agent?.idle()

  expect([...new Set(probe.calls)].filter((question) => !questions.has(question))).toEqual([])
  expect(probe.calls.filter((question) => question.includes(MARK) || question.includes(MARK.toLowerCase()))).toEqual([])
  expect(dialed).toEqual(addresses)
  expect(namesIn(folder.root).filter((name) => !KNOWN_NAMES.test(name))).toEqual([])
  expect(readdirSync(dirname(folder.root))).toEqual(beside)
  expect(readFileSync(folder.key, 'utf8')).toBe(key)
  expect(readFileSync(folder.config, 'utf8')).toBe(toml)
  expect(statSync(folder.serverConfig).mode & 0o777).toBe(0o600)
}, 60_000)

test.each([
  ['a foreign agent id', { agentId: Buffer.alloc(16, 7).toString('base64url') }],
  ['a path for an agent id', { agentId: `../../${MARK}` }],
  ['a key too many', { host: `${MARK}.example` }],
  ['a state that is none', { state: `active/${MARK}` }],
  ['a configuration that names a folder', { config: { version: 1, body: { folder: '/etc' } } }],
])('a welcome with %s keeps nothing', async (_name, welcome) => {
  server.manners.welcome = welcome
  const before = readFileSync(folder.lease, 'utf8')
  agent?.start()
  await until('two refusals', () => server.sessions.length >= 3 && server.sessions[1]?.closeCode !== null)
  expect(server.sessions[1]?.closeCode).toBe(4400)
  expect(server.sessions.flatMap(({ messages }) => messages)).toEqual([])
  expect(readFileSync(folder.lease, 'utf8')).toBe(before)
  expect(readdirSync(folder.root)).not.toContain('server-config.json')
})

test('a redirect is not followed', async () => {
  let visits = 0
  const elsewhere = createServer((_request, response) => {
    visits += 1
    response.end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => elsewhere.once('listening', resolve))
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/agent/v1`
  const redirecting = createServer((_request, response) => response.writeHead(302, { location }).end()).listen(
    0,
    '127.0.0.1',
  )
  redirecting.on('upgrade', (_request, socket) => {
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  })
  await new Promise((resolve) => redirecting.once('listening', resolve))
  const target = parseServerUrl(`http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`)
  if (!target.ok) throw new Error(target.error)
  const detail = await new Promise<string>((resolve) => {
    dialServer(target.value, null, { onOpen() {}, onMessage() {}, onAlive() {}, onEnd: (_code, text) => resolve(text) })
  })
  expect(detail).toContain('302')
  expect(visits).toBe(0)
  elsewhere.close()
  redirecting.close()
})
