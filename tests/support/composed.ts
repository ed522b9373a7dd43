/**
 * Server and agent in this process, on one clock that the test moves, over real sockets of the loopback interface. The shipped
 * programs have no such switch: the clock is an argument of their composition roots.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { readConfig } from '../../agent/config.ts'
import { type Agent, createAgent } from '../../agent/create-agent.ts'
import { type DataFolder, dataFolderAt, openDataFolder } from '../../agent/data-folder.ts'
import { enrollMachine } from '../../agent/enroll-machine.ts'
import { SILENT_LOG } from '../../agent/log.ts'
import type { Probe } from '../../agent/probe/probe.ts'
import type { AnyTask } from '../../agent/report/run-task.ts'
import type { Ticks } from '../../agent/report/ticks.ts'
import { type Dial, dialServer } from '../../agent/uplink/dial.ts'
import type { Watch } from '../../agent/watch-config.ts'
import { ADMINISTRATOR } from '../../server/auth/access.ts'
import { addClient } from '../../server/control/operations/clients.ts'
import { newCode } from '../../server/control/operations/codes.ts'
import { setPolicy } from '../../server/control/operations/policies.ts'
import { newToken } from '../../server/control/operations/tokens.ts'
import type { MachineState } from '../../server/fleet/machine-state.ts'
import { createServer, type RunningServer } from '../../server/main.ts'
import type { ClientEntry } from '../../server/views/machine-entry.ts'
import type { Role } from '../../shared/checks/names.ts'
import type { Result } from '../../shared/result.ts'
import { type HandClock, handClock } from './e2e-clock.ts'
import { START } from './e2e-script.ts'
import { tempFolder } from './tmp.ts'

/** Days pass in seconds here, each with thousands of durable writes: in memory where the system has a folder for that. */
const MEMORY = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir()

export type ComposedOptions = {
  readonly tasks: readonly AnyTask[]
  /** The world of the machine, which may live by the clock and know the agent's own folder. */
  readonly probe: Probe | ((clock: HandClock, folder: DataFolder) => Probe)
  readonly watches?: readonly Watch[]
  /** `server` when absent: its limits are the tightest. */
  readonly role?: Role
  readonly start?: number
  /** How often the agent looks for due tasks, ms. */
  readonly tickEveryMs?: number
}

export type Composed = {
  readonly clock: HandClock
  readonly server: RunningServer
  readonly client: ClientEntry
  readonly agent: Agent
  /** The machine as the fleet holds it. */
  machine(): MachineState
  /** Moves the clock; both sides do what falls due on the way. @param lateMs of e2e-clock.ts; only without a link. */
  advance(ms: number, lateMs?: number): Promise<void>
  /** GET of the API with a token that may read everything. @throws on any status but 200. */
  get<T>(path: string): Promise<T>
  /** `…/clients/<client>/machines/<machine>` of the API. */
  machinePath(): string
  setPolicy(key: string, value: number | boolean): Promise<void>
  /** The agent goes without a word and does not come back. */
  silence(): Promise<void>
  stop(): Promise<void>
}

/**
 * Turns of the loop without anything new after which both sides count as settled: loopback delivers within one, an answer takes two.
 * Where nothing moved at all, one turn for what waits for the end of this one and one to see it.
 */
const QUIET_TURNS = 4
const IDLE_TURNS = 2

/** @throws with the sentence of an error: the ground of a test must stand. */
export function sure<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(typeof result.error === 'string' ? result.error : JSON.stringify(result.error))
  return result.value
}

/** Starts both, enrolls the agent and lets it send its first report. */
export async function startComposed(options: ComposedOptions): Promise<Composed> {
  const clock = handClock(options.start ?? START)
  const server = await openServer(clock)
  const wire = countingDial()
  const settle = settler(server, wire.frames)
  const client = await addOneClient(server)
  const agent = await enrolledAgent(server, client, clock, wire.dial, options)
  agent.start()
  const token = sure(await newToken(server.services, { role: 'owner', client: null, label: 'test' })).text
  const composed: Composed = {
    ...{ clock, server, client, agent },
    machine: () => onlyMachine(server),
    advance: (ms, lateMs) => clock.advance(ms, settle, lateMs),
    get: (url) => getJson(server, url, token),
    machinePath: () => `/api/v1/clients/${client.client.slug}/machines/${onlyMachine(server).slug}`,
    async setPolicy(key, value) {
      const made = { key, value, reason: 'test' }
      sure(await setPolicy(server.services, ADMINISTRATOR, client, { site: null, machine: null }, made))
      await settle()
    },
    async silence() {
      wire.cutForGood()
      await settle()
    },
    async stop() {
      wire.cutForGood()
      await agent.stop('stop')
      await server.close()
    },
  }
  // The grace of the first record, the window of the commit, the pause before a judgement.
  await composed.advance(5_000)
  return composed
}

/** @returns what waits until neither side does anything more. */
function settler(server: RunningServer, frames: () => number): () => Promise<void> {
  let known = 0
  return async () => {
    let enough = IDLE_TURNS
    for (let quiet = 0; quiet < enough; quiet += 1) {
      await nextTurn()
      const seen = frames() + activityOf(server)
      if (seen === known) continue
      known = seen
      quiet = 0
      enough = QUIET_TURNS
    }
  }
}

function activityOf({ gateway, assessor }: RunningServer): number {
  const { records, commits, enrolled } = gateway.stats
  const { assessed, failed } = assessor.stats
  return records + commits + enrolled + assessed + failed
}

async function openServer(clock: HandClock): Promise<RunningServer> {
  const config = {
    host: '127.0.0.1',
    port: 0,
    dataFolder: tempFolder('composed', MEMORY),
    publicUrl: null,
    tls: null,
    trustedProxies: [],
    logLevel: 'silent',
  } as const
  const server = sure(
    await createServer(config, {
      clock,
      random: () => 0.5,
      ...(process.env['DBG'] ? { log: (await import('pino')).pino({ level: 'warn' }) } : {}),
    }),
  )
  sure(await server.listen())
  return server
}

async function addOneClient({ services }: RunningServer): Promise<ClientEntry> {
  const order = { name: 'Bakery', slug: 'bakery', language: 'en', timeZone: 'Europe/Brussels', site: 'Main' } as const
  const { id } = sure(await addClient(services, ADMINISTRATOR, order))
  const entry = services.directory.client(id)
  if (entry === null) throw new Error('the new client is not in the directory')
  return entry
}

async function enrolledAgent(
  server: RunningServer,
  client: ClientEntry,
  clock: HandClock,
  dial: Dial,
  { tasks, probe: world, watches = [], role = 'server', tickEveryMs = 15_000 }: ComposedOptions,
): Promise<Agent> {
  const order = { site: null, role, machineName: 'SRV-01', url: server.machineOrigin() }
  const code = sure(await newCode(server.services, ADMINISTRATOR, client, order)).text
  const folder = newAgentFolder()
  const probe = typeof world === 'function' ? world(clock, folder) : world
  const config = { ...sure(readConfig(folder)), watches }
  const enrolled = sure(await enrollMachine(code, { folder, config, clock, probe, dial }))
  return createAgent({
    ...{ folder, probe, tasks, clock, dial, log: SILENT_LOG },
    config: { ...config, server: enrolled.server },
    identity: enrolled.identity,
    ticks: handTicks(clock, tickEveryMs),
    random: () => 0.5,
    // Whether the test machine is short of disk is not what is tested.
    spool: { readFreeSpace: () => ({ freeBytes: 1e12, totalBytes: 2e12 }) },
  })
}

function newAgentFolder(): DataFolder {
  return sure(openDataFolder(dataFolderAt(path.join(tempFolder('composed-agent', MEMORY), 'agent'))))
}

/** What is due is decided by the agent's own schedule; ticks only make it look. */
function handTicks(clock: HandClock, everyMs: number): Ticks {
  return (_, onTick) => {
    let stop = () => {}
    const next = () => {
      stop = clock.setTimer(() => {
        onTick()
        next()
      }, everyMs)
    }
    next()
    return () => stop()
  }
}

/** Counts what goes over the agent's sockets, and can end them for good. */
function countingDial(): { readonly dial: Dial; readonly frames: () => number; readonly cutForGood: () => void } {
  let frames = 0
  let isCut = false
  const sockets = new Set<ReturnType<Dial>>()
  const dial: Dial = (server, caFile, events) => {
    if (isCut) {
      queueMicrotask(() => events.onEnd(null, 'cut by the test'))
      return { send() {}, close() {}, terminate() {} }
    }
    const socket = dialServer(server, caFile, {
      ...events,
      onMessage: (data) => {
        frames += 1
        events.onMessage(data)
      },
      onOpen: (cb) => {
        frames += 1
        events.onOpen(cb)
      },
    })
    sockets.add(socket)
    const send = (data: string | Uint8Array) => {
      frames += 1
      socket.send(data)
    }
    return { ...socket, send }
  }
  return {
    dial,
    frames: () => frames,
    cutForGood: () => {
      isCut = true
      for (const socket of sockets) socket.terminate()
    },
  }
}

function onlyMachine({ services }: RunningServer): MachineState {
  const [machine, other] = [...services.fleet.states()]
  if (machine === undefined || other !== undefined) throw new Error('not exactly one machine')
  return machine
}

async function getJson<T>({ app }: RunningServer, url: string, token: string): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, host: 'localhost' }
  const response = await app.inject({ method: 'GET', url, headers })
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${response.body.slice(0, 300)}`)
  return response.json<T>()
}
