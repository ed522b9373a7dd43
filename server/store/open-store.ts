/** Opens the store that `ROUNDS_STORE` names: SQLite in the data folder. PostgreSQL is refused with a sentence for now. */
import { performance } from 'node:perf_hooks'
import { err, ok, type Result } from '../../shared/result.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { Ballast } from './sqlite/ballast.ts'
import { SqliteStore } from './sqlite/sqlite-store.ts'
import { storeError } from './sqlite/store-error.ts'
import type { Store } from './store.ts'

/** Which engine, and where its data lies. */
export type OpenStoreOptions = {
  /** `sqlite`, or a `postgres://` address. */
  readonly engine: string
  /** The data folder; made when absent. */
  readonly folder: string
}

const IDLE_MS = 10 * MINUTE_MS

/** @returns the store, or a sentence for people. Nothing is made in the folder before the engine is known to exist. */
export async function openStore({ engine, folder }: OpenStoreOptions): Promise<Result<Store, string>> {
  if (/^postgres(ql)?:/.test(engine)) {
    return err(
      'ROUNDS_STORE names a PostgreSQL server, which this version cannot use yet. Leave it unset to keep data in SQLite files.',
    )
  }
  if (engine !== 'sqlite') return err(`ROUNDS_STORE is "${engine}". It must be "sqlite", or be left unset.`)
  try {
    const ballast = new Ballast(folder)
    const store = new SqliteStore({ folder, ballast, mono: () => performance.now(), idleMs: IDLE_MS })
    ballast.restore()
    await store.hub.setting('schema')
    return ok(store)
  } catch (cause) {
    return err(storeError(cause, folder).message)
  }
}
