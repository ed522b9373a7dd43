/**
 * `kill -9` of the real agent at random moments while it reports every second to a real server, and of the server in every second
 * round. At the end the store must hold exactly what the spool holds: each record once, in order, none missing, all judged.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dataFolderAt } from '../../../agent/data-folder.ts'
import { readShownStatus } from '../../../agent/shown-files.ts'
import { command, type Running, startProgram } from '../../support/e2e-processes.ts'
import { randomFrom } from '../../support/random.ts'
import type { Harness } from '../harness.ts'
import { readSpool, type SpoolContent } from './spool-content.ts'
import { readStored } from './stored.ts'

const START_MS = 30_000
/** From its word that it has started: amid the first sections, or in the steady second-by-second. */
const LATEST_MS = 8_000
/** Every fourth one is killed while it is still loading. */
const EARLY_ONE_IN = 4
const EARLY_MS = 1_500
const SETTLE_MS = 60_000
const ATTEMPTS = 5
/** More than the pause between two judgements of a machine. */
const ASSESSED_MS = 1_500

type House = {
  readonly data: string
  readonly agentData: string
  readonly server: NodeJS.ProcessEnv
  readonly agent: NodeJS.ProcessEnv
  /** Everything that was started: a broken promise must not leave processes behind. */
  readonly started: Running[]
}

function start(house: House, program: 'server' | 'agent', words: readonly string[]): Running {
  const running = startProgram(program, words, house[program])
  house.started.push(running)
  return running
}

/** Resolves when `look` gives something. @throws with `what` and what the process said. */
async function until<T>(what: string, ms: number, look: () => T | null, said: () => string): Promise<T> {
  for (const deadline = performance.now() + ms; performance.now() < deadline; await sleep(50)) {
    const found = look()
    if (found !== null) return found
  }
  throw new Error(`${what}: not within ${ms} ms\n${said()}`)
}

/** Starts the server; its port stays the same over restarts, for the agent knows only one address. */
async function serve(house: House): Promise<Running> {
  const server = start(house, 'server', ['serve'])
  const look = () => {
    if (!server.isAlive()) throw new Error(`the server ended\n${server.printed()}`)
    return /^Rounds \S+ at (\S+)$/m.exec(server.printed())?.[1] ?? null
  }
  const origin = await until('the server listens', START_MS, look, server.printed)
  house.server['ROUNDS_PORT'] = new URL(origin).port
  return server
}

/** A client, an enrolled agent, and a report every second. */
async function furnish(house: House): Promise<void> {
  await command('server', ['client', 'add', 'Bakery', '--slug', 'bakery'], house.server)
  const code = (await command('server', ['code', 'new', '--client', 'bakery'], house.server)).trim()
  await command('agent', ['enroll', code], house.agent)
  for (const key of ['cadence.vitalsMs', 'cadence.capacityMs']) await setRhythm(house, key, '1000')
}

async function setRhythm({ server }: House, key: string, value: string | null): Promise<void> {
  const where = ['--client', 'bakery', key]
  const words = value === null ? ['unset', ...where] : ['set', ...where, value, '--reason', 'harness']
  await command('server', ['policy', ...words], server)
}

/** The agent is killed in the quiet that follows an acknowledgement of everything: what is on disk then is all there ever was. */
async function drain(house: House): Promise<SpoolContent> {
  const folder = dataFolderAt(house.agentData)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const agent = start(house, 'agent', ['run'])
    const startedAt = Date.now()
    const isQuiet = () => {
      const status = readShownStatus(folder)
      const isFresh = status !== null && (status.lastRecordAt ?? 0) > startedAt + 2_000
      return isFresh && status.spool.ackedQ === status.spool.lastQ ? status : null
    }
    const quiet = await until('everything is acknowledged', SETTLE_MS, isQuiet, agent.printed)
    await agent.kill()
    const spool = readSpool(folder.spool)
    if (spool.lastQ === quiet.spool.ackedQ) return spool
  }
  throw new Error(`a record was always under way in ${ATTEMPTS} attempts`)
}

/** The harness. */
export const harness: Harness = {
  name: 'kill-agent',
  nCi: 5,
  nDefault: 20,
  nFull: 100,
  onceMs: 40_000,
  async run({ n, seed, folder, log }) {
    const [data, agentData] = [path.join(folder, 'data'), path.join(folder, 'agent')]
    const house: House = {
      data,
      agentData,
      server: { ROUNDS_DATA: data, ROUNDS_PORT: '0' },
      agent: { ROUNDS_AGENT_DATA: agentData },
      started: [],
    }
    try {
      const server = await serve(house)
      await furnish(house)
      const { survivor, serverKills } = await killAll(house, server, n, randomFrom(seed), log)
      for (const key of ['cadence.vitalsMs', 'cadence.capacityMs']) await setRhythm(house, key, null)
      const spool = await drain(house)
      await sleep(ASSESSED_MS)
      strictEqual(await survivor.stop(), 0, survivor.printed())
      return { ...(await compare(house, spool)), agentKills: n, serverKills }
    } finally {
      await Promise.all(house.started.map((running) => running.kill()))
    }
  },
}

/** @returns the server that runs at the end. */
async function killAll(
  house: House,
  first: Running,
  n: number,
  random: () => number,
  log: (line: string) => void,
): Promise<{ readonly survivor: Running; readonly serverKills: number }> {
  let survivor = first
  let serverKills = 0
  for (let i = 0; i < n; i++) {
    const agent = start(house, 'agent', ['run'])
    const isEarly = i % EARLY_ONE_IN === EARLY_ONE_IN - 1
    const killAfterMs = Math.round(random() * (isEarly ? EARLY_MS : LATEST_MS))
    const serverAfterMs = i % 2 === 1 ? Math.round(random() * killAfterMs) : null
    log(`run ${i + 1}: agent killed after ${killAfterMs} ms, server ${serverAfterMs ?? 'never'}`)
    const hasStarted = () => (agent.printed().includes('agent started') ? true : null)
    if (!isEarly) await until('the agent starts', START_MS, hasStarted, agent.printed)
    if (serverAfterMs !== null) {
      await sleep(serverAfterMs)
      await survivor.kill()
      survivor = await serve(house)
      serverKills += 1
    }
    await sleep(Math.max(0, killAfterMs - (serverAfterMs ?? 0)))
    ok(agent.isAlive(), `the agent ended by itself\n${agent.printed()}`)
    await agent.kill()
  }
  return { survivor, serverKills }
}

/** @throws at the first difference between spool and store. */
async function compare({ data }: House, spool: SpoolContent): Promise<object> {
  deepStrictEqual(
    spool.qs,
    Array.from({ length: spool.lastQ }, (_, at) => at + 1),
    'numbers of the spool have a hole',
  )
  const stored = await readStored(data, spool)
  strictEqual(stored.upTo, spool.lastQ, 'the mark of the store')
  strictEqual(stored.assessedQ, stored.upTo, 'a report was not assessed')
  strictEqual(stored.gap, null, 'something was given up')
  deepStrictEqual(stored.attestations, spool.attestations, 'attestations by number')
  for (const [key, values] of spool.samples) {
    deepStrictEqual(stored.values.get(key), values, `values of ${key}, in order`)
    strictEqual(stored.counted.get(key), values.filter((value) => value !== null).length, `${key} counted once each`)
  }
  const samples = [...spool.samples.values()].reduce((sum, values) => sum + values.length, 0)
  return { records: spool.lastQ, attestations: spool.attestations.length, samples }
}
