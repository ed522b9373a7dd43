/** Folding the newest samples into their place moves rows and changes no answer, whatever came and however much is folded at once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ballast } from '../../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import type { ClientStore } from '../../../server/store/store.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { addMachines, aRecord, NOON } from '../../support/store-samples.ts'
import { tempFolder } from '../../support/tmp.ts'

const KEYS = ['volume:/:usedBytes', 'volume:/srv:usedBytes'] as const
const FIRST_DAY = NOON - (NOON % DAY_MS)
const DAYS = 10

/** One sample: its key, its day, its hour (few, so that two share an instant), its value. */
const reading = fc.record({
  key: fc.constantFrom(...KEYS),
  day: fc.nat(DAYS - 1),
  hour: fc.nat(3),
  value: fc.option(fc.nat(1_000_000), { nil: null }),
})

/** What readers see. Sums are of whole numbers, hence exact; a trend is a quotient, hence rounded. */
async function seen(client: ClientStore) {
  const [machine] = await client.load()
  const keys = KEYS.map(async (key) => ({
    samples: await client.samples('m1', 'disk', key, 0, NOON + 99 * DAY_MS),
    days: await client.days('m1', 'disk', key, 0),
  }))
  const trends = [...(machine?.trends ?? [])].sort().map(([key, { perDay, ...rest }]) => ({
    key,
    perDay: perDay.toPrecision(9),
    lastAt: rest.lastAt,
    days: rest.days,
  }))
  return { keys: await Promise.all(keys), newest: machine?.samples, trends }
}

test('readers see the same before, between and after folds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(reading, { maxLength: 6 }), fc.nat(5)), { minLength: 1, maxLength: 8 }),
      async (steps) => {
        const folder = tempFolder('fold')
        const [folded, kept] = ['folded', 'kept'].map((name) => {
          const ballast = new Ballast(folder)
          return new SqliteStore({ folder: `${folder}/${name}`, ballast, mono: () => 0, idleMs: 600_000 })
        })
        if (folded === undefined || kept === undefined) throw new Error('two stores were made')
        for (const store of [folded, kept]) await addMachines(store.client('c1'), 1)
        let q = 0
        for (const [readings, budget] of steps) {
          const batch = readings.map(({ key, day, hour, value }) => {
            q += 1
            const at = FIRST_DAY + day * DAY_MS + hour * HOUR_MS
            return aRecord(q, { at, receivedAt: at, samples: [{ check: 'disk' as const, key, value }] })
          })
          for (const store of [folded, kept]) await store.client('c1').saveRecords(batch)
          await folded.client('c1').retain(FIRST_DAY, budget)
        }
        expect(await seen(folded.client('c1'))).toEqual(await seen(kept.client('c1')))
        await folded.client('c1').retain(FIRST_DAY, 1_000)
        expect(await seen(folded.client('c1'))).toEqual(await seen(kept.client('c1')))
        await Promise.all([folded.close(), kept.close()])
      },
    ),
    { numRuns: 8 },
  )
}, 60_000)
