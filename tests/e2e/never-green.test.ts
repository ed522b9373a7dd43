/**
 * Nothing that could not be read is ever shown as good: every part of every section, failed for every reason and never read, goes
 * through agent, wire, rules and API. The page is looked at in never-green-page.test.ts.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RULES } from '../../server/rules/index.ts'
import type { MachinesView, MachineView, RawCheckView, TodayView } from '../../shared/api/views.ts'
import { emptySection } from '../../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import { failed, NEVER, REASON_CODES } from '../../shared/reading.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { type Composed, startComposed } from '../support/composed.ts'
import { healthyScript, type Script, scriptedTasks } from '../support/e2e-script.ts'
import { fakeProbe } from '../support/fake-probe.ts'

const PARTS = CHECK_NAMES.flatMap((check) =>
  Object.keys(emptySection(check))
    .filter((part) => part !== 'samples')
    .map((part) => ({ title: `${check}, ${part}`, check, part })),
)
/** Readings inside a part: one item of a list that could not be read. */
const ITEMS = [
  { check: 'disk', part: 'drives', inner: 'smart', item: 'WD/1' },
  { check: 'disk', part: 'volumes', inner: 'size', item: '/' },
  { check: 'backup', part: 'jobs', inner: 'status', item: 'restic:nightly' },
] as const
const UNREAD = [
  ...REASON_CODES.map((code) => ({ name: code, reading: failed('test/source', { code, detail: 'made by a test' }) })),
  { name: 'never', reading: NEVER },
]

/**
 * The whole list of what counts as "does not exist here" instead of "could not be told": a container has no firewall, clock, boot, disks
 * or kernel log of its own, a machine without the tools has no arrays and no battery, Windows has no package database, and some products
 * and managers keep no record of what they found or failed. Whoever makes it longer decides that on purpose.
 */
const ABSENT: { readonly [part: string]: readonly string[] } = {
  'antivirus.threats': ['unsupported'],
  'disk.arrays': ['unsupported', 'tool-missing'],
  'disk.deviceErrors': ['unsupported'],
  'disk.pools': ['unsupported'],
  'patch.database': ['unsupported'],
  'patch.failing': ['unsupported'],
  'patch.reboot': ['unsupported'],
  'posture.bootTrust': ['unsupported'],
  'posture.encryption': ['unsupported'],
  'posture.firewall': ['unsupported'],
  'posture.time': ['unsupported'],
  'system.boot': ['unsupported'],
  'system.crashes': ['unsupported'],
  'system.batteries': ['unsupported', 'tool-missing'],
}

/** Rules that cannot judge without this part. */
const rulesOf = (check: CheckName, part: string): readonly string[] =>
  RULES.filter(({ id, needs }) => id.startsWith(`${check}/`) && needs.includes(part)).map(({ id }) => id)

let world: Composed
let script: Script

beforeAll(async () => {
  script = healthyScript()
  world = await startComposed({
    tasks: scriptedTasks(script),
    probe: fakeProbe({}),
    tickEveryMs: SECOND_MS,
  })
  await world.setPolicy('cadence.capacityMs', SECOND_MS)
  await world.advance(3 * SECOND_MS)
})
afterAll(() => world?.stop())

/** Reports one changed part, lets it be judged, looks, and puts the healthy part back. */
async function withPart<T>(check: CheckName, part: string, value: unknown, look: () => Promise<T>): Promise<T> {
  const parts: { [part: string]: unknown } = script.parts[check]
  const healthy = parts[part]
  parts[part] = value
  try {
    // One tick, the window of the commit and the pause between judgements.
    await world.advance(1_700)
    return await look()
  } finally {
    parts[part] = healthy
  }
}

const machineView = () => world.get<MachineView>(world.machinePath())
const rawView = (check: CheckName) => world.get<RawCheckView>(`${world.machinePath()}/checks/${check}`)

async function views(check: CheckName) {
  const page = await machineView()
  const panel = page.checks.find((one) => one.check === check)
  if (panel === undefined) throw new Error(`no panel of ${check}`)
  const [raw, today, machines] = await Promise.all([
    rawView(check),
    world.get<TodayView>('/api/v1/today'),
    world.get<MachinesView>('/api/v1/machines'),
  ])
  return { page, panel, raw, today, machines }
}

test('the healthy server is good everywhere, so that a missing good means something', async () => {
  await world.advance(2 * SECOND_MS)
  for (const check of CHECK_NAMES) {
    const { page, panel, today, machines } = await views(check)
    expect([page.standing, panel.standing, machines.machines[0]?.standing], check).toEqual(['good', 'good', 'good'])
    const dials: { readonly [dial: string]: string } = today.rows[0]?.dials ?? {}
    if (check !== 'system') expect(dials[check], check).toBe('good')
    for (const fact of panel.facts) expect(fact.state, fact.key).toBe('value')
  }
})

describe.each(PARTS)('$title', ({ check, part }) => {
  test.each(UNREAD)('$name', async ({ name, reading }) => {
    const { page, panel, raw, today, machines } = await withPart(check, part, reading, () => views(check))
    expect(raw.body, 'the report did arrive').toContain(JSON.stringify(reading).slice(1, -1))
    const rules = rulesOf(check, part)
    const mine = raw.outcomes.filter(({ rule }) => rules.includes(rule))
    const isAbsent = ABSENT[`${check}.${part}`]?.includes(name) ?? false
    for (const { rule, state } of mine) expect(state, rule).toBe(isAbsent ? 'not-applicable' : 'unknown')
    if (!isAbsent) expect(panel.standing).not.toBe('good')
    expect(panel.good.filter(({ rule }) => rules.includes(rule))).toEqual([])
    const unread = panel.facts.filter(({ state }) => state !== 'value')
    expect(unread.length).toBeGreaterThan(0)
    for (const fact of unread) {
      expect(fact.standing, fact.key).not.toBe('good')
      expect(fact.code, fact.key).toBe(reading.state === 'failed' ? name : null)
    }
    if (isAbsent) return
    expect(page.standing).not.toBe('good')
    expect(machines.machines[0]?.standing).not.toBe('good')
    const dials: { readonly [dial: string]: string } = today.rows[0]?.dials ?? {}
    expect(dials[check]).not.toBe('good')
    expect(today.good).toBe(page.checks.reduce((sum, { good }) => sum + good.length, 0))
  })
})

describe.each(ITEMS)('$check, $inner of one item', ({ check, part, inner, item }) => {
  test.each(UNREAD)('$name', async ({ name, reading }) => {
    const list = listOf(check, part).map((one, index) => (index === 0 ? { ...one, [inner]: reading } : one))
    const value = { state: 'value', source: 'test/source', value: list }
    // What an earlier row left must be over: a drive that could not be read and then fell asleep is another story.
    if (name === 'asleep') await world.advance(2 * SECOND_MS)
    const { page, panel } = await withPart(check, part, value, () => views(check))
    if (inner === 'smart' && name === 'asleep') {
      // Left asleep on purpose: what was proven last stands, with its age (notes/collectors.md).
      expect(page.standing).toBe('good')
      return
    }
    expect(panel.standing).not.toBe('good')
    expect(page.standing).not.toBe('good')
    const row = panel.facts.find((fact) => fact.item === item)
    expect(row?.state).toBe(name === 'stale' ? 'stale' : reading.state)
    expect(row?.code).toBe(reading.state === 'failed' ? name : null)
    expect(row?.standing).not.toBe('good')
  })
})

function listOf(check: CheckName, part: string): readonly object[] {
  const parts: { readonly [part: string]: unknown } = script.parts[check]
  const reading = parts[part]
  if (typeof reading !== 'object' || reading === null || !('value' in reading)) return []
  return Array.isArray(reading.value) ? reading.value : []
}

describe('a number that was measured and failed', () => {
  test('never makes an answer better', async () => {
    await world.advance(3 * SECOND_MS)
    const before = new Map<string, string>()
    for (const check of CHECK_NAMES)
      for (const { rule, item, state } of (await rawView(check)).outcomes) before.set(`${rule} ${item}`, state)
    for (const check of CHECK_NAMES) {
      for (const key of Object.keys(script.samples[check])) {
        const healthy = script.samples[check]
        script.samples[check] = { ...healthy, [key]: null }
        await world.advance(1_700)
        for (const { rule, item, state } of (await rawView(check)).outcomes)
          if (state === 'pass') expect(before.get(`${rule} ${item}`), `${key}: ${rule}`).toBe('pass')
        script.samples[check] = healthy
      }
    }
  })
})
