/** A store of every released version opens with the code of today, with everything that was in it. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Ballast } from '../../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { aRecord, NOON } from '../../support/store-samples.ts'
import { tempFolder } from '../../support/tmp.ts'
import { aVisit } from '../../support/visit-samples.ts'

const FIXTURES = path.join(import.meta.dirname, '..', '..', 'fixtures', 'store')

function restore(version: string): string {
  const folder = tempFolder('upgrade')
  mkdirSync(path.join(folder, 'clients'))
  for (const [from, to] of [
    ['hub.sql', 'hub.db'],
    ['client.sql', 'clients/c1.db'],
  ] as const) {
    const db = new Database(path.join(folder, to))
    db.exec(readFileSync(path.join(FIXTURES, version, from), 'utf8'))
    db.close()
  }
  return folder
}

describe.each(readdirSync(FIXTURES))('a store of version %s', (version) => {
  it('opens with everything that was in it, and takes what is new', async () => {
    const folder = restore(version)
    const open = () => new SqliteStore({ folder, ballast: new Ballast(folder), mono: () => NOON, idleMs: 600_000 })
    const store = open()
    expect((await store.hub.people()).map(({ email }) => email)).toEqual(['o@example.org'])
    expect((await store.hub.clients()).map(({ name }) => name)).toEqual(['Acme'])
    expect((await store.hub.agents('c1')).map(({ machineId }) => machineId)).toEqual(['m1'])
    expect((await store.hub.audits(10)).map(({ what }) => what)).toEqual(['client added'])

    const client = store.client('c1')
    const [machine, ...others] = await client.load()
    expect(others).toEqual([])
    expect(machine?.row).toMatchObject({ name: 'SRV', role: 'server', upTo: 3, assessedQ: 3, place: '', person: '' })
    expect(machine?.findings.map(({ rule, number }) => [rule, number])).toEqual([['disk/inodes-low', 1]])
    expect(machine?.samples.map(({ key, value }) => [key, value])).toEqual([['memory:usedBytes', 3]])
    expect([...(await client.policies()).keys()]).toEqual(['client'])

    await client.saveRecords([aRecord(4)])
    expect(await client.addVisit(aVisit())).toBe('added')
    expect(await client.acceptances()).toEqual([])
    await store.close()

    const again = open()
    expect((await again.client('c1').visits()).map(({ date }) => date)).toEqual(['2026-02-03'])
    expect((await again.client('c1').load())[0]?.row.upTo).toBe(4)
    await again.close()
  })
})
