/**
 * Brings a database file to the newest schema: numbered `.sql` files, one transaction each, `user_version` counts them and
 * `schema_migration` keeps their checksums. A file of a newer Rounds is refused with a sentence.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { StoreError } from '../store.ts'

/** One numbered step; `sql` may hold several statements. */
export type Migration = {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

const NAME = /^(\d{4})-[a-z0-9-]+\.sql$/

/** Reads the migrations of a folder. @throws Error when numbers are missing or doubled: a mistake in the program's own files. */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
  return names.map((name, index) => {
    const version = Number(name.slice(0, 4))
    if (version !== index + 1) throw new Error(`migrations: ${name} where number ${index + 1} is due`)
    const sql = readFileSync(join(folder, name), 'utf8')
    return { version, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

function versionOf(db: Database.Database): number {
  const version: unknown = db.pragma('user_version', { simple: true })
  return typeof version === 'number' ? version : 0
}

function assertSameHistory(
  db: Database.Database,
  migrations: readonly Migration[],
  version: number,
  file: string,
): void {
  const rows = db.prepare<[number], { version: number; checksum: string }>(
    'SELECT version, checksum FROM schema_migration WHERE version <= ? ORDER BY version',
  )
  for (const row of rows.all(version)) {
    if (migrations[row.version - 1]?.checksum !== row.checksum) {
      throw new StoreError(
        'other',
        `store: ${file}: schema step ${row.version} is not the one of this version of Rounds; run the version that made this file`,
      )
    }
  }
}

function apply(db: Database.Database, migration: Migration): void {
  db.transaction(() => {
    db.exec(migration.sql)
    db.prepare('INSERT INTO schema_migration (version, name, checksum) VALUES (?, ?, ?)').run(
      migration.version,
      migration.name,
      migration.checksum,
    )
    // Part of the transaction: after a crash the file is at the step before or after, never between.
    db.pragma(`user_version = ${migration.version}`)
  }).immediate()
}

/** Migrates `db` to the newest step. @param file its name in messages. @throws StoreError for a newer or foreign schema. */
export function migrate(db: Database.Database, migrations: readonly Migration[], file: string): void {
  const version = versionOf(db)
  if (version > migrations.length) {
    throw new StoreError(
      'other',
      `store: ${file} has schema ${version}, this version of Rounds knows up to ${migrations.length}; install the newer version again`,
    )
  }
  if (version > 0) assertSameHistory(db, migrations, version, file)
  if (version === migrations.length) return
  db.exec(
    'CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)',
  )
  for (const migration of migrations.slice(version)) apply(db, migration)
}
