/** The resident agent as a process against a real socket: enroll, run, status, show, doctor, a clean end, and a kill that loses nothing. */

import type { ChildProcess } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tempFolder } from '../../support/tmp.ts'
import { FakeServer, until } from '../uplink/fake-server.ts'
import { agentCommand, ended, startAgent } from './agent-process.ts'

let server: FakeServer
let data: string
let running: ChildProcess[]

beforeEach(async () => {
  server = await new FakeServer().start()
  data = join(tempFolder('agent-run'), 'agent')
  running = []
})
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await server.stop()
})

const agent = (...words: string[]) => agentCommand(data, words)
function run(env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = startAgent(data, ['run'], env)
  running.push(child)
  return child
}

describe('agent run', () => {
  test('enroll, run, status, show, doctor, stop', async () => {
    const enrolled = await agent('enroll', server.code(), '--json')
    expect(enrolled).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(enrolled.out)).toMatchObject({
      state: 'active',
      server: server.url,
      fingerprint: expect.stringMatching(/^\d{4}-/),
    })
    expect(await agent('enroll', server.code())).toMatchObject({ code: 1, err: expect.stringContaining('--replace') })

    const child = run({ NODE_OPTIONS: '--no-warnings', NODE_EXTRA_CA_CERTS: '/nowhere' })
    const end = ended(child)
    await until('the first full report', () => server.records.get(1)?.f === 1, 20_000)
    // The process was replaced under the same id, without the variables that change what Node does.
    const environment = readFileSync(`/proc/${child.pid}/environ`, 'utf8')
    expect(environment).not.toContain('NODE_OPTIONS')
    expect(environment).not.toContain('NODE_EXTRA_CA_CERTS')
    expect(statSync(join(data, 'keys')).mode & 0o777).toBe(0o700)

    await until(
      'system and disk',
      () => [...server.records.values()].some(({ c }) => c?.['disk'] !== undefined),
      20_000,
    )
    await until('status', () => readFileSync(join(data, 'shown', 'status.json'), 'utf8').includes('"connected"'))
    const status = await agent('status')
    expect(status).toMatchObject({ code: 0, out: expect.stringContaining('connected since') })

    await until('quiet', () => readFileSync(join(data, 'shown', 'last-report.json'), 'utf8') === server.payloads.at(-1))
    const show = await agent('show')
    expect(server.payloads).toContain(show.out)
    expect(show.err).toContain(server.url)
    expect(statSync(join(data, 'shown', 'last-report.json')).mode & 0o777).toBe(0o644)

    const doctor = await agent('doctor', '--json')
    const steps = JSON.parse(doctor.out) as { step: string; state: string }[]
    expect(steps.filter(({ state }) => state === 'wrong')).toEqual([])
    expect(steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['folder', 'rights', 'tools', 'identity', 'name', 'port', 'tls', 'server', 'clock']),
    )

    expect(await agent('run')).toMatchObject({ code: 1, err: expect.stringContaining('runs already') })
    child.kill('SIGTERM')
    const { code, out } = await end
    expect([code, out]).toEqual([0, ''])
    expect(server.sessions.flatMap(({ messages }) => messages)).toContainEqual({ t: 'bye', why: 'shutdown' })
    expect(await agent('status')).toMatchObject({ code: 1, out: expect.stringContaining('not running') })
  }, 60_000)

  test('killed at any moment: the next run goes on where the server stands, nothing twice, nothing lost', async () => {
    await agent('enroll', server.code())
    server.manners.noAck = true
    for (let round = 0; round < 3; round++) {
      const before = server.sessions.length
      const child = run()
      const end = ended(child)
      await until('a session', () => server.sessions.length > before, 20_000)
      await new Promise((resolve) => setTimeout(resolve, 40 * round))
      child.kill('SIGKILL')
      await end
    }
    server.manners.noAck = false
    const child = run()
    const end = ended(child)
    const before = server.have
    await until('more records', () => server.have > before, 20_000)
    child.kill('SIGTERM')
    await end
    const kept = [...server.records.keys(), ...server.attestations.map((message) => ('q' in message ? message.q : 0))]
    expect(kept.sort((a, b) => a - b)).toEqual(Array.from({ length: server.have }, (_, i) => i + 1))
  }, 90_000)

  test('enroll --replace: nothing of the old identity reaches the new server', async () => {
    await agent('enroll', server.code())
    const oldPub = server.agentPub
    const other = await new FakeServer().start()
    try {
      const failed = await agent('enroll', '--replace', other.code({ secret: Buffer.alloc(16) }))
      expect(failed.code).toBe(1)
      expect(readFileSync(join(data, 'agent.toml'), 'utf8')).toContain(server.url)
      expect(await agent('enroll', '--replace', other.code())).toMatchObject({ code: 0 })
      expect(other.agentPub).not.toBe(oldPub)
      expect(readFileSync(join(data, 'agent.toml'), 'utf8')).toContain(other.url)
      const child = run()
      const end = ended(child)
      await until('a record at the new server', () => other.have >= 1, 20_000)
      expect(other.records.get(1)?.f).toBe(1)
      child.kill('SIGTERM')
      expect((await end).code).toBe(0)
    } finally {
      await other.stop()
    }
  }, 60_000)

  test('doctor names what is wrong: another server than the code’s, a server that is away', async () => {
    await agent('enroll', server.code())
    server.manners.impostor = true
    const wrong = await agent('doctor')
    expect(wrong).toMatchObject({ code: 1, out: expect.stringMatching(/wrong {2}server .*identity key differs/) })
    expect(server.last.texts).toHaveLength(1)
    await server.stop()
    expect(await agent('doctor')).toMatchObject({ code: 1, out: expect.stringMatching(/wrong {2}port .*ECONNREFUSED/) })
  }, 60_000)
})
