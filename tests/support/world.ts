/** A server's ingest side in this process: store, keys, fleet, gateway and assessor behind a real HTTP port on loopback. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { Assessor } from '../../server/assessor.ts'
import { type Clock, systemClock } from '../../server/clock.ts'
import { Fleet } from '../../server/fleet/fleet.ts'
import { Gateway } from '../../server/ingest/gateway.ts'
import { makeCode } from '../../server/keys/enrollment.ts'
import { openServerKeys, type ServerKeys } from '../../server/keys/server-keys.ts'
import { type Log, SILENT_LOG } from '../../server/log.ts'
import { Ballast } from '../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import type { Code, Store } from '../../server/store/store.ts'
import { HOUR_MS } from '../../shared/units.ts'

export type WorldOptions = {
  readonly folder: string
  readonly port?: number
  readonly log?: Log
  readonly clock?: Clock
  /** False: nothing is judged. */
  readonly assesses?: boolean
}

export type World = {
  readonly url: string
  readonly store: Store
  readonly keys: ServerKeys
  readonly fleet: Fleet
  readonly gateway: Gateway
  readonly assessor: Assessor
  readonly http: Server
  /** Makes client, its site `s-<id>` and adds them to the hub; twice is harmless. */
  addClient(id: string): Promise<void>
  /** A code for the client, as text. */
  code(clientId: string, over?: Partial<Code>): Promise<string>
  /** Stops in the order of a real server. */
  stop(): Promise<void>
}

function openAll({ folder, log = SILENT_LOG, clock = systemClock() }: WorldOptions) {
  const ballast = new Ballast(folder)
  const store = new SqliteStore({ folder, ballast, mono: () => performance.now(), idleMs: 600_000 })
  ballast.restore()
  const keys = openServerKeys(folder)
  if (!keys.ok) throw new Error(keys.error)
  const fleet = new Fleet({ clock, currentBuild: null })
  const hosts = new Set<string>()
  const gateway = new Gateway({
    clock,
    log,
    store,
    keys: keys.value,
    fleet,
    hosts: () => hosts,
    agentConfig: () => null,
    random: Math.random,
  })
  const assessor = new Assessor({ clock, log, store, fleet, random: Math.random })
  return { store, keys: keys.value, fleet, gateway, assessor, hosts }
}

/** Starts everything on an ephemeral port, or the given one. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { hosts, ...parts } = openAll(options)
  const { store, keys, fleet, gateway, assessor } = parts
  await fleet.fill(store)
  if (options.assesses !== false) assessor.start()
  gateway.start()
  const http = createServer((_, response) => response.writeHead(404).end())
  http.on('upgrade', (request, socket, head) => gateway.handleAgentUpgrade(request, socket, head))
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  hosts.add(`127.0.0.1:${port}`)
  const url = `http://127.0.0.1:${port}`
  return {
    ...parts,
    url,
    http,
    addClient: (id) => addClient(store, fleet, id),
    async code(clientId, over = {}) {
      const now = Date.now()
      const order = { url, clientId, siteId: `s-${clientId}`, role: null, machineName: null, usesLeft: 1 }
      const made = makeCode(keys, { ...order, expiresAt: now + HOUR_MS, createdBy: 'test', createdAt: now, ...over })
      await store.hub.addCode(made.code)
      return made.text
    },
    async stop() {
      await gateway.stop()
      await assessor.stop()
      http.closeAllConnections()
      http.close()
      await store.close()
    },
  }
}

async function addClient(store: Store, fleet: Fleet, id: string): Promise<void> {
  const client = { id, slug: id, name: id, timeZone: 'UTC', language: 'en', createdAt: Date.now() } as const
  await store.hub.addClient(client, new Uint8Array(61))
  await store.client(id).addSite({ id: `s-${id}`, name: 'Office', slug: 'office' })
  await fleet.fillClient(store, id)
}
