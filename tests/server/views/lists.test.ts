/** Lists of machines, findings and clients: worst first, filtered, counted before they are cut. */
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { clientsView, findingsView, machinesView } from '../../../server/views/lists.ts'
import { rankOf } from '../../../server/views/standing-order.ts'
import { FindingsView, MachinesView } from '../../../shared/api/views.ts'
import { failed } from '../../../shared/reading.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyMachine } from '../assess/random-machine.ts'
import { NOW } from '../assess/sections.ts'
import { aClientEntry, entryOf, judged } from './a-client.ts'

const ALL = { standing: null, severity: null, check: null, limit: 100 } as const
const good = judged(aMachine(), 'm1')
const warned = {
  ...judged(aMachine(), 'm2'),
  findings: [aFinding(), aFinding({ rule: 'backup/too-old', severity: 'critical' })],
}
const blind = judged(aMachine({ parts: { posture: { sshd: failed('x', { code: 'timeout', detail: '' }) } } }), 'm3')
const entries = [good, warned, blind].map(entryOf)

describe('machines', () => {
  it('stand worst first, then by name, each with its worst card', () => {
    const { machines } = machinesView([...entries, entryOf({ ...good, id: 'm0', name: 'AA' })], NOW)
    expect(machines.map(({ machine, standing }) => `${machine.name} ${standing}`)).toEqual([
      'PC m2 urgent',
      'PC m3 not-proven',
      'AA good',
      'PC m1 good',
    ])
    expect(machines[0]).toMatchObject({ open: 2, worst: { rule: 'backup/too-old' }, os: 'Debian GNU/Linux 13' })
    expect(machines[2]).toMatchObject({ open: 0, worst: null })
  })

  it('name no old fact of a laptop that is away as usual', () => {
    const now = NOW + 20 * DAY_MS
    const away = judged(aMachine({ role: 'laptop', agent: { connected: false } }), 'm1', 'c1', now)
    const [row] = machinesView([entryOf(away)], now).machines
    expect(row?.worst?.standing ?? 'note').toBe('note')
    expect(findingsView([entryOf(away)], { ...ALL, standing: 'not-proven' }, now).total).toBe(0)
  })
})

describe('findings', () => {
  const rules = (filter: object) => findingsView(entries, { ...ALL, ...filter }, NOW).cards.map(({ rule }) => rule)
  it('are all that is wrong or not proven, worst first', () => {
    expect(rules({})).toEqual(['backup/too-old', 'disk/space-low', expect.stringMatching(/^posture\/ssh/)])
  })
  it('can be asked for by standing, severity and check', () => {
    expect(rules({ standing: 'attention' })).toEqual(['disk/space-low'])
    expect(rules({ severity: 'critical' })).toEqual(['backup/too-old'])
    expect(rules({ check: 'posture' })).toHaveLength(1)
    expect(rules({ check: 'posture', severity: 'critical' })).toEqual([])
  })
  it('are counted before they are cut', () => {
    expect(findingsView(entries, { ...ALL, limit: 1 }, NOW)).toMatchObject({
      total: 3,
      cards: [{ rule: 'backup/too-old' }],
    })
  })
})

it('of any fleet hold to their schemas and are sorted', () => {
  fc.assert(
    fc.property(fc.array(anyMachine, { maxLength: 4 }), (machines) => {
      const all = machines.map((state, at) => entryOf(judged(state, `m${at}`)))
      const list = machinesView(all, NOW)
      const findings = findingsView(all, ALL, NOW)
      expect([...Value.Errors(MachinesView, list), ...Value.Errors(FindingsView, findings)].slice(0, 1)).toEqual([])
      const ranks = findings.cards.map(({ standing }) => rankOf(standing))
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
      for (const { standing, worst } of list.machines) {
        if (worst !== null) expect(rankOf(standing)).toBeLessThanOrEqual(rankOf(worst.standing))
      }
    }),
    { numRuns: 15 },
  )
})

it('of clients name sites and count machines', () => {
  expect(clientsView([{ entry: aClientEntry('a'), machines: 3 }])).toEqual({
    clients: [
      {
        id: 'a',
        slug: 'slug-a',
        name: 'Client a',
        timeZone: 'Europe/Brussels',
        sites: [{ id: 's1', name: 'Office' }],
        machines: 3,
      },
    ],
  })
})
