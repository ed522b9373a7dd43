/** The Store port's visits, run against every engine: one version wins, parts are written whole or not at all, what was sent stays. */
import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Ballast } from '../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { type ClientStore, type Store, StoreError } from '../../server/store/store.ts'
import { DAY_MS } from '../../shared/units.ts'
import { addMachines, anAssessment, bytesOf, NOON } from '../support/store-samples.ts'
import { tempFolder } from '../support/tmp.ts'
import {
  anAcceptance,
  anAction,
  aRecommendation,
  aReport,
  aRestoreTest,
  aSnapshotChange,
  aVisit,
} from '../support/visit-samples.ts'

const ENGINES: readonly { readonly name: string; readonly open: (folder: string) => Store }[] = [
  {
    name: 'sqlite',
    open: (folder) =>
      new SqliteStore({ folder, ballast: new Ballast(folder), mono: () => performance.now(), idleMs: 600_000 }),
  },
]

for (const engine of ENGINES) {
  let folder: string
  let store: Store
  let client: ClientStore
  beforeEach(async () => {
    folder = tempFolder('store-visits')
    store = engine.open(folder)
    client = store.client('c1')
    await client.addVisit(aVisit())
  })
  afterEach(() => store.close())
  const reopen = async () => {
    await store.close()
    store = engine.open(folder)
    client = store.client('c1')
  }

  describe(`${engine.name}: a visit`, () => {
    test('is read back whole, newest date first, after a restart too', async () => {
      const later = aVisit({ id: 'v2', date: '2026-03-02', authorId: null, corrections: [] })
      expect(await client.addVisit(later)).toBe('added')
      expect(await client.addVisit(aVisit({ id: 'v3' }))).toBe('exists')
      await reopen()
      expect(await client.visits()).toEqual([later, aVisit()])
      expect(await client.visitFile('v1')).toEqual({
        visit: aVisit(),
        recommendations: [],
        restoreTests: [],
        reports: [],
      })
      expect(await client.visitFile('v9')).toBeNull()
    })

    test('changes once per version: the second of two writers is refused and nothing of theirs is kept', async () => {
      const first = await client.saveVisit({ visit: aVisit({ minutes: 'one' }), version: 0 })
      expect(first).toEqual({ state: 'saved', visit: aVisit({ minutes: 'one', version: 1 }) })
      const second = { visit: aVisit({ minutes: 'two' }), version: 0, actions: [anAction()] }
      expect(await client.saveVisit(second)).toEqual({ state: 'stale' })
      expect((await client.visits())[0]?.minutes).toBe('one')
      expect(await client.actions()).toEqual([])
      expect(await client.saveVisit({ visit: aVisit({ id: 'v9' }), version: 0 })).toEqual({ state: 'absent' })
    })

    test('cannot take the date of another', async () => {
      await client.addVisit(aVisit({ id: 'v2', date: '2026-03-02' }))
      const moved = { visit: aVisit({ date: '2026-03-02' }), version: 0 }
      expect(await client.saveVisit(moved)).toEqual({ state: 'date-taken' })
    })

    test('keeps what hangs on it: written whole, replaced by id, withdrawn', async () => {
      const parts = {
        actions: [anAction(), anAction({ id: 'a2', mends: null, machineId: null, dueAt: null })],
        recommendations: [aRecommendation({ id: 'r2', rank: 2 }), aRecommendation()],
        restoreTests: [aRestoreTest()],
        acceptances: [anAcceptance({ visitId: 'v1' })],
      }
      await client.saveVisit({ visit: aVisit(), version: 0, ...parts })
      expect(await client.actions()).toEqual(parts.actions)
      expect(await client.recommendations()).toEqual([aRecommendation(), aRecommendation({ id: 'r2', rank: 2 })])
      expect(await client.restoreTests()).toEqual([aRestoreTest()])
      expect(await client.acceptances()).toEqual([anAcceptance({ visitId: 'v1' })])
      const decision = { answer: 'accept', until: NOON + DAY_MS, reason: 'low', by: 'Luc', at: NOON } as const
      const done = anAction({ state: 'done', doneIn: 'v1', doneAt: NOON, minutes: 20 })
      await client.saveVisit({
        visit: aVisit(),
        version: 1,
        withdrawn: ['r2'],
        recommendations: [aRecommendation({ decision })],
        actions: [done],
      })
      expect((await client.visitFile('v1'))?.recommendations).toEqual([aRecommendation({ decision })])
      expect((await client.actions())[0]).toEqual(done)
    })

    test('has one snapshot for ever, with its evidence', async () => {
      const snapshot = aSnapshotChange()
      await client.saveVisit({ visit: aVisit({ state: 'on-site', openedAt: NOON }), version: 0, snapshot })
      await expect(client.saveVisit({ visit: aVisit(), version: 1, snapshot })).rejects.toThrow(StoreError)
      await reopen()
      const { attestations, ...packed } = (await client.snapshot('v1')) ?? { attestations: [] }
      expect(packed).toEqual({
        ...snapshot.packed,
        hash: Buffer.from(snapshot.packed.hash),
        body: Buffer.from(snapshot.packed.body),
      })
      expect(attestations.map(({ machineId, attestation }) => [machineId, attestation?.q ?? null])).toEqual([
        ['m1', 9],
        ['m2', null],
      ])
      expect(await client.snapshot('v2')).toBeNull()
      expect((await client.visits())[0]?.version).toBe(1)
    })

    test('a revision is sent once: a second one of the same number is refused whole', async () => {
      await client.saveVisit({ visit: aVisit({ revision: 1 }), version: 0, report: aReport() })
      const again = { visit: aVisit({ minutes: 'changed' }), version: 1, report: aReport({ name: 'other' }) }
      await expect(client.saveVisit(again)).rejects.toThrow(StoreError)
      expect((await client.visits())[0]?.minutes).toBe('')
      const second = aReport({ revision: 2, name: '2026-02-03-r2', sentAt: NOON + 1 })
      await client.saveVisit({ visit: aVisit({ revision: 2 }), version: 1, report: second })
      expect((await client.sentReports()).map(({ name }) => name)).toEqual(['2026-02-03-r1', '2026-02-03-r2'])
      expect((await client.visitFile('v1'))?.reports[0]?.pdfHash).toEqual(Buffer.from(bytesOf(1)))
    })

    test('is removed only while it merely stands in the calendar', async () => {
      expect(await client.removeVisit('v1', 4)).toBe('stale')
      await client.saveVisit({ visit: aVisit(), version: 0, recommendations: [aRecommendation()] })
      expect(await client.removeVisit('v1', 1)).toBe('absent')
      await client.saveVisit({ visit: aVisit(), version: 1, withdrawn: ['r1'] })
      expect(await client.removeVisit('v1', 2)).toBe('removed')
      expect(await client.visits()).toEqual([])
    })
  })

  describe(`${engine.name}: accepted risks and places`, () => {
    test('an acceptance is kept, revoked once, and stays in the record', async () => {
      await client.saveAcceptances([anAcceptance(), anAcceptance({ id: 'k2', item: 'sdb' })])
      expect(await client.revokeAcceptance('k1', NOON + 1)).toBe('revoked')
      expect(await client.revokeAcceptance('k1', NOON + 2)).toBe('absent')
      expect((await client.acceptances()).map(({ id, revokedAt }) => [id, revokedAt])).toEqual([
        ['k1', NOON + 1],
        ['k2', null],
      ])
    })

    test('a machine has the room and the user that a person typed', async () => {
      await addMachines(client, 1)
      expect((await client.loadMachine('m1'))?.row).toMatchObject({ place: '', person: '' })
      expect(await client.placeMachine('m1', 'Cabinet, lower bay', 'Odile')).toBe('saved')
      expect(await client.placeMachine('m9', '', '')).toBe('absent')
      expect((await client.loadMachine('m1'))?.row).toMatchObject({ place: 'Cabinet, lower bay', person: 'Odile' })
    })

    test('findings since a moment are those open at any time after it', async () => {
      await addMachines(client, 1)
      const base = {
        number: 0,
        machineId: 'm1',
        rule: 'disk/read-only',
        severity: 'warning',
        values: { volume: '/', errors: null },
        openedAt: NOON,
        changedAt: NOON,
        clearingSince: null,
        blind: null,
        alert: { state: 'pending', since: NOON },
      } as const
      const findings = [
        { ...base, id: 'old', item: 'a', resolvedAt: NOON + 10 },
        { ...base, id: 'edge', item: 'b', resolvedAt: NOON + 20 },
        { ...base, id: 'open', item: 'c', resolvedAt: null },
      ]
      await client.saveAssessment(anAssessment({ findings }))
      const since = await client.findings({ since: NOON + 20, limit: 10 })
      expect(since.map(({ id }) => id).sort()).toEqual(['edge', 'open'])
    })
  })
}
