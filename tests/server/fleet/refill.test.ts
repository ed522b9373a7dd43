/** Nothing that decides lives in memory only: a server that starts anew knows what the one before it knew. */
import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COLUMNS } from '../../../server/fleet/columns.ts'
import type { Fleet } from '../../../server/fleet/fleet.ts'
import { Ballast } from '../../../server/store/sqlite/ballast.ts'
import { SqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { tempFolder } from '../../support/tmp.ts'
import { anyStep, LivedFleet } from './lived-fleet.ts'

let store: SqliteStore
let clients = 0
beforeAll(() => {
  const folder = tempFolder('fleet')
  store = new SqliteStore({ folder, ballast: new Ballast(folder), mono: () => performance.now(), idleMs: 600_000 })
})
afterAll(() => store.close())

/** Of the link itself, and so of this run of the server: the agent tells them anew when it connects. */
const OF_THE_LINK = new Set(['connected', 'skewMs', 'futureMs'])

/** What a fleet knows of one machine. Findings that a judgement just resolved are history, and are read from the store. */
function knownOf(fleet: Fleet, id: string) {
  const kept = fleet.kept(id)
  if (kept === null) throw new Error(`${id} is not in the fleet`)
  const { agent, findings, trends: _, ...state } = kept.state
  const { connected: _connected, skewMs: _skew, futureMs: _future, listeningSince: _since, ...told } = agent
  const columns = COLUMNS.filter((name) => !OF_THE_LINK.has(name)).map((name) => [name, fleet.columns[name][kept.slot]])
  return {
    ...state,
    agent: told,
    findings: findings.filter(({ resolvedAt }) => resolvedAt === null),
    sections: kept.knownSections(),
    statedRole: kept.statedRole,
    traffic: kept.traffic,
    columns: Object.fromEntries(columns),
  }
}

describe('a fleet that is filled from the store', () => {
  it('is the one that lived through every record, judgement and change', async () => {
    let [judged, found] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 14 }), async (steps) => {
        clients += 1
        const lived = new LivedFleet(store, `c${clients}`)
        await lived.start()
        for (const step of steps) await lived.take(step)
        const refilled = await lived.refilled()
        for (const id of ['m1', 'm2']) {
          const known = knownOf(lived.fleet, id)
          expect(knownOf(refilled, id)).toEqual(known)
          judged += known.assessedAt === null ? 0 : 1
          found += known.findings.length
        }
        expect(refilled.overview()).toEqual(lived.fleet.overview())
      }),
      { numRuns: 25, endOnFailure: true },
    )
    // The steps reached what they are for.
    expect(judged).toBeGreaterThan(5)
    expect(found).toBeGreaterThan(0)
  })
})
