/**
 * `node tests/tools/store-fixture.ts`: writes what a store of this version looks like to tests/fixtures/store/<version>/, as SQL. Run
 * once when a version is released; tests/server/store/upgrade.test.ts opens every one of them with the code of today. I/O.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Finding } from '../../server/findings/finding.ts'
import { Ballast } from '../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { aClient, aCode, aKey, anAssessment, aRecord, bytesOf, NOON } from '../support/store-samples.ts'

const TOP = path.join(import.meta.dirname, '..', '..')
const CLIENT = 'c1'

async function fill(folder: string): Promise<void> {
  const store = new SqliteStore({ folder, ballast: new Ballast(folder), mono: () => NOON, idleMs: 600_000 })
  const { hub } = store
  const owner = { id: 'p1', email: 'o@example.org', name: 'Owner', role: 'owner', language: 'en' } as const
  await hub.addPerson({ ...owner, clientIds: [] }, NOON)
  await hub.addClient(aClient(), bytesOf(9))
  await hub.addCode(aCode())
  await hub.enroll(bytesOf(1, 8), aKey(1), NOON)
  await hub.audit({ at: NOON, who: 'p1', what: 'client added', clientId: CLIENT, detail: 'Acme' })
  const file = store.client(CLIENT)
  await file.addSite({ id: 's1', name: 'Main', slug: 'main' })
  await file.addMachine({ id: 'm1', siteId: 's1', slug: 'srv', name: 'SRV', role: 'server', enrolledAt: NOON })
  await file.saveRecords([1, 2, 3].map((q) => aRecord(q)))
  const finding: Finding = {
    ...{ id: 'f1', number: 0, machineId: 'm1', rule: 'disk/inodes-low', item: '/srv', severity: 'warning' as const },
    values: { volume: '/srv', freePercent: 4, inodesFree: 40, inodesTotal: 1_000 },
    ...{ openedAt: NOON, changedAt: NOON, resolvedAt: null, clearingSince: null, blind: null },
    alert: { state: 'pending', since: NOON },
  }
  await file.saveAssessment(anAssessment({ assessedQ: 3, findings: [finding] }))
  const setting = { key: 'disk.spaceWarningPercent', value: 90, reason: 'archive', setBy: 'p1', setAt: NOON }
  await file.savePolicy('client', setting.key, setting)
  await store.close()
}

/** @returns a database as SQL that makes it again, with the version of its schema. */
function dump(file: string): string {
  const db = new Database(file, { readonly: true })
  const lines = [`PRAGMA user_version = ${db.pragma('user_version', { simple: true })};`]
  const schema = db.prepare(
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
  )
  const objects = schema.all() as readonly { readonly type: string; readonly name: string; readonly sql: string }[]
  for (const { sql } of objects) lines.push(`${sql};`)
  for (const { name } of objects.filter(({ type }) => type === 'table')) {
    for (const row of db.prepare(`SELECT * FROM "${name}"`).raw().all() as readonly (readonly unknown[])[]) {
      lines.push(`INSERT INTO "${name}" VALUES (${row.map(literal).join(', ')});`)
    }
  }
  db.close()
  return `${lines.join('\n')}\n`
}

function literal(value: unknown): string {
  if (value === null) return 'NULL'
  if (Buffer.isBuffer(value)) return `X'${value.toString('hex')}'`
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

async function write(): Promise<void> {
  const { version } = JSON.parse(readFileSync(path.join(TOP, 'package.json'), 'utf8')) as { readonly version: string }
  const target = path.join(TOP, 'tests', 'fixtures', 'store', version)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rounds-fixture-'))
  await fill(folder)
  mkdirSync(target, { recursive: true })
  const source = `-- SOURCE: tests/tools/store-fixture.ts run with version ${version}.\n`
  writeFileSync(path.join(target, 'hub.sql'), source + dump(path.join(folder, 'hub.db')))
  writeFileSync(path.join(target, 'client.sql'), source + dump(path.join(folder, 'clients', `${CLIENT}.db`)))
  rmSync(folder, { recursive: true })
}

if (process.argv[1] === import.meta.filename) await write()
