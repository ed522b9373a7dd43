/**
 * One database file and its one writer connection: opened on first use, closed when idle, opened again when needed.
 * Durability is set and asserted here, because WAL mode silently lowers `synchronous` in better-sqlite3 13 (its SQLite is
 * compiled with DEFAULT_WAL_SYNCHRONOUS=1): a power cut would lose what was acknowledged.
 */
import { chmodSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Method } from '../statement.ts'
import { StoreError } from '../store.ts'
import { type Migration, migrate } from './migrate.ts'
import { SqliteDriver } from './sqlite-driver.ts'
import { storeError } from './store-error.ts'

/** One database file and how it is opened. */
export type SqliteFileOptions = {
  readonly path: string
  readonly migrations: readonly Migration[]
  /** Page cache in KiB: 500 open files with the default cache cost 1.7 GB (measured, design.md 8). */
  readonly cacheKib: number
  /** Called when the disk is full and the write must not be lost; true: space was made, try once more. */
  readonly makeRoom: () => boolean
  /** Called after a rollback: ids made in the transaction are void. */
  readonly onRollback: () => void
  /** Monotonic clock, ms. */
  readonly mono: () => number
}

const BUSY_TIMEOUT_MS = 5_000
const FULL = 2

/** Sets and asserts what durability and isolation need. @throws StoreError when a setting does not hold. */
export function setPragmas(db: Database.Database, cacheKib: number, file: string): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
  db.pragma(`cache_size = -${cacheKib}`)
  const mode = db.pragma('journal_mode', { simple: true })
  const sync = db.pragma('synchronous', { simple: true })
  if (mode !== 'wal' || sync !== FULL) {
    throw new StoreError(
      'other',
      `store: ${file}: journal_mode is ${String(mode)} and synchronous is ${String(sync)}, wal and ${FULL} are needed; put the data folder on a local file system`,
    )
  }
}

/** Lives as long as the store; the connection inside comes and goes. */
export class SqliteFile {
  readonly #options: SqliteFileOptions
  #db: Database.Database | null = null
  #driver: SqliteDriver | null = null
  #usedAtMono = 0
  #isClosed = false

  constructor(options: SqliteFileOptions) {
    this.#options = options
  }

  /**
   * Runs one method as one transaction.
   * @param isEssential on a full disk the ballast is given up and the write tried once more: judgements must not be lost,
   *   reports are safe in the agents' spools.
   */
  async call<A extends readonly unknown[], T>(method: Method<A, T>, isEssential: boolean, ...args: A): Promise<T> {
    try {
      return this.#transact(method, args)
    } catch (cause) {
      const error = storeError(cause, this.#options.path)
      if (error.code !== 'full' || !isEssential || !this.#options.makeRoom()) throw error
      return this.#retry(method, args)
    }
  }

  #retry<A extends readonly unknown[], T>(method: Method<A, T>, args: A): T {
    try {
      return this.#transact(method, args)
    } catch (cause) {
      throw storeError(cause, this.#options.path)
    }
  }

  #transact<A extends readonly unknown[], T>({ access, steps }: Method<A, T>, args: A): T {
    const driver = this.#open()
    try {
      return driver.transact(access, steps(...args))
    } catch (error) {
      this.#options.onRollback()
      throw error
    }
  }

  #open(): SqliteDriver {
    if (this.#isClosed) throw new StoreError('closed', `store: ${this.#options.path} is closed`)
    this.#usedAtMono = this.#options.mono()
    if (this.#driver !== null) return this.#driver
    const { path, cacheKib, migrations } = this.#options
    const db = new Database(path)
    try {
      // Facts of a company; the umask may be wider than that.
      chmodSync(path, 0o600)
      setPragmas(db, cacheKib, path)
      migrate(db, migrations, path)
      this.#driver = new SqliteDriver(db)
    } catch (error) {
      db.close()
      throw error
    }
    this.#db = db
    return this.#driver
  }

  /** Closes the connection when it was not used for `idleMs`; the next call opens it again. */
  closeIdle(idleMs: number): void {
    if (this.#db !== null && this.#options.mono() - this.#usedAtMono >= idleMs) this.#disconnect()
  }

  /** Checkpoints and closes for good. */
  close(): void {
    this.#isClosed = true
    this.#disconnect()
  }

  #disconnect(): void {
    const db = this.#db
    this.#db = null
    this.#driver = null
    if (db === null) return
    try {
      db.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
  }
}
