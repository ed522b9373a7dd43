/**
 * The composition root of the server: an open data folder (open-services.ts) gets its doors, which are HTTP, agents, pages that
 * follow changes, and the control socket.
 */
import os from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { err, ok, type Result } from '../shared/result.ts'
import { Assessor } from './assessor.ts'
import type { ServerConfig } from './config.ts'
import { dialedHosts, machineOrigin } from './control/addresses.ts'
import { ControlSocket } from './control/control-socket.ts'
import type { AfterChange, Services } from './control/services.ts'
import { startUpkeep } from './control/upkeep.ts'
import type { Fleet } from './fleet/fleet.ts'
import { createApp } from './http/app.ts'
import { LIVE_PATH, LivePages } from './http/live-pages.ts'
import { routeUpgrades } from './http/upgrades.ts'
import { Gateway } from './ingest/gateway.ts'
import { ServerMetrics } from './metrics/server-metrics.ts'
import { type OpenHouse, type OpenOptions, openServices } from './open-services.ts'
import { Outbox } from './outbox/outbox.ts'
import { agentConfigOf } from './policy/agent-config.ts'
import { summaryOf } from './views/machine-summary.ts'
import { endRenderer } from './visits/report/render-report.ts'
import type { RenderReport } from './visits/report-port.ts'
import { reportWriterOf } from './visits/write-report.ts'

/** What a test or `npm start` hands in instead of the real thing. */
export type ServerOptions = OpenOptions & {
  /** 0 to 1; spreads what would else happen at once. */
  readonly random?: () => number
  /** Where the built dashboard is; `dashboard/dist` of this package when absent. */
  readonly dashboardFolder?: string
  /** Writes visit reports. */
  readonly renderReport?: RenderReport
}

/** A server that is put together and, after `listen`, can be reached. */
export type RunningServer = {
  readonly services: Services
  readonly app: FastifyInstance
  readonly gateway: Gateway
  readonly assessor: Assessor
  readonly outbox: Outbox
  /** Opens every door. Error: a sentence (the port is taken). @returns the port. */
  listen(): Promise<Result<number, string>>
  /** Address by which this very machine's agent reaches the server. */
  machineOrigin(): string
  /** Stops within 10 s: no new sockets, what was received is committed and acknowledged, files are closed. Twice is harmless. */
  close(): Promise<void>
}

const DASHBOARD = path.join(import.meta.dirname, '..', 'dashboard', 'dist')
const AGENT_PATH = '/agent/v1'
/** The whole stop must fit in 10 s (security-reliability.md 5.15). */
const DOORS_CLOSE_MS = 4_000

/** Puts a server together on a data folder. Errors are sentences for people. */
export async function createServer(
  config: ServerConfig,
  options: ServerOptions = {},
): Promise<Result<RunningServer, string>> {
  const house = await openServices(config, options)
  if (!house.ok) return house
  try {
    return ok(await build(house.value, options))
  } catch (error) {
    await house.value.close()
    throw error
  }
}

async function build(house: OpenHouse, options: ServerOptions): Promise<RunningServer> {
  const { services, clock, doors } = house
  const { store, fleet, log } = services
  const random = options.random ?? Math.random
  const outbox = outboxOf(house, random)
  const onTransitions = (clientId: string) => outbox.note(clientId)
  const assessor = new Assessor({ clock, log, store, fleet, random, onTransitions })
  const gateway = gatewayOf(house, random)
  doors.after = afterChange(house, gateway)
  doors.renderReport = options.renderReport ?? reportWriterOf(services)
  doors.links = {
    newestRecord: (machineId) => newestRecord(gateway, machineId),
    attest: (machineId, waitMs) => gateway.attest(machineId, waitMs),
  }
  const metrics = serverMetrics(house, gateway, outbox)
  const app = await createApp({ services, metrics, dashboardFolder: options.dashboardFolder ?? DASHBOARD })
  fleet.onChange((ids) => summarize(fleet, ids, clock.now()))
  const pages = new LivePages(services, clock)
  doors.livePages = () => pages.count
  routeUpgrades(
    app.server,
    new Map([
      [AGENT_PATH, (request, socket, head) => gateway.handleAgentUpgrade(request, socket, head)],
      [LIVE_PATH, (request, socket, head) => pages.accept(request, socket, head)],
    ]),
    log,
  )
  const control = new ControlSocket(services)
  return running(house, { app, gateway, assessor, outbox, pages, metrics, control })
}

function gatewayOf({ services, clock, doors, configVersion }: OpenHouse, random: () => number): Gateway {
  const { store, fleet, keys, log } = services
  return new Gateway({
    clock,
    log,
    store,
    keys,
    fleet,
    random,
    hosts: () => dialedHosts(doors.address, os.hostname()),
    agentConfig: (_, machineId) => {
      const machine = fleet.kept(machineId)
      return machine === null ? null : { version: configVersion.current, body: agentConfigOf(machine.policy) }
    },
  })
}

function newestRecord(gateway: Gateway, machineId: string): string | null {
  const record = gateway.lastRecord(machineId)
  return record === null ? null : JSON.stringify(record)
}

/** What a page needs of a machine is worked out when it changes, not when 10,000 of them are asked for at once. */
function summarize(fleet: Fleet, machineIds: Iterable<string>, now: number): void {
  for (const id of machineIds) {
    const state = fleet.state(id)
    if (state !== null) summaryOf(state, now)
  }
}

type Parts = {
  readonly app: FastifyInstance
  readonly gateway: Gateway
  readonly assessor: Assessor
  readonly outbox: Outbox
  readonly pages: LivePages
  readonly metrics: ServerMetrics
  readonly control: ControlSocket
}

function running(house: OpenHouse, parts: Parts): RunningServer {
  const { services, doors } = house
  const { app, gateway, assessor, outbox } = parts
  let stopUpkeep = () => {}
  let closing: Promise<void> | null = null
  return {
    services,
    app,
    gateway,
    assessor,
    outbox,
    async listen() {
      const { host, port } = services.config
      const listening = await listenOn(app, host, port)
      if (!listening.ok) return listening
      doors.address = { ...doors.address, port: listening.value }
      const controlled = await parts.control.open()
      if (!controlled.ok) return controlled
      await house.watch.start()
      gateway.start()
      await outbox.start()
      assessor.start()
      stopUpkeep = startUpkeep(services.store, house.clock, services.log)
      services.log.info({ host, port: listening.value, version: services.version }, 'server listens')
      return listening
    },
    machineOrigin: () => machineOrigin(doors.address, os.hostname()),
    close() {
      closing ??= closeAll(house, parts, stopUpkeep)
      return closing
    },
  }
}

async function listenOn(app: FastifyInstance, host: string, port: number): Promise<Result<number, string>> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EADDRINUSE') {
      return err(`Port ${port} is in use. Stop the program that has it, or set ROUNDS_PORT to another one.`)
    }
    return err(`Listening on ${host}, port ${port}, failed: ${error instanceof Error ? error.message : String(error)}`)
  }
  const address = app.server.address()
  return address === null || typeof address === 'string' ? err('The system gave no port.') : ok(address.port)
}

/** Order: doors that bring work, work under way, judgements, files. */
async function closeAll(house: OpenHouse, parts: Parts, stopUpkeep: () => void): Promise<void> {
  const { log } = house.services
  stopUpkeep()
  house.watch.stop()
  await parts.control.close()
  await parts.gateway.stop()
  parts.pages.close()
  const slow = new Promise<void>((resolve) => void setTimeout(resolve, DOORS_CLOSE_MS).unref())
  await Promise.race([parts.app.close(), slow])
  await parts.assessor.stop()
  await parts.outbox.stop()
  parts.metrics.close()
  endRenderer()
  await house.close()
  log.info({}, 'server stopped')
}

function afterChange({ services, configVersion }: OpenHouse, gateway: Gateway): AfterChange {
  const { fleet, store } = services
  return {
    async machine(clientId, machineId) {
      const record = await store.client(clientId).loadMachine(machineId)
      if (record !== null) fleet.put(clientId, record)
    },
    async policy(clientId) {
      await configVersion.next()
      await fleet.reloadPolicy(store, clientId)
      for (const { id } of fleet.states(clientId)) gateway.sendConfig(id)
    },
    async client(clientId) {
      await fleet.fillClient(store, clientId)
    },
  }
}

function outboxOf({ services, clock }: OpenHouse, random: () => number): Outbox {
  const { log, store, fleet, directory, send, isSending, config } = services
  const { publicUrl } = config
  return new Outbox({ clock, log, store, fleet, directory, send, random, isSending, publicUrl })
}

function serverMetrics({ services, clock, doors }: OpenHouse, gateway: Gateway, outbox: Outbox): ServerMetrics {
  const { fleet, version, startedAt } = services
  const figures = {
    machines: () => fleet.size,
    connected: () => gateway.stats.links,
    livePages: () => doors.livePages(),
    isWritable: services.isWritable,
    records: () => gateway.stats.records,
    commits: () => gateway.stats.commits,
    queued: () => gateway.stats.queuedRecords,
    outbox: () => ({ ...outbox.stats, now: clock.now() }),
  }
  return new ServerMetrics(figures, version, startedAt / 1_000)
}
