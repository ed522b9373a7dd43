/** The simulated machines by themselves: what they say fits the wire, is steady, and is a function of the moment alone. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chance } from '../../../server/demo/chance.ts'
import { DEFAULT_ORDER, worldOf } from '../../../server/demo/demo-order.ts'
import { momentsOf, stretchAt } from '../../../server/demo/life/presence.ts'
import { SimAgent } from '../../../server/demo/life/sim-agent.ts'
import { tellMachine } from '../../../server/demo/life/tell-system.ts'
import { atLocal, isoDay, isWorkday, localDay, workdayUpTo } from '../../../server/demo/local-time.ts'
import { checkSection } from '../../../server/ingest/section-check.ts'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { fromB64 } from '../../../shared/protocol/bytes.ts'
import { validateAgentMessage } from '../../../shared/protocol/compiled.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'

const ANCHOR = Date.UTC(2026, 10, 25, 9, 15)
const world = worldOf({ ...DEFAULT_ORDER, anchorAt: ANCHOR })
const machines = world.clients.flatMap((client) => client.machines)

it('has three clients of 20, 14 and 6 machines, each with two sent visits and one ahead', () => {
  expect(world.clients.map((client) => client.machines.length)).toEqual([20, 14, 6])
  for (const { spec } of world.clients)
    expect(spec.visits.map(({ state }) => state)).toEqual(['sent', 'sent', 'preparing'])
  expect(new Set(machines.map(({ id }) => id)).size).toBe(40)
})

it('says nothing that does not fit the wire and the schema of its section', () => {
  let sections = 0
  for (const machine of machines) {
    const agent = new SimAgent(machine, { q: 0, prev: null })
    // Every twenty-third moment of the whole history: each machine in each of its troubles.
    const moments = [...momentsOf(machine, world.startAt, ANCHOR)].filter((_, index) => index % 23 === 0)
    for (const at of moments) {
      const record = agent.record(at)
      expect(record).not.toBeNull()
      const message = validateAgentMessage({ t: 'report', r: [record] })
      if (!message.ok) throw new Error(`${machine.spec.name} ${new Date(at).toISOString()}: ${message.error.detail}`)
      for (const check of CHECK_NAMES) {
        const entry = record?.s?.[check]
        if (entry?.b === undefined) continue
        const section = checkSection(check, entry.h, entry.b)
        if (!section.ok) throw new Error(`${machine.spec.name} ${check}: ${section.error}`)
        sections += 1
      }
    }
  }
  expect(sections).toBeGreaterThan(500)
})

it('writes few sections on an ordinary day', () => {
  const server = machines.find(({ spec }) => spec.key === 'lm-render')
  if (server === undefined) throw new Error('no such machine')
  const agent = new SimAgent(server, { q: 0, prev: null })
  const day = Math.floor((ANCHOR - 100 * DAY_MS) / DAY_MS) * DAY_MS
  const records = [...momentsOf(server, day, day + 3 * DAY_MS)].map((at) => agent.record(at))
  const bodies = records.slice(1).filter((record) => record?.f === undefined && record?.s !== undefined)
  expect(records.length).toBeGreaterThan(70)
  expect(bodies.length).toBeLessThan(15)
})

it('tells the same at the same moment, whatever was asked before', () => {
  const pick = fc.record({ index: fc.nat(machines.length - 1), hours: fc.nat(119 * 24) })
  fc.assert(
    fc.property(pick, pick, (first, second) => {
      const tell = ({ index, hours }: typeof first) => {
        const machine = machines[index]
        const at = world.startAt + hours * HOUR_MS
        const stretch = machine === undefined ? null : stretchAt(machine, at)
        if (machine === undefined || stretch === null) return null
        return JSON.stringify(tellMachine(machine, { at, startedAt: stretch.from, bootedAt: stretch.from }))
      }
      const before = tell(first)
      tell(second)
      expect(tell(first)).toBe(before)
    }),
    { numRuns: 200 },
  )
})

it('reports in order, only while it is on, and starts each stretch with a record that stands alone', () => {
  for (const machine of machines.slice(0, 20)) {
    const moments = [...momentsOf(machine, world.startAt, world.startAt + 20 * DAY_MS)]
    expect(moments.every((at, index) => at > (moments[index - 1] ?? 0))).toBe(true)
    expect(moments.every((at) => stretchAt(machine, at) !== null)).toBe(true)
  }
})

it('signs with a key of its own for each machine', () => {
  const [one, other] = machines.slice(0, 2).map((machine) => new SimAgent(machine, { q: 0, prev: null }))
  const again = machines[0] === undefined ? null : new SimAgent(machines[0], { q: 0, prev: null })
  expect(Buffer.from(one?.key.pub ?? []).equals(Buffer.from(again?.key.pub ?? []))).toBe(true)
  expect(Buffer.from(one?.key.pub ?? []).equals(Buffer.from(other?.key.pub ?? []))).toBe(false)
  one?.record(ANCHOR - DAY_MS)
  const message = one?.attest(ANCHOR - DAY_MS)
  expect(fromB64(message?.sig ?? '', 64).ok).toBe(true)
})

it('spreads its chance', () => {
  const numbers = Array.from({ length: 10_000 }, (_, at) => chance('spread', at))
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  expect(mean).toBeGreaterThan(0.48)
  expect(mean).toBeLessThan(0.52)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
})

it('knows the wall time of Brussels in summer and in winter', () => {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels', dateStyle: 'short', timeStyle: 'short' })
  fc.assert(
    fc.property(fc.integer({ min: 19_000, max: 24_000 }), fc.integer({ min: 4 * 60, max: 23 * 60 }), (day, minutes) => {
      const at = atLocal(day, minutes)
      const hour = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
      expect(wall.format(at)).toBe(`${isoDay(day)} ${hour}`)
      expect(localDay(at)).toBe(day)
      expect(isWorkday(workdayUpTo(day))).toBe(true)
    }),
  )
})
