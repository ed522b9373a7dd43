/** What time alone does: backups grow old, agents fall silent, facts grow stale. Server and agent in one process on one clock. */
import { afterEach, describe, expect, test } from 'vitest'
import { BACKUP_TASKS } from '../../agent/checks/backup/index.ts'
import type { Probe } from '../../agent/probe/probe.ts'
import type { Watch } from '../../agent/watch-config.ts'
import type { MachineView, TodayView } from '../../shared/api/views.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { type Composed, startComposed } from '../support/composed.ts'
import { healthyScript, START, scriptedTasks } from '../support/e2e-script.ts'
import { type FakeTable, fakeProbe } from '../support/fake-probe.ts'

const DUMP = '--\n-- PostgreSQL database dump\n--\nx\n-- PostgreSQL database dump complete\n'
const DROP: Watch = {
  kind: 'file-drop',
  name: 'db',
  folder: '/drop',
  pattern: '*.sql',
  minSizeBytes: 10,
  everyMs: null,
}
const RULE = 'backup/too-old'

/** Files of the drop, by name: when each was written. */
type Drop = { [name: string]: number }

/** A folder that a test fills while the agent watches it. */
function dropProbe(drop: Drop): Probe {
  const table = (): FakeTable => ({
    files: Object.fromEntries(Object.keys(drop).map((name) => [`/drop/${name}`, DUMP])),
    stats: Object.fromEntries(
      Object.entries(drop).map(([name, modifiedAt]) => [`/drop/${name}`, { sizeBytes: DUMP.length, modifiedAt }]),
    ),
  })
  const now = () => fakeProbe(table())
  return {
    ...now(),
    readFile: (path, options) => now().readFile(path, options),
    list: (path) => now().list(path),
    stat: (path, options) => now().stat(path, options),
  }
}

let composed: Composed | null = null
afterEach(async () => {
  await composed?.stop()
  composed = null
})

async function start(drop: Drop): Promise<Composed> {
  const tasks = [...scriptedTasks(healthyScript(), ['backup'], 'raid'), ...BACKUP_TASKS]
  composed = await startComposed({ tasks, probe: dropProbe(drop), watches: [DROP] })
  return composed
}

const view = (world: Composed) => world.get<MachineView>(world.machinePath())
const checkOf = (page: MachineView, name: string) => page.checks.find(({ check }) => check === name)
const cardOf = (page: MachineView, rule: string) =>
  page.checks.flatMap(({ cards }) => cards).find((card) => card.rule === rule) ?? null

describe('a backup drop that grows old', () => {
  test('passes, is found late, calls after its hold, and is solved by a new file', async () => {
    const writtenAt = START - 20 * HOUR_MS
    const drop: Drop = { 'monday.sql': writtenAt }
    const world = await start(drop)
    expect(checkOf(await view(world), 'backup')?.good).toContainEqual({ rule: RULE, item: 'file-drop:db' })

    await world.advance(9 * HOUR_MS)
    expect(cardOf(await view(world), RULE)).toBeNull()

    await world.advance(HOUR_MS + 10 * MINUTE_MS)
    const late = cardOf(await view(world), RULE)
    expect(late).toMatchObject({ standing: 'attention', alert: 'pending', item: 'file-drop:db' })
    expect(late?.values).toMatchObject({ job: 'db', lastSuccessAt: writtenAt })
    expect(Math.abs((late?.openedAt ?? 0) - (writtenAt + 30 * HOUR_MS))).toBeLessThan(2_000)

    await world.advance(HOUR_MS)
    const page = await view(world)
    expect(cardOf(page, RULE)).toMatchObject({ standing: 'attention', alert: 'firing' })
    expect(page.standing).toBe('urgent')
    const today = await world.get<TodayView>('/api/v1/today')
    expect([...today.urgent, ...today.week].map(({ rule }) => rule)).toContain(RULE)

    await world.advance(18 * HOUR_MS)
    expect(cardOf(await view(world), RULE)).toMatchObject({ standing: 'urgent', alert: 'firing' })

    drop['tuesday.sql'] = world.clock.now()
    await world.advance(2 * HOUR_MS)
    const solved = await view(world)
    expect(cardOf(solved, RULE)).toBeNull()
    expect(checkOf(solved, 'backup')?.good).toContainEqual({ rule: RULE, item: 'file-drop:db' })
    const kinds = solved.transitions.filter(({ rule }) => rule === RULE).map(({ kind }) => kind)
    expect(kinds).toEqual(['resolved', 'worsened', 'fired', 'opened'])
  }, 180_000)
})

describe('an agent that falls silent', () => {
  test('is found, its facts grow stale, and nothing stale stays good', async () => {
    const world = await start({ 'monday.sql': START - HOUR_MS })
    expect((await view(world)).connected).toBe(true)
    await world.silence()
    await world.advance(9 * MINUTE_MS)
    expect(cardOf(await view(world), 'agent/silent')).toBeNull()
    await world.advance(2 * MINUTE_MS)
    expect(cardOf(await view(world), 'agent/silent')).toMatchObject({ standing: 'attention', alert: 'firing' })
    await world.advance(20 * MINUTE_MS)
    expect(cardOf(await view(world), 'agent/silent')).toMatchObject({ standing: 'urgent', alert: 'firing' })

    await world.advance(4 * DAY_MS, MINUTE_MS)
    const page = await view(world)
    expect(page.connected).toBe(false)
    expect(page.standing).toBe('urgent')
    for (const { check, standing, facts, good } of page.checks) {
      expect(standing, check).not.toBe('good')
      expect(good, check).toEqual([])
      for (const { key, state, standing: row } of facts) {
        // That it is silent is what the server itself knows.
        if (key !== 'agent.link') expect(state, key).not.toBe('value')
        expect(row, key).not.toBe('good')
      }
    }
    const { rows, good } = await world.get<TodayView>('/api/v1/today')
    expect(Object.values(rows[0]?.dials ?? {})).not.toContain('good')
    expect(good).toBe(0)
  }, 180_000)
})
