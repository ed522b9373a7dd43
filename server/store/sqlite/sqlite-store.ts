/** The SQLite engine: `hub.db` and one file per client, each method one synchronous transaction of a shared statement body. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Method } from '../statement.ts'
import { acceptanceMethods } from '../statements/acceptances.ts'
import { assessmentMethods } from '../statements/assessment.ts'
import { channelMethods } from '../statements/channels.ts'
import { clientMethods } from '../statements/clients.ts'
import { codeMethods } from '../statements/codes.ts'
import { findingMethods } from '../statements/findings.ts'
import { foldMethods } from '../statements/fold-samples.ts'
import { historyMethods } from '../statements/history.ts'
import { loadMethods } from '../statements/load.ts'
import { machineMethods } from '../statements/machines.ts'
import { noticeMethods } from '../statements/notices.ts'
import { outboxMethods } from '../statements/outbox.ts'
import { peopleMethods } from '../statements/people.ts'
import { pingMethods } from '../statements/pings.ts'
import { policyMethods } from '../statements/policy.ts'
import { type KeyCache, recordMethods } from '../statements/records.ts'
import { trendMethods } from '../statements/trends.ts'
import { visitPartMethods } from '../statements/visit-parts.ts'
import { visitMethods } from '../statements/visits.ts'
import { type ClientStore, type HubStore, type Store, StoreError } from '../store.ts'
import type { Ballast } from './ballast.ts'
import { readMigrations } from './migrate.ts'
import { SampleFolder } from './sample-folder.ts'
import { SqliteFile } from './sqlite-file.ts'

/** Where the files lie and how long an idle one stays open. */
export type SqliteStoreOptions = {
  readonly folder: string
  readonly ballast: Ballast
  /** Monotonic clock, ms. */
  readonly mono: () => number
  /** Client files unused for this long are closed. */
  readonly idleMs: number
}

const MIGRATIONS = join(import.meta.dirname, '..', 'migrations')
const HUB_CACHE_KIB = 4_096
const CLIENT_CACHE_KIB = 256
/** Ids of clients are file names: nothing but what the server itself makes. */
const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

const HUB_METHODS = { ...peopleMethods, ...clientMethods, ...codeMethods, ...channelMethods }
const CLIENT_METHODS = {
  ...machineMethods,
  ...loadMethods,
  ...assessmentMethods,
  ...findingMethods,
  ...historyMethods,
  ...policyMethods,
  ...noticeMethods,
  ...outboxMethods,
  ...trendMethods,
  ...visitMethods,
  ...visitPartMethods,
  ...acceptanceMethods,
  ...pingMethods,
}

type Bound<M> = {
  readonly [K in keyof M]: M[K] extends Method<infer A, infer T> ? (...args: A) => Promise<T> : never
}

/** Turns bodies into methods that run on `file`. */
function bind<M extends { readonly [name: string]: Method<never, unknown> }>(methods: M, file: SqliteFile): Bound<M> {
  const bound = Object.entries(methods).map(([name, method]) => [
    name,
    // Each body keeps its own parameters; the mapped type above says so, which a generic loop cannot.
    (...args: unknown[]) => file.call(method as unknown as Method<unknown[], unknown>, true, ...args),
  ])
  return Object.fromEntries(bound) as Bound<M>
}

type OpenClient = { readonly file: SqliteFile; readonly store: ClientStore }

/** Opens files on demand; owns the timer that closes idle ones. */
export class SqliteStore implements Store {
  readonly hub: HubStore
  readonly #hubFile: SqliteFile
  readonly #clients = new Map<string, OpenClient>()
  readonly #options: SqliteStoreOptions
  readonly #clientMigrations = readMigrations(join(MIGRATIONS, 'client'))
  readonly #idleTimer: NodeJS.Timeout
  #isClosed = false

  /** Makes the folders where they are absent. @throws StoreError when the hub cannot be opened. */
  constructor(options: SqliteStoreOptions) {
    this.#options = options
    mkdirSync(join(options.folder, 'clients'), { recursive: true, mode: 0o700 })
    this.#hubFile = this.#file(
      join(options.folder, 'hub.db'),
      readMigrations(join(MIGRATIONS, 'hub')),
      HUB_CACHE_KIB,
      () => {},
    )
    this.hub = bind(HUB_METHODS, this.#hubFile)
    this.#idleTimer = setInterval(() => this.#closeIdle(), MINUTE_MS)
    this.#idleTimer.unref()
  }

  #file(
    path: string,
    migrations: ReturnType<typeof readMigrations>,
    cacheKib: number,
    onRollback: () => void,
  ): SqliteFile {
    const { ballast, mono } = this.#options
    return new SqliteFile({ path, migrations, cacheKib, onRollback, mono, makeRoom: () => ballast.release() })
  }

  client(id: string): ClientStore {
    if (this.#isClosed) throw new StoreError('closed', 'store: closed')
    const known = this.#clients.get(id)
    if (known !== undefined) return known.store
    if (!CLIENT_ID.test(id)) throw new StoreError('other', 'store: not the id of a client')
    const cache: KeyCache = new Map()
    const path = join(this.#options.folder, 'clients', `${id}.db`)
    const file = this.#file(path, this.#clientMigrations, CLIENT_CACHE_KIB, () => cache.clear())
    const folder = new SampleFolder(bind(foldMethods, file).foldSamples)
    const store: ClientStore = {
      ...bind(CLIENT_METHODS, file),
      async saveRecords(batch) {
        const upTo = await file.call(recordMethods.saveRecords, false, batch, cache)
        folder.noteBatch(batch)
        return upTo
      },
    }
    this.#clients.set(id, { file, store })
    return store
  }

  #closeIdle(): void {
    for (const { file } of this.#clients.values()) file.closeIdle(this.#options.idleMs)
    this.#options.ballast.restore()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#idleTimer)
    for (const { file } of this.#clients.values()) file.close()
    this.#hubFile.close()
  }
}
