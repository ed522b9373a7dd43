/** A history of the demo in a real store: it agrees with its oracle, is the same for the same seed, goes on, and spares real data. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { parseConfig } from '../../../server/config.ts'
import { addClient } from '../../../server/control/operations/clients.ts'
import { type Filled, type FillOptions, fillDemo } from '../../../server/demo/fill-demo.ts'
import type { Oracle } from '../../../server/demo/oracle/oracle.ts'
import { openServices } from '../../../server/open-services.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { verifyAttestation } from '../../../shared/protocol/attestation.ts'
import { validateAgentMessage } from '../../../shared/protocol/compiled.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { sure } from '../../support/composed.ts'
import { compareWithOracle } from '../../support/demo-oracle.ts'
import { tempFolder } from '../../support/tmp.ts'

const NOW = Date.UTC(2026, 10, 25, 9, 15)

function configOf(folder: string) {
  const config = parseConfig({ ROUNDS_DATA: folder }, null, '/')
  if (!config.ok) throw new Error(config.error.message)
  return config.value
}

async function fill(folder: string, options: FillOptions): Promise<Filled> {
  const filled = await fillDemo(configOf(folder), options)
  if (!filled.ok) throw new Error(filled.error)
  return filled.value
}

const freshFolder = () => path.join(tempFolder('demo'), 'data')
const oracleIn = (file: string): Oracle => JSON.parse(fs.readFileSync(file, 'utf8')) as Oracle

/** SHA-256 over every row of every client's file. */
function historyHash(folder: string): string {
  const hash = createHash('sha256')
  for (const name of fs.readdirSync(path.join(folder, 'clients')).sort()) {
    if (!name.endsWith('.db')) continue
    const db = new Database(path.join(folder, 'clients', name), { readonly: true })
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck().all()
    for (const table of tables) {
      for (const row of db
        .prepare(`SELECT * FROM "${String(table)}"`)
        .raw()
        .iterate())
        hash.update(JSON.stringify(row))
    }
    db.close()
  }
  return hash.digest('hex')
}

async function found(folder: string, oracle: Oracle) {
  const store = await openStore({ engine: 'sqlite', folder })
  if (!store.ok) throw new Error(store.error)
  const read = async () => {
    const clients = oracle.clients.map(({ id }) => store.value.client(id))
    const findings = await Promise.all(clients.map((client) => client.findings({ limit: 10_000 })))
    const transitions = await Promise.all(clients.map((client) => client.transitions({ limit: 10_000 })))
    return { findings: findings.flat(), transitions: transitions.flat() }
  }
  return read().finally(() => store.value.close())
}

it('finds every fault of the oracle in time, and nothing else', { timeout: 60_000 }, async () => {
  const folder = freshFolder()
  const { oracleFile } = await fill(folder, { now: NOW, order: { days: 10 } })
  const oracle = oracleIn(oracleFile)
  const { findings, transitions } = await found(folder, oracle)
  expect(oracle.faults.flatMap(({ shows }) => shows).length).toBeGreaterThan(25)
  expect(oracle.jobs.every(({ runs }) => runs.length > 0)).toBe(true)
  expect(compareWithOracle(oracle, findings, transitions)).toEqual([])
  // The comparison itself sees what is missing and what is too much.
  expect(compareWithOracle(oracle, findings.slice(1), transitions)).toHaveLength(1)
  expect(compareWithOracle({ ...oracle, faults: oracle.faults.slice(1) }, findings, transitions)).not.toEqual([])
})

/** What people do gets ids by chance: without visits every byte follows from the seed. */
const nothing = async () => {}

it('gives the same bytes for the same seed, others for another', { timeout: 60_000 }, async () => {
  const folders = [freshFolder(), freshFolder(), freshFolder()]
  const seeds = [7, 7, 8]
  for (const [index, folder] of folders.entries()) {
    await fill(folder, { now: NOW, order: { days: 2, machines: 5, seed: seeds[index] ?? 0 }, onMoment: nothing })
  }
  const [first, second, other] = folders.map(historyHash)
  expect(second).toBe(first)
  expect(other).not.toBe(first)
})

it('goes on where it stopped, and its evidence holds', { timeout: 60_000 }, async () => {
  const folder = freshFolder()
  const stops: number[] = []
  const order = { days: 2, machines: 6 }
  const first = await fill(folder, { now: NOW, order })
  const later = NOW + 5 * HOUR_MS
  const onMoment = async (at: number) => void stops.push(at)
  const second = await fill(folder, { now: later, order: { days: 90, machines: 2 }, onMoment })
  expect([first.isNew, second.isNew]).toEqual([true, false])
  expect(second.world.startAt).toBe(first.world.startAt)
  expect(second.stats.records).toBeGreaterThan(10)
  expect(second.stats.records).toBeLessThan(60)
  expect(stops.every((at) => at < NOW)).toBe(true)
  await expectEvidence(folder, first)
})

/** Records without a hole, attestations signed by the machine's own key and chained. */
async function expectEvidence(folder: string, { world }: Filled): Promise<void> {
  const store = await openStore({ engine: 'sqlite', folder })
  if (!store.ok) throw new Error(store.error)
  try {
    for (const { id } of world.clients) {
      const keys = await store.value.hub.agents(id)
      for (const { row } of await store.value.client(id).load()) {
        const key = keys.find(({ machineId }) => machineId === row.id)
        const attestations = await store.value.client(id).attestations(row.id, 100)
        expect(attestations.length).toBeGreaterThan(0)
        expect(attestations.every(({ isChained }) => isChained)).toBe(true)
        for (const { body } of attestations) {
          const message = validateAgentMessage(JSON.parse(body))
          if (!message.ok || message.value.t !== 'attestation' || key === undefined) throw new Error('no attestation')
          const attester = { agentPub: key.publicKey, agentId: key.agentId, stream: row.stream ?? new Uint8Array() }
          expect(verifyAttestation(message.value, attester).ok).toBe(true)
        }
      }
    }
  } finally {
    await store.value.close()
  }
}

it('carries moments of visits out in order, with the machines of that moment', { timeout: 60_000 }, async () => {
  const folder = freshFolder()
  const seen: { at: number; clock: number; machines: number; stored: number; evidence: boolean }[] = []
  await fill(folder, {
    now: NOW,
    order: { days: 4, machines: 4 },
    async onMoment(at, services, world) {
      const states = [...services.fleet.states()]
      const stored = await services.store.client(world.clients[0]?.id ?? '').load()
      // In HEAD or not, a link can be asked for evidence while history is lived.
      const links: { attest?: (id: string, waitMs: number) => Promise<unknown> } = services.links
      const evidence = await links.attest?.(states[0]?.id ?? '', 1_000)
      seen.push({
        at,
        clock: services.clock.now(),
        machines: states.length,
        stored: stored.filter(({ row }) => row.upTo > 0).length,
        evidence: evidence !== null && evidence !== undefined,
      })
      expect(services.isSending).toBe(false)
    },
  })
  expect(seen.length).toBeGreaterThan(0)
  expect(seen.every(({ at, clock }) => at === clock)).toBe(true)
  expect(seen.every(({ machines, stored }) => machines === 4 && stored === 4)).toBe(true)
  expect(seen.some(({ evidence }) => evidence)).toBe(true)
})

it('is refused on a folder that holds real clients', { timeout: 60_000 }, async () => {
  const folder = freshFolder()
  const house = sure(await openServices(configOf(folder)))
  const order = { name: 'A real one', slug: null, language: 'en', timeZone: 'Europe/Paris', site: 'Main' } as const
  sure(await addClient(house.services, ADMINISTRATOR, order))
  await house.close()
  const before = historyHash(folder)
  const refused = await fillDemo(configOf(folder), { now: NOW, order: { days: 1 } })
  expect(refused.ok).toBe(false)
  expect(refused.ok ? '' : refused.error).toContain('holds real clients')
  expect(historyHash(folder)).toBe(before)
  const again = sure(await openServices(configOf(folder)))
  expect(again.services.isSending).toBe(true)
  expect(again.services.directory.clients()).toHaveLength(1)
  await again.close()
})

it('marks its folder so that nothing is ever sent from it', { timeout: 60_000 }, async () => {
  const folder = freshFolder()
  await fill(folder, { now: NOW, order: { days: 1, machines: 2 } })
  const house = sure(await openServices(configOf(folder)))
  expect(house.services.isSending).toBe(false)
  const [machine] = [...house.services.fleet.states()]
  expect(NOW - (machine?.agent.lastReportAt ?? 0)).toBeLessThan(DAY_MS)
  expect(NOW - (machine?.agent.lastReportAt ?? 0)).toBeGreaterThanOrEqual(MINUTE_MS)
  await house.close()
})
