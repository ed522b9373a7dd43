/** One suite over the Store port, run against every engine: what callers may rely on, whatever the engine. */
import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Finding, Transition } from '../../server/findings/finding.ts'
import { Ballast } from '../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { type Person, type Store, StoreError } from '../../server/store/store.ts'
import { DAY_MS, HOUR_MS } from '../../shared/units.ts'
import { aClient, aCode, addMachines, aKey, anAssessment, aRecord, bytesOf, NOON } from '../support/store-samples.ts'
import { tempFolder } from '../support/tmp.ts'

/** One line per engine. */
const ENGINES: readonly { readonly name: string; readonly open: (folder: string) => Store }[] = [
  {
    name: 'sqlite',
    open: (folder) =>
      new SqliteStore({ folder, ballast: new Ballast(folder), mono: () => performance.now(), idleMs: 600_000 }),
  },
]

const DAY = NOON - (NOON % DAY_MS)
const OWNER: Person = { id: 'p1', email: 'o@example.org', name: 'O', role: 'owner', language: 'en', clientIds: ['c1'] }

function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    id: 'f1',
    number: 0,
    machineId: 'm1',
    rule: 'disk/inodes-low',
    item: '/srv',
    severity: 'warning',
    values: { volume: '/srv', freePercent: 4, inodesFree: 12 },
    openedAt: NOON,
    changedAt: NOON,
    resolvedAt: null,
    clearingSince: null,
    blind: null,
    alert: { state: 'pending', since: NOON },
    ...over,
  }
}

function aTransition(over: Partial<Transition> = {}): Transition {
  const { id: findingId, machineId, rule, item, severity, values } = aFinding()
  return { findingId, machineId, rule, item, kind: 'opened', at: NOON, from: null, to: severity, values, ...over }
}

for (const engine of ENGINES) {
  let folder: string
  let store: Store
  beforeEach(() => {
    folder = tempFolder('store')
    store = engine.open(folder)
  })
  afterEach(() => store.close())
  const reopen = async () => {
    await store.close()
    store = engine.open(folder)
  }

  describe(`${engine.name}: people and sessions`, () => {
    test('a person is added once and read back whole', async () => {
      expect(await store.hub.addPerson(OWNER, NOON)).toBe('added')
      expect(await store.hub.addPerson({ ...OWNER, id: 'p2' }, NOON)).toBe('exists')
      expect(await store.hub.people()).toEqual([OWNER])
    })

    test('a sign-in link works once, and not after its end', async () => {
      await store.hub.addPerson(OWNER, NOON)
      await store.hub.saveSigninLink(bytesOf(1), 'p1', NOON + 900_000)
      await store.hub.saveSigninLink(bytesOf(2), 'p1', NOON + 10)
      expect(await store.hub.takeSigninLink(bytesOf(2), NOON + 10)).toBeNull()
      expect((await store.hub.takeSigninLink(bytesOf(1), NOON))?.id).toBe('p1')
      expect(await store.hub.takeSigninLink(bytesOf(1), NOON)).toBeNull()
    })

    test('a session ends by idling, by its end and by request', async () => {
      await store.hub.addPerson(OWNER, NOON)
      for (const n of [1, 2, 3]) await store.hub.saveSession(bytesOf(n), 'p1', NOON, NOON + DAY_MS)
      expect((await store.hub.session(bytesOf(1), NOON + HOUR_MS, 2 * HOUR_MS))?.seenAt).toBe(NOON + HOUR_MS)
      expect(await store.hub.session(bytesOf(1), NOON + 2.5 * HOUR_MS, 2 * HOUR_MS)).not.toBeNull()
      expect(await store.hub.session(bytesOf(2), NOON + 2 * HOUR_MS, 2 * HOUR_MS)).toBeNull()
      expect(await store.hub.session(bytesOf(1), NOON + DAY_MS, DAY_MS)).toBeNull()
      await store.hub.endSession(bytesOf(3))
      expect(await store.hub.session(bytesOf(3), NOON, DAY_MS)).toBeNull()
    })

    test('tokens answer to their secret until they end or are revoked', async () => {
      const token = { id: 't1', label: 'grafana', role: 'viewer', clientId: null, createdAt: NOON } as const
      await store.hub.addToken({ ...token, expiresAt: NOON + 10 }, bytesOf(1))
      expect(await store.hub.token(bytesOf(2), NOON)).toBeNull()
      expect((await store.hub.token(bytesOf(1), NOON))?.label).toBe('grafana')
      expect(await store.hub.token(bytesOf(1), NOON + 10)).toBeNull()
      expect(await store.hub.revokeToken('t1')).toBe('revoked')
      expect(await store.hub.revokeToken('t1')).toBe('absent')
      expect(await store.hub.token(bytesOf(1), NOON)).toBeNull()
    })
  })

  describe(`${engine.name}: enrollment`, () => {
    beforeEach(() => store.hub.addClient(aClient(), bytesOf(9)))

    test('the same key with the same code is one enrollment', async () => {
      await store.hub.addCode(aCode())
      expect(await store.hub.enroll(bytesOf(1, 8), aKey(1), NOON)).toMatchObject({ state: 'enrolled' })
      const again = await store.hub.enroll(bytesOf(1, 8), aKey(1, { agentId: bytesOf(5, 16), machineId: 'mx' }), NOON)
      expect(again).toMatchObject({ state: 'again', key: { machineId: 'm1' } })
      expect(await store.hub.enroll(bytesOf(1, 8), aKey(2), NOON)).toEqual({ state: 'used' })
      expect((await store.hub.agentByKey(bytesOf(1)))?.machineId).toBe('m1')
      expect(await store.hub.agents('c1')).toHaveLength(1)
    })

    test('of 50 parallel uses of a single-use code exactly one wins', async () => {
      await store.hub.addCode(aCode())
      const uses = Array.from({ length: 50 }, (_, n) => store.hub.enroll(bytesOf(1, 8), aKey(n + 1), NOON))
      const states = (await Promise.all(uses)).map(({ state }) => state)
      expect(states.filter((state) => state === 'enrolled')).toHaveLength(1)
      expect(states.filter((state) => state === 'used')).toHaveLength(49)
    })

    test('an expired or unknown code enrolls nobody', async () => {
      await store.hub.addCode(aCode())
      expect(await store.hub.enroll(bytesOf(1, 8), aKey(1), NOON + HOUR_MS)).toEqual({ state: 'expired' })
      expect(await store.hub.enroll(bytesOf(3, 8), aKey(1), NOON)).toEqual({ state: 'absent' })
      expect(await store.hub.agentByKey(bytesOf(1))).toBeNull()
    })

    test('a key of one client does not move to another', async () => {
      await store.hub.addClient(aClient({ id: 'c2', slug: 'other' }), bytesOf(9))
      await store.hub.addCode(aCode())
      await store.hub.addCode(aCode({ codeId: bytesOf(2, 8), clientId: 'c2' }))
      await store.hub.enroll(bytesOf(1, 8), aKey(1), NOON)
      expect(await store.hub.enroll(bytesOf(2, 8), aKey(1), NOON)).toEqual({ state: 'absent' })
      expect((await store.hub.code(bytesOf(2, 8)))?.usesLeft).toBe(1)
    })
  })

  describe(`${engine.name}: records`, () => {
    beforeEach(() => addMachines(store.client('c1'), 2))

    test('a batch is saved once, in order, and is there after a restart', async () => {
      const batch = [1, 2, 3].map((q) => aRecord(q))
      expect(await store.client('c1').saveRecords(batch)).toEqual(new Map([['m1', 3]]))
      expect(await store.client('c1').saveRecords([aRecord(3), aRecord(4)])).toEqual(new Map([['m1', 4]]))
      await reopen()
      const points = await store.client('c1').samples('m1', 'system', 'memory:usedBytes', 0, NOON * 2)
      expect(points.map(({ value }) => value)).toEqual([1, 2, 3, 4])
      expect(await store.client('c1').days('m1', 'system', 'memory:usedBytes', 0)).toEqual([
        { day: DAY, n: 4, mean: 2.5, min: 1, max: 4, last: 4 },
      ])
      const loaded = await store.client('c1').loadMachine('m1')
      expect(loaded?.row).toMatchObject({ upTo: 4, lastReportAt: NOON + 4_005, stream: Buffer.from(bytesOf(7, 16)) })
      expect(loaded?.traffic).toMatchObject({ lastBytes: 142, dayRecords: 4, dayBytes: 568 })
      expect(loaded?.samples).toEqual([{ check: 'system', key: 'memory:usedBytes', value: 4, at: NOON + 4_000 }])
      expect(loaded?.collectedAt).toEqual({ system: NOON + 4_000 })
    })

    test('a machine of the batch that does not exist gets no mark, the others do', async () => {
      const saved = await store.client('c1').saveRecords([aRecord(1, { machineId: 'gone' }), aRecord(1)])
      expect(saved).toEqual(new Map([['m1', 1]]))
    })

    test('a new stream starts at 1, one that comes back goes on', async () => {
      const other = { stream: bytesOf(8, 16) }
      await store.client('c1').saveRecords([aRecord(1), aRecord(2)])
      expect(await store.client('c1').saveRecords([aRecord(1, other)])).toEqual(new Map([['m1', 1]]))
      expect(await store.client('c1').upTo('m1', bytesOf(7, 16))).toBe(2)
      expect(await store.client('c1').saveRecords([aRecord(2), aRecord(3)])).toEqual(new Map([['m1', 3]]))
      expect(await store.client('c1').upTo('m1', bytesOf(8, 16))).toBe(1)
      expect(await store.client('c1').upTo('m1', bytesOf(1, 16))).toBe(0)
    })

    test('sections are kept on change only; a failed sample is null, not zero', async () => {
      const section = (value: number) => ({ check: 'disk' as const, hash: bytesOf(value), body: `{"v":${value}}` })
      const samples = [{ check: 'system' as const, key: 'memory:usedBytes', value: null }]
      await store
        .client('c1')
        .saveRecords([aRecord(1, { sections: [section(1)] }), aRecord(2, { sections: [section(1)] })])
      await store.client('c1').saveRecords([aRecord(3, { sections: [section(2)], samples })])
      const history = await store.client('c1').sectionHistory('m1', 'disk', 10)
      expect(history.map(({ body }) => body)).toEqual(['{"v":2}', '{"v":1}'])
      const loaded = await store.client('c1').loadMachine('m1')
      expect(loaded?.sections.map(({ body }) => body)).toEqual(['{"v":2}'])
      expect(loaded?.samples[0]).toMatchObject({ value: null, at: NOON + 3_000 })
    })

    test('a gap and an attestation are kept; a broken chain is marked', async () => {
      const evidence = (hash: number, prev: number) => ({ hash: bytesOf(hash), prev: bytesOf(prev), body: '{}' })
      await store.client('c1').saveRecords([aRecord(5, { gap: { from: 1, why: 'evicted' } })])
      await store
        .client('c1')
        .saveRecords([6, 7, 8].map((q) => aRecord(q, { attestation: evidence(q, q === 6 ? 0 : 6) })))
      const kept = await store.client('c1').attestations('m1', 5)
      expect(kept.map(({ q, isChained }) => [q, isChained])).toEqual([
        [8, false],
        [7, true],
        [6, true],
      ])
      expect((await store.client('c1').loadMachine('m1'))?.gap).toMatchObject({ from: 1, to: 5, why: 'evicted' })
    })

    test('a trend follows the daily means, and needs days enough', async () => {
      const key = 'volume:/:usedBytes'
      const records = Array.from({ length: 8 }, (_, day) => {
        const at = DAY + day * DAY_MS + HOUR_MS
        return aRecord(day + 1, { at, receivedAt: at, samples: [{ check: 'disk', key, value: 100 + 7 * day }] })
      })
      await store.client('c1').saveRecords(records.slice(0, 1))
      expect(await store.client('c1').trends('m1', DAY)).toEqual(new Map())
      await store.client('c1').saveRecords(records.slice(1))
      const trend = (await store.client('c1').load())[0]?.trends.get(`disk/${key}`)
      expect(trend).toMatchObject({ days: 8, lastAt: DAY + 7 * DAY_MS + HOUR_MS })
      expect(trend?.perDay).toBeCloseTo(7, 9)
      expect((await store.client('c1').trends('m1', DAY)).get(`disk/${key}`)).toEqual(trend)
    })

    test('retention deletes what is old, at most the budget at a time', async () => {
      await store.client('c1').saveRecords([1, 2, 3].map((q) => aRecord(q)))
      expect(await store.client('c1').retain(NOON + 31 * DAY_MS, 2)).toBe(2)
      expect(await store.client('c1').retain(NOON + 31 * DAY_MS, 2)).toBe(1)
      expect(await store.client('c1').retain(NOON + 31 * DAY_MS, 2)).toBe(0)
      expect(await store.client('c1').days('m1', 'system', 'memory:usedBytes', 0)).toHaveLength(1)
    })
  })

  describe(`${engine.name}: judgements`, () => {
    beforeEach(() => addMachines(store.client('c1'), 2))

    test('an assessment is written whole; a stale one changes nothing', async () => {
      const first = anAssessment({ findings: [aFinding()], transitions: [aTransition()], outcomes: [], memory: {} })
      expect(await store.client('c1').saveAssessment(first)).toMatchObject({
        state: 'saved',
        version: 1,
        findings: [{ id: 'f1', number: 1 }],
      })
      expect(await store.client('c1').saveAssessment({ ...first, findings: [aFinding({ id: 'f2' })] })).toEqual({
        state: 'stale',
      })
      expect(await store.client('c1').findings({ limit: 10 })).toEqual([aFinding({ number: 1 })])
      expect(await store.client('c1').transitions({ machineId: 'm1', limit: 10 })).toEqual([aTransition()])
    })

    test('several machines at once: each is saved or stale by itself, numbers count on', async () => {
      const rows = [
        anAssessment({ findings: [aFinding()] }),
        anAssessment({ machineId: 'm2', version: 3 }),
        anAssessment({ version: 1, findings: [aFinding({ number: 1, resolvedAt: NOON + 5 }), aFinding({ id: 'f2' })] }),
      ]
      const saved = await store.client('c1').saveAssessments(rows)
      expect(saved.map(({ state }) => state)).toEqual(['saved', 'stale', 'saved'])
      const loaded = await store.client('c1').loadMachine('m1')
      expect(loaded?.findings.map(({ id, number }) => [id, number])).toEqual([['f2', 2]])
      expect(await store.client('c1').findings({ open: false, limit: 10 })).toHaveLength(1)
    })

    test('policy: set, replaced, removed, read by layer', async () => {
      const setting = { key: 'disk.full', value: 90, reason: 'small disk', setBy: 'p1', setAt: NOON }
      await store.client('c1').savePolicy('client', 'disk.full', { ...setting, value: 80 })
      await store.client('c1').savePolicy('client', 'disk.full', setting)
      await store.client('c1').savePolicy('machine:m1', 'disk.full', setting)
      expect(await store.client('c1').policyOf('s1', 'm1')).toEqual({ client: [setting], site: [], machine: [setting] })
      await store.client('c1').savePolicy('client', 'disk.full', null)
      expect(await store.client('c1').policies()).toEqual(new Map([['machine:m1', [setting]]]))
    })

    test('two machines of one name get two slugs; a machine is added once', async () => {
      const machine = { id: 'm9', siteId: 's1', slug: 'pc-1', name: 'PC-1', role: 'server', enrolledAt: NOON } as const
      expect(await store.client('c1').addMachine(machine)).toBe('added')
      expect(await store.client('c1').addMachine(machine)).toBe('exists')
      expect((await store.client('c1').loadMachine('m9'))?.row).toMatchObject({
        slug: 'pc-1-2',
        role: 'server',
        upTo: 0,
      })
    })

    test('a closed store says so, and ids never become paths', async () => {
      expect(() => store.client('../x')).toThrow(StoreError)
      const client = store.client('c1')
      await store.close()
      await expect(client.load()).rejects.toMatchObject({ code: 'closed' })
    })
  })
}
