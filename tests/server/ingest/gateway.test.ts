/** The agents' door over real sockets: what is let in, what is refused and how, and what an acknowledgement means. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, signingKey } from '../../../shared/protocol/crypto.ts'
import { ConnectError, FakeAgent } from '../../support/fake-agent.ts'
import { tempFolder } from '../../support/tmp.ts'
import { startWorld, type World } from '../../support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld({ folder: tempFolder('gateway') })
  await world.addClient('c1')
})
afterEach(() => world.stop())

async function anAgent(over: Partial<ConstructorParameters<typeof FakeAgent>[0]> = {}): Promise<FakeAgent> {
  const agent = new FakeAgent({ code: await world.code('c1'), ...over })
  await agent.connect()
  return agent
}

/** The refusal of a connection that must not succeed. */
async function refusalOf(agent: FakeAgent): Promise<ConnectError> {
  try {
    await agent.connect()
  } catch (error) {
    if (error instanceof ConnectError) return error
    throw error
  }
  throw new Error('the agent was let in')
}

const machineIds = () => [...world.fleet.machineIds()]

describe('enrollment and records', () => {
  test('an agent enrolls, reports, is acknowledged after the commit, and is judged', async () => {
    const agent = await anAgent({ hostname: 'Srv 01' })
    for (let n = 0; n < 5; n += 1) agent.produce()
    agent.pump(10)
    await agent.ackedUpTo(5)
    const [machineId = ''] = machineIds()
    const points = await world.store.client('c1').samples(machineId, 'system', 'memory:usedBytes', 0, Date.now() + 1)
    expect(points.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5])
    expect(world.fleet.bySlug('c1', 'srv-01')).toMatchObject({
      name: 'Srv 01',
      upTo: 5,
      agent: { connected: true, build: '0.1.0' },
    })
    await new Promise((resolve) => setTimeout(resolve, 700))
    await world.assessor.settled()
    const stored = await world.store.client('c1').loadMachine(machineId)
    expect(stored?.row).toMatchObject({ upTo: 5, assessedQ: 5 })
    expect(stored?.row.outcomes.length).toBeGreaterThan(10)
  })

  test('a reconnect goes on where the server stands, and records sent twice are acknowledged once more, not kept twice', async () => {
    const agent = await anAgent()
    for (let n = 0; n < 3; n += 1) agent.produce()
    agent.pump(10)
    await agent.ackedUpTo(3)
    agent.cut()
    const welcome = await agent.connect()
    expect(welcome.have).toBe(3)
    agent.sent = 1
    agent.acked = 0
    agent.pump(10)
    await agent.ackedUpTo(3)
    const [machineId = ''] = machineIds()
    const days = await world.store.client('c1').days(machineId, 'system', 'memory:usedBytes', 0)
    expect(days.reduce((sum, { n }) => sum + n, 0)).toBe(3)
  })

  test('an unknown body is asked for at connect; samples are not guessed without it', async () => {
    const agent = await anAgent()
    agent.produce({ s: {} })
    agent.pump()
    await agent.ackedUpTo(1)
    expect(agent.received.find(({ t }) => t === 'want')).toEqual({
      t: 'want',
      checks: ['antivirus', 'backup', 'disk', 'patch', 'posture', 'system'],
    })
    const state = world.fleet.state(machineIds()[0] ?? '')
    expect(state?.checks.system).toMatchObject({ lastAt: null, section: { os: { state: 'never' } } })
    expect(state?.checks.system.samples.size).toBe(0)
  })

  test('a time in the future is kept, clamped to its receipt, and noted', async () => {
    const agent = await anAgent()
    agent.produce()
    agent.produce({ at: Date.now() + 3_600_000 })
    agent.pump()
    await agent.ackedUpTo(2)
    const state = world.fleet.state(machineIds()[0] ?? '')
    expect(state?.agent.futureMs).toBeGreaterThan(3_590_000)
    expect(state?.agent.lastReportAt).toBeLessThanOrEqual(Date.now())
    const points = await world.store
      .client('c1')
      .samples(machineIds()[0] ?? '', 'system', 'memory:usedBytes', 0, Date.now() + 1)
    expect(points).toHaveLength(2)
  })

  test('a wrong clock is measured and taken out of event times', async () => {
    const agent = await anAgent({ clockOffsetMs: -7_200_000 })
    agent.produce()
    agent.pump()
    await agent.ackedUpTo(1)
    const state = world.fleet.state(machineIds()[0] ?? '')
    expect(state?.agent.skewMs).toBeGreaterThan(7_190_000)
    expect(Math.abs((state?.checks.system.lastAt ?? 0) - Date.now())).toBeLessThan(10_000)
    expect(state?.agent.futureMs).toBeLessThan(5_000)
  })

  test('the same agent twice: the newest wins, the older link ends with 4409', async () => {
    const agent = await anAgent()
    const twin = new FakeAgent({ ...agent.options, key: agent.key })
    twin.agentId = agent.agentId
    const ended = agent.closed()
    await twin.connect()
    expect(await ended).toBe(4409)
    expect(world.fleet.state(machineIds()[0] ?? '')?.agent.connected).toBe(true)
  })

  test('hostile hostnames become plain names and free slugs', async () => {
    await anAgent({ hostname: '../../\u202e<b>ev\u0000il</b>' })
    await anAgent({ hostname: '../../\u202e<b>ev\u0000il</b>' })
    await anAgent({ hostname: '\u0000' })
    expect([...world.fleet.states()].map(({ name, slug }) => [name, slug])).toEqual([
      ['../../ <b>ev il</b>', 'b-ev-il-b'],
      ['../../ <b>ev il</b>', 'b-ev-il-b-2'],
      ['machine', 'machine'],
    ])
  })
})

describe('refusals', () => {
  test('a wrong code is refused like an unknown one', async () => {
    const other = await startWorld({ folder: tempFolder('other') })
    await other.addClient('c1')
    const foreign = new FakeAgent({ code: await other.code('c1'), url: world.url })
    expect((await refusalOf(foreign)).failure).toMatchObject({ kind: 'wrong-server' })
    await other.stop()
    const code = await world.code('c1')
    const [before, after] = [code.slice(0, 60), code.slice(61)]
    const damaged = new FakeAgent({ code: `${before}${code[60] === 'A' ? 'B' : 'A'}${after}` })
    await expect(damaged.connect()).rejects.toThrow()
  })

  test('a used code says so, to the one who holds it', async () => {
    const agent = await anAgent()
    const late = new FakeAgent({ code: agent.options.code })
    expect(await refusalOf(late)).toMatchObject({ closeCode: 4441, failure: { code: 'code-used', lasting: true } })
    expect(world.fleet.size).toBe(1)
  })

  test('an expired code says so', async () => {
    const agent = new FakeAgent({ code: await world.code('c1', { expiresAt: Date.now() - 1 }) })
    expect(await refusalOf(agent)).toMatchObject({ closeCode: 4442, failure: { code: 'code-expired' } })
  })

  test('50 agents with one single-use code: exactly one comes in', async () => {
    const code = await world.code('c1')
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => new FakeAgent({ code }).connect()))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(world.fleet.size).toBe(1)
  })

  test('the answer to an enrollment that was lost is given again', async () => {
    const agent = await anAgent()
    agent.cut()
    const { agentId } = agent
    agent.agentId = null
    await agent.connect()
    expect(agent.agentId).toEqual(agentId)
    expect(world.fleet.size).toBe(1)
  })

  test('an unknown key and a known key under another id get the same answer', async () => {
    const agent = await anAgent()
    const stranger = new FakeAgent({ ...agent.options, key: signingKey(randomBytes(32)) })
    stranger.agentId = agent.agentId
    const renamed = new FakeAgent({ ...agent.options, key: agent.key })
    renamed.agentId = randomBytes(16)
    const answers = [await refusalOf(stranger), await refusalOf(renamed)]
    for (const answer of answers)
      expect(answer).toMatchObject({ closeCode: 4401, failure: { code: 'refused', lasting: false } })
  })
})
