/** Opens a data folder: lock, keys, store, fleet, names. What a command without a running server works on, and what a server builds upon. */
import os from 'node:os'
import { type Logger, pino } from 'pino'
import { ok, type Result } from '../shared/result.ts'
import { Sessions } from './auth/sessions.ts'
import { createSender } from './channels/sender.ts'
import { type Clock, systemClock } from './clock.ts'
import type { ServerConfig } from './config.ts'
import { peopleOrigin } from './control/addresses.ts'
import { ConfigVersion } from './control/config-version.ts'
import { Directory } from './control/directory.ts'
import { closedDoors, type Doors } from './control/doors.ts'
import type { Services } from './control/services.ts'
import { StoreWatch } from './control/store-watch.ts'
import { Fleet } from './fleet/fleet.ts'
import { openServerKeys, type ServerKeys } from './keys/server-keys.ts'
import { lockData } from './store/data-lock.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { VERSION } from './version.ts'
import { ReportShelf } from './visits/report-shelf.ts'
import { SnapshotCache } from './visits/snapshot-cache.ts'

/** What a test or `npm start` hands in instead of the real thing. */
export type OpenOptions = {
  readonly clock?: Clock
  readonly log?: Logger
  /** False: nothing is ever sent from this folder, now or later. */
  readonly isSending?: boolean
}

/** Setting of the hub; `off`: a demonstration, of which no message may leave. */
const SENDING = 'sending'

/** An open data folder. */
export type OpenHouse = {
  readonly services: Services
  readonly clock: Clock
  readonly doors: Doors
  readonly configVersion: ConfigVersion
  readonly watch: StoreWatch
  /** Closes every file and gives the folder free. */
  close(): Promise<void>
}

/** Takes the data folder for this process and opens everything in it. Errors are sentences for people; nothing stays open then. */
export async function openServices(
  config: ServerConfig,
  options: OpenOptions = {},
): Promise<Result<OpenHouse, string>> {
  const locked = lockData(config.dataFolder)
  if (!locked.ok) return locked
  const keys = openServerKeys(config.dataFolder)
  if (!keys.ok) {
    locked.value()
    return keys
  }
  const store = await openStore({ engine: 'sqlite', folder: config.dataFolder })
  if (!store.ok) {
    locked.value()
    return store
  }
  const release = async () => {
    await store.value.close()
    locked.value()
  }
  try {
    return ok(await furnish(config, options, keys.value, store.value, release))
  } catch (error) {
    await release()
    throw error
  }
}

async function furnish(
  config: ServerConfig,
  { clock = systemClock(), log = pino({ level: 'silent' }), isSending = true }: OpenOptions,
  keys: ServerKeys,
  store: Store,
  release: () => Promise<void>,
): Promise<OpenHouse> {
  const fleet = new Fleet({ clock, currentBuild: VERSION })
  const directory = new Directory(store)
  const configVersion = new ConfigVersion(store.hub)
  const watch = new StoreWatch(store.hub, clock, log)
  const doors = closedDoors(config)
  await directory.refresh()
  await fleet.fill(store)
  await configVersion.load()
  const services: Services = {
    config,
    clock,
    log,
    version: VERSION,
    startedAt: clock.now(),
    store,
    keys,
    directory,
    sessions: new Sessions(store.hub),
    fleet,
    snapshots: new SnapshotCache(store),
    reports: new ReportShelf(config.dataFolder),
    ...throughDoors(doors),
    send: createSender({ hub: store.hub, keys, clock }),
    isSending: await maySend(store.hub, isSending),
    isWritable: () => watch.isWritable,
  }
  return { services, clock, doors, configVersion, watch, close: release }
}

/** Once off, a folder never sends again: who opens it later does not have to know that it is a demonstration. */
async function maySend(hub: Store['hub'], isSending: boolean): Promise<boolean> {
  if (!isSending) await hub.saveSetting(SENDING, 'off')
  return (await hub.setting(SENDING)) !== 'off'
}

/** What the doors do is set when they are put in; before that, and without a server, nothing follows. */
function throughDoors(doors: Doors): Pick<Services, 'links' | 'after' | 'renderReport' | 'origin'> {
  return {
    links: {
      newestRecord: (machineId) => doors.links.newestRecord(machineId),
      attest: (machineId, waitMs) => doors.links.attest(machineId, waitMs),
    },
    renderReport: () => doors.renderReport,
    after: {
      machine: (clientId, machineId) => doors.after.machine(clientId, machineId),
      policy: (clientId) => doors.after.policy(clientId),
      client: (clientId) => doors.after.client(clientId),
    },
    origin: () => peopleOrigin(doors.address, os.hostname()),
  }
}
