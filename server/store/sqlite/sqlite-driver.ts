/** Runs statement bodies on one SQLite connection, each inside one transaction, with a cache of prepared statements. */
import type Database from 'better-sqlite3'
import type { Answer, SqlRow, Statement, Steps } from '../statement.ts'

type Prepared = Database.Statement<unknown[]>

/** One connection. Synchronous: nothing else runs between BEGIN and COMMIT. */
export class SqliteDriver {
  readonly #db: Database.Database
  readonly #prepared = new Map<string, Prepared>()
  readonly #begin: { readonly read: Prepared; readonly write: Prepared }
  readonly #commit: Prepared
  readonly #rollback: Prepared

  constructor(db: Database.Database) {
    this.#db = db
    this.#begin = { read: db.prepare('BEGIN'), write: db.prepare('BEGIN IMMEDIATE') }
    this.#commit = db.prepare('COMMIT')
    this.#rollback = db.prepare('ROLLBACK')
  }

  /** Runs a body whole or not at all. @throws what SQLite or the body threw; then nothing was written. */
  transact<T>(access: 'read' | 'write', steps: Steps<T>): T {
    this.#begin[access].run()
    try {
      let step = steps.next([])
      while (step.done !== true) step = steps.next(this.#answer(step.value))
      this.#commit.run()
      return step.value
    } catch (error) {
      // SQLite has rolled back by itself after some errors (full disk, I/O); a second ROLLBACK would hide the first error.
      if (this.#db.inTransaction) this.#rollback.run()
      throw error
    }
  }

  #answer(statement: Statement): Answer {
    const prepared = this.#prepare(statement.sql)
    if (statement.kind === 'many') {
      let changes = 0
      for (const params of statement.lists) changes += prepared.run(...params).changes
      return changes
    }
    if (statement.kind === 'run') return prepared.run(...statement.params).changes
    // Rows of our own schema: column values are text, numbers, bytes or null (no 64-bit integers are asked for).
    return prepared.all(...statement.params) as SqlRow[]
  }

  #prepare(sql: string): Prepared {
    let prepared = this.#prepared.get(sql)
    if (prepared === undefined) {
      prepared = this.#db.prepare(sql)
      this.#prepared.set(sql, prepared)
    }
    return prepared
  }
}
