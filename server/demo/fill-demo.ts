/**
 * Makes a demo folder, or takes one up where it stopped, and brings its history up to a moment. What was lived stands in the store as
 * if it had been lived; the oracle of what happened lies beside it.
 */
import fs from 'node:fs'
import path from 'node:path'
import { randomBytes } from '../../shared/protocol/crypto.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type EpochMs, MINUTE_MS } from '../../shared/units.ts'
import type { Clock } from '../clock.ts'
import type { ServerConfig } from '../config.ts'
import { clientPurpose } from '../control/operations/clients.ts'
import type { Services } from '../control/services.ts'
import { slugOf } from '../ingest/machine-name.ts'
import { type OpenHouse, openServices } from '../open-services.ts'
import { carryVisits } from './carry-visits.ts'
import { DEFAULT_ORDER, DEMO_SETTING, type DemoOrder, parseDemoOrder, worldOf } from './demo-order.ts'
import { History, type HistoryStats } from './history.ts'
import { DemoHouse } from './house.ts'
import { oracleOf } from './oracle/oracle-of.ts'
import { demoId, type World } from './scenario/world.ts'
import { visitStops } from './visit-stops.ts'

/** Called at each moment of the scenario's visits (visit-stops.ts), when everything before it is written. Default: carries them out. */
export type MomentHook = (at: EpochMs, services: Services, world: World) => Promise<void>

/** What to fill. Fields left out: as `DEFAULT_ORDER`. A folder that is a demo already keeps its own order. */
export type FillOptions = {
  readonly now: EpochMs
  readonly order?: Partial<Omit<DemoOrder, 'anchorAt'>>
  readonly onMoment?: MomentHook
  /** Share of the history that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void
}

/** What was done. */
export type Filled = {
  readonly world: World
  readonly oracleFile: string
  readonly stats: HistoryStats
  readonly isNew: boolean
}

/** Name of the oracle's file in the data folder. */
export const ORACLE_FILE = 'demo-oracle.json'

/** Error: a sentence. Nothing of a folder with real clients is touched. */
export async function fillDemo(config: ServerConfig, options: FillOptions): Promise<Result<Filled, string>> {
  const found = await peek(config, options.now)
  if (!found.ok) return found
  const now = Math.floor(options.now / MINUTE_MS) * MINUTE_MS
  const order = found.value.order ?? { ...DEFAULT_ORDER, ...options.order, anchorAt: now }
  const world = worldOf(order)
  const from = Math.max(world.startAt, found.value.heardAt ?? 0)
  const clock = historyClock(from)
  const house = await openServices(config, { clock, isSending: false })
  if (!house.ok) return house
  try {
    const stats = await fill(house.value, { world, order, clock, from, now }, options)
    const oracleFile = path.join(config.dataFolder, ORACLE_FILE)
    fs.writeFileSync(oracleFile, `${JSON.stringify(oracleOf(world, now))}\n`, { mode: 0o600 })
    return ok({ world, oracleFile, stats, isNew: found.value.order === null })
  } finally {
    await house.value.close()
  }
}

type Found = { readonly order: DemoOrder | null; readonly heardAt: EpochMs | null }

/** Looks into the folder without changing what is in it. */
async function peek(config: ServerConfig, now: EpochMs): Promise<Result<Found, string>> {
  if (!fs.existsSync(path.join(config.dataFolder, 'hub.db'))) return ok({ order: null, heardAt: null })
  const house = await openServices(config, { clock: historyClock(now) })
  if (!house.ok) return house
  try {
    const { store, fleet, directory } = house.value.services
    const order = parseDemoOrder(await store.hub.setting(DEMO_SETTING))
    if (order === null && directory.clients().length > 0) {
      return err(
        `${config.dataFolder} holds real clients, so no demonstration is put into it. Set ROUNDS_DATA to another folder, or leave it unset.`,
      )
    }
    const heard = [...fleet.states()].map(({ agent }) => agent.lastReportAt ?? 0)
    return ok({ order, heardAt: heard.length === 0 ? null : Math.max(...heard) })
  } finally {
    await house.value.close()
  }
}

type Filling = {
  readonly world: World
  readonly order: DemoOrder
  readonly clock: Clock & { set(at: EpochMs): void }
  readonly from: EpochMs
  readonly now: EpochMs
}

async function fill({ services }: OpenHouse, filling: Filling, options: FillOptions): Promise<HistoryStats> {
  const { world, order, clock, from, now } = filling
  const { store, fleet, keys } = services
  await store.hub.saveSetting(DEMO_SETTING, JSON.stringify(order))
  await furnish(services, world)
  const house = new DemoHouse(world, { store, fleet, keys })
  await house.resume()
  const { onMoment = carryVisits, onProgress } = options
  const simulated = { ...services, links: house.links(() => clock.now()) }
  const history = new History({
    store,
    fleet,
    keys,
    house,
    clock,
    stops: visitStops(world),
    onStop: (at: EpochMs) => onMoment(at, simulated, world),
    onDay: (at) => onProgress?.((at - from) / Math.max(1, now - from)),
  })
  return history.live(from, now)
}

/** Clients, sites and people; what is there already stays. */
async function furnish(services: Services, { clients, seed, startAt }: World): Promise<void> {
  const { store, keys, directory, after } = services
  for (const { id, spec, sites } of clients) {
    const { slug, name, timeZone, language } = spec
    const client = { id, slug, name, timeZone, language, createdAt: startAt }
    await store.hub.addClient(client, keys.wrap(randomBytes(32), clientPurpose(id)))
    for (const site of sites) await store.client(id).addSite({ ...site, slug: slugOf(site.name) })
    const viewer = { id: demoId(seed, 'person', spec.key), email: spec.manager.email, name: spec.manager.name }
    await store.hub.addPerson({ ...viewer, role: 'viewer', language, clientIds: [id] }, startAt)
    await after.client(id)
  }
  const owner = { id: demoId(seed, 'person', 'owner'), email: 'claire@rounds.example', name: 'Claire Aubry' } as const
  await store.hub.addPerson({ ...owner, role: 'owner', language: 'en', clientIds: [] }, startAt)
  await directory.refresh()
}

function historyClock(at: EpochMs): Clock & { set(at: EpochMs): void } {
  let now = at
  return {
    now: () => now,
    mono: () => now,
    setTimer: () => () => {},
    set(to) {
      now = to
    },
  }
}
