/** Runs statement bodies on one SQLite connection, each inside one transaction, with a cache of prepared statements. */
import type Database from 'better-sqlite3'
import type { Answer, SqlRow, SqlValue, Statement, Steps } from '../statement.ts'

/** The one list of placeholders of an INSERT. */
const VALUES = /VALUES (\(\?(?:, \?)*\))/
const BLOCK_ROWS = 20
/**
 * A statement that fails ends its transaction, so it need not undo its own rows first. Without OR FAIL SQLite copies every page
 * that a statement of several rows changes: a third of the time of a fold (SQLite 3.54, measured 2026-11).
 */
const CHANGE = /^(INSERT|UPDATE)(?= )/

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
    if (statement.kind === 'many') return this.#many(statement.sql, statement.width, statement.values)
    const prepared = this.#prepare(statement.sql)
    if (statement.kind === 'run') return prepared.run(...statement.params).changes
    // Rows of our own schema: column values are text, numbers, bytes or null (no 64-bit integers are asked for).
    return prepared.all(...statement.params) as SqlRow[]
  }

  /** Rows go in by the block where the statement has one VALUES list, the rest one by one: a call costs more than a row. */
  #many(sql: string, width: number, values: readonly SqlValue[]): number {
    let [changes, at] = [0, 0]
    const list = VALUES.exec(sql)?.[1]
    if (list !== undefined && values.length >= BLOCK_ROWS * width) {
      const block = this.#prepare(sql.replace(VALUES, `VALUES ${Array(BLOCK_ROWS).fill(list).join(', ')}`))
      for (; at + BLOCK_ROWS * width <= values.length; at += BLOCK_ROWS * width) {
        changes += block.run(...values.slice(at, at + BLOCK_ROWS * width)).changes
      }
    }
    const single = this.#prepare(sql)
    for (; at < values.length; at += width) changes += single.run(...values.slice(at, at + width)).changes
    return changes
  }

  #prepare(sql: string): Prepared {
    let prepared = this.#prepared.get(sql)
    if (prepared === undefined) {
      prepared = this.#db.prepare(sql.replace(CHANGE, '$1 OR FAIL'))
      this.#prepared.set(sql, prepared)
    }
    return prepared
  }
}
