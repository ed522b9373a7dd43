/** What the settings pages say of agents and of this server. Reads the data folder's sizes; changes nothing. */
import fs from 'node:fs/promises'
import path from 'node:path'
import type { AgentsView, ServerView } from '../../../shared/api/settings.ts'
import { ok } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import { keyFingerprint } from '../../http/key-fingerprint.ts'
import { visibleClients } from '../../http/visible.ts'
import { DAYS_KEPT_MS, SAMPLES_KEPT_MS, SECTIONS_KEPT_MS } from '../../store/retention.ts'
import type { Client, Code } from '../../store/store.ts'
import { type ClientEntry, refOf } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import type { Operation } from './operation.ts'

const refOfClient = ({ id, slug, name }: Client) => ({ id, slug, name })

/** @returns keys and codes of the clients that the caller keeps, the machines by name. */
export async function listAgents(services: Services, caller: Caller): Operation<AgentsView> {
  const { store, version, clock } = services
  const names = new Map((await store.hub.people()).map(({ id, name }) => [id, name]))
  const now = clock.now()
  const agents: AgentsView['agents'] = []
  const codes: AgentsView['codes'] = []
  const clients = visibleClients(caller, services)
  for (const entry of clients) {
    agents.push(...(await agentsOf(services, entry)))
    for (const code of await store.hub.codes(entry.client.id)) codes.push(codeView(code, entry, names, now))
  }
  codes.sort((a, b) => b.createdAt - a.createdAt)
  return ok({
    now,
    current: version,
    clients: clients.map(({ client, sites }) => ({
      ...refOfClient(client),
      sites: sites.map(({ id, name }) => ({ id, name })),
    })),
    agents,
    codes,
  })
}

async function agentsOf({ store, fleet, directory }: Services, { client }: ClientEntry): Promise<AgentsView['agents']> {
  const keys = await store.hub.agents(client.id)
  const rows = keys.map(({ machineId, publicKey, state }) => {
    const machine = fleet.state(machineId)
    const entry = machine === null ? null : directory.entryOf(machine)
    return {
      machine: entry === null ? null : refOf(entry),
      client: refOfClient(client),
      fingerprint: keyFingerprint(publicKey),
      state,
      build: machine?.agent.build ?? null,
      // An older key of the machine does not report any more.
      connected: state === 'active' && (machine?.agent.connected ?? false),
      lastReportAt: machine?.agent.lastReportAt ?? null,
    }
  })
  return rows.sort((a, b) => (a.machine?.name ?? '').localeCompare(b.machine?.name ?? ''))
}

function codeView(
  code: Code,
  { client, sites }: ClientEntry,
  names: ReadonlyMap<string, string>,
  now: number,
): AgentsView['codes'][number] {
  const { codeId, siteId, role, machineName, usesLeft, createdBy, createdAt, expiresAt } = code
  return {
    id: Buffer.from(codeId).toString('hex'),
    client: refOfClient(client),
    site: sites.find(({ id }) => id === siteId)?.name ?? '',
    state: usesLeft === 0 ? 'used' : expiresAt <= now ? 'expired' : 'open',
    createdBy: names.get(createdBy) ?? createdBy,
    ...{ role, machineName, createdAt, expiresAt },
  }
}

/** @returns how this installation stands. */
export async function describeServer(services: Services): Operation<ServerView> {
  const { config, clock, version, startedAt, fleet, directory } = services
  const states = [...fleet.states()]
  const files: ServerView['files'] = [{ client: null, bytes: await sizeOf(path.join(config.dataFolder, 'hub.db')) }]
  for (const { client } of directory.clients()) {
    const file = path.join(config.dataFolder, 'clients', `${client.id}.db`)
    files.push({ client: refOfClient(client), bytes: await sizeOf(file) })
  }
  return ok({
    now: clock.now(),
    version,
    node: process.versions.node,
    startedAt,
    address: services.origin(),
    publicUrl: config.publicUrl,
    listen: `${config.host}:${config.port}`,
    hasOwnTls: config.tls !== null,
    proxies: [...config.trustedProxies],
    dataFolder: config.dataFolder,
    isWritable: services.isWritable(),
    isSending: services.isSending,
    disk: await diskOf(config.dataFolder),
    files,
    machines: states.length,
    connected: states.filter(({ agent }) => agent.connected).length,
    kept: [
      { what: 'samples', ms: SAMPLES_KEPT_MS },
      { what: 'days', ms: DAYS_KEPT_MS },
      { what: 'sections', ms: SECTIONS_KEPT_MS },
      { what: 'findings', ms: null },
      { what: 'messages', ms: null },
      { what: 'visits', ms: null },
      { what: 'audit', ms: null },
    ],
  })
}

/** A database and its log. A file that is not there has no bytes. */
async function sizeOf(file: string): Promise<number> {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((one) =>
      fs.stat(one).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function diskOf(folder: string): Promise<ServerView['disk']> {
  try {
    const { bsize, blocks, bavail } = await fs.statfs(folder)
    return { totalBytes: bsize * blocks, freeBytes: bsize * bavail }
  } catch {
    return null
  }
}
