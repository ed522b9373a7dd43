/** The Store port's pings, run against every engine: found by the hash of their secret, each call one durable transaction. */
import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Ballast } from '../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import type { ClientStore, Store } from '../../server/store/store.ts'
import { aPing } from '../support/a-ping.ts'
import { addMachines, bytesOf, NOON } from '../support/store-samples.ts'
import { tempFolder } from '../support/tmp.ts'

const ENGINES: readonly { readonly name: string; readonly open: (folder: string) => Store }[] = [
  {
    name: 'sqlite',
    open: (folder) =>
      new SqliteStore({ folder, ballast: new Ballast(folder), mono: () => performance.now(), idleMs: 600_000 }),
  },
]
const FIRST = { ping: aPing(), secretHash: bytesOf(1) }
const GOOD = { kind: 'success', exitStatus: null } as const
const BAD = { kind: 'fail', exitStatus: 3 } as const

for (const engine of ENGINES) {
  let folder: string
  let store: Store
  let client: ClientStore
  beforeEach(async () => {
    folder = tempFolder('store-pings')
    store = engine.open(folder)
    client = store.client('c1')
    await addMachines(client, 2)
    expect(await client.addPing(FIRST)).toBe('added')
  })
  afterEach(() => store.close())
  const reopen = async () => {
    await store.close()
    store = engine.open(folder)
    client = store.client('c1')
  }

  describe(`${engine.name}: a ping`, () => {
    test('is added once per machine and name, and read back whole, oldest first', async () => {
      const other = { ping: aPing({ id: 'p2', machineId: 'm2', createdAt: NOON + 1 }), secretHash: bytesOf(2) }
      expect(await client.addPing({ ping: aPing({ id: 'p3' }), secretHash: bytesOf(3) })).toBe('exists')
      expect(await client.addPing({ ping: aPing({ id: 'p3', machineId: 'm9' }), secretHash: bytesOf(3) })).toBe(
        'absent',
      )
      expect(await client.addPing(other)).toBe('added')
      await reopen()
      const stored = (await client.pings()).map(({ ping, secretHash }) => [ping, [...secretHash]])
      expect(stored).toEqual([
        [FIRST.ping, [...bytesOf(1)]],
        [other.ping, [...bytesOf(2)]],
      ])
    })

    test('keeps what each call tells, and all of it after a restart', async () => {
      await client.savePingSignal(bytesOf(1), { kind: 'start' }, 'begins', NOON + 10)
      await client.savePingSignal(bytesOf(1), BAD, 'disk full', NOON + 30)
      const after = await client.savePingSignal(bytesOf(1), { kind: 'start' }, '', NOON + 50)
      const want = { startedAt: NOON + 50, failedAt: NOON + 30, exitStatus: 3, failedInRow: 1, durationMs: 20 }
      expect(after).toEqual(aPing(want))
      const good = await client.savePingSignal(bytesOf(1), GOOD, 'done', NOON + 70)
      await reopen()
      expect((await client.pings())[0]?.ping).toEqual(good)
      expect(good).toEqual(aPing({ ...want, succeededAt: NOON + 70, exitStatus: null, failedInRow: 0, note: 'done' }))
    })

    test('is not found by a hash of nobody, and nothing is written', async () => {
      expect(await client.savePingSignal(bytesOf(9), GOOD, 'x', NOON)).toBeNull()
      expect((await client.pings()).map(({ ping }) => ping)).toEqual([FIRST.ping])
    })

    test('answers to its new address alone once renewed, and keeps what it was told', async () => {
      await client.savePingSignal(bytesOf(1), GOOD, '', NOON + 5)
      expect(await client.renewPing('p1', bytesOf(7))).toBe('renewed')
      expect(await client.renewPing('p9', bytesOf(8))).toBe('absent')
      expect(await client.savePingSignal(bytesOf(1), BAD, '', NOON + 6)).toBeNull()
      expect(await client.savePingSignal(bytesOf(7), { kind: 'start' }, '', NOON + 7)).toMatchObject({
        succeededAt: NOON + 5,
        failedAt: null,
      })
    })

    test('is removed once', async () => {
      expect(await client.removePing('p1')).toBe('removed')
      expect(await client.removePing('p1')).toBe('absent')
      expect(await client.pings()).toEqual([])
      expect(await client.savePingSignal(bytesOf(1), GOOD, '', NOON)).toBeNull()
    })
  })
}
