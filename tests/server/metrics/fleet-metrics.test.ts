/** Lines kept between scrapes: whatever happened, a scrape is what metrics without memory would say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { FleetMetrics } from '../../../server/metrics/fleet-metrics.ts'
import { DAY_MS, GB, MINUTE_MS } from '../../../shared/units.ts'
import { aMachine } from '../assess/a-machine.ts'
import { anyMachine } from '../assess/random-machine.ts'
import { NOW } from '../assess/sections.ts'
import { aClient, entryOf, named, SITE, scrape, scrapeOnce } from './a-scrape.ts'
import { parseExposition } from './parse-exposition.ts'

const CLIENTS = ['c1', 'c2', 'c3']
const pool = fc.array(anyMachine, { minLength: 2, maxLength: 5 })
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), at: fc.nat(60), from: fc.nat(4) }),
  fc.record({ kind: fc.constant('connect' as const), at: fc.nat(60) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(60) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 20 * MINUTE_MS }) }),
  fc.record({ kind: fc.constant('rename client' as const), at: fc.nat(2) }),
  fc.record({ kind: fc.constant('rename site' as const) }),
  fc.record({ kind: fc.constant('hide client' as const), at: fc.nat(2) }),
)
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

/** A fleet whose every change makes new states, as the server's does; names stand apart from the states. */
class ChangingFleet {
  states: MachineState[] = []
  now = NOW
  namesVersion = 0
  #names = new Map(CLIENTS.map((id) => [id, id]))
  #hidden = new Set<string>()
  #site = SITE
  readonly #pool: readonly MachineState[]

  constructor(machines: readonly MachineState[]) {
    this.#pool = machines
    for (let at = 0; at < 40; at += 1) this.#put(at, at % machines.length)
  }

  entryOf = (state: MachineState) => {
    const name = this.#names.get(state.clientId) ?? ''
    return this.#hidden.has(state.clientId)
      ? null
      : { state, client: aClient(state.clientId, { name }), site: this.#site }
  }

  take(step: Step): void {
    if (step.kind === 'put') this.#put(step.at, step.from)
    else if (step.kind === 'remove') this.states.splice(step.at % this.states.length, 1)
    else if (step.kind === 'wait') this.now += step.ms
    else if (step.kind === 'rename site') this.#takeSite()
    else if (step.kind === 'connect') {
      this.states = this.states.map((state, at) =>
        at === step.at ? { ...state, agent: { ...state.agent, connected: !state.agent.connected } } : state,
      )
    } else this.#takeClient(CLIENTS[step.at] ?? 'c1', step.kind)
  }

  #takeSite(): void {
    this.#site = { ...this.#site, slug: `${this.#site.slug}x` }
    this.namesVersion += 1
  }

  #takeClient(id: string, kind: 'rename client' | 'hide client'): void {
    if (kind === 'rename client') this.#names.set(id, `${this.#names.get(id)}!`)
    else if (!this.#hidden.delete(id)) this.#hidden.add(id)
    this.namesVersion += 1
  }

  #put(at: number, from: number): void {
    const state = this.#pool[from % this.#pool.length]
    const place = Math.min(at, this.states.length)
    // Two machines in three are of one client: its blocks fill up and overflow.
    if (state !== undefined) this.states[place] = named(state, `m${place}`, CLIENTS[Math.max(0, (place % 6) - 3)])
  }
}

describe('FleetMetrics', () => {
  it('always says what metrics without memory say, byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(pool, fc.array(anyStep, { maxLength: 12 }), async (machines, steps) => {
        const fleet = new ChangingFleet(machines)
        const kept = new FleetMetrics({
          states: () => fleet.states,
          namesVersion: () => fleet.namesVersion,
          entryOf: fleet.entryOf,
        })
        await scrape(kept, fleet.now)
        for (const step of steps) {
          fleet.take(step)
          if (step.kind === 'remove' && fleet.states.length % 2 === 0) continue
          const fresh = await scrapeOnce(fleet.states, fleet.now, fleet.entryOf)
          // Not toBe: two long texts would be compared line by line for a message.
          if ((await scrape(kept, fleet.now)) !== fresh) throw new Error(`differs after ${JSON.stringify(step)}`)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('names a client anew at once, on machines that report nothing any more', async () => {
    let name = 'My company'
    const states = [named(aMachine({ agent: { lastReportAt: NOW - DAY_MS, connected: false } }), 'm1')]
    const metrics = new FleetMetrics({
      states: () => states,
      namesVersion: () => name.length,
      entryOf: (state) => ({ state, client: aClient('c1', { name }), site: SITE }),
    })
    expect(await scrape(metrics)).toContain('client_name="My company"')
    name = 'Bakery'
    expect(await scrape(metrics)).toContain('client_name="Bakery"')
  })

  it('shows a changed value in the next scrape, and goes on with the lines that stand', async () => {
    const worked: string[] = []
    let states = Array.from({ length: 70 }, (_, at) => named(aMachine(), `m${at}`))
    const source = {
      namesVersion: () => 0,
      states: () => states,
      entryOf: (state: MachineState) => {
        worked.push(state.id)
        return entryOf(state)
      },
    }
    const metrics = new FleetMetrics(source)
    const first = await scrape(metrics)
    expect(new Set(worked).size).toBe(70)
    const full = aMachine({ samples: { disk: { 'volume:/:usedBytes': 41 * GB } } })
    states = states.map((state) => (state.id === 'm69' ? named(full, 'm69') : state))
    const second = (await scrape(metrics)).split('\n')
    const changed = second.filter((line) => !first.includes(line))
    expect(changed).toEqual([
      `rounds_volume_used_bytes{client="client-c1",site="office",machine="m69",volume="/"} ${41 * GB}`,
    ])
    expect(second).toHaveLength(first.split('\n').length)
  })

  it('says nothing of clients that the caller may not see, and holds nothing back from the next caller', async () => {
    const states = ['c1', 'c2', 'c3'].map((client, at) => named(aMachine(), `m${at}`, client))
    const metrics = new FleetMetrics({ states: () => states, namesVersion: () => 0, entryOf })
    const own = parseExposition(await scrape(metrics, NOW, (client) => client === 'c2')).series
    expect(new Set(own.map(({ labels }) => labels['client']))).toEqual(new Set(['client-c2']))
    expect(await scrape(metrics, NOW, () => false)).toBe('')
    expect(await scrape(metrics)).toBe(await scrapeOnce(states))
  })

  it('gives two scrapes at the same time each its own whole text', async () => {
    let states = Array.from({ length: 90 }, (_, at) => named(aMachine(), `m${at}`))
    const metrics = new FleetMetrics({ states: () => states, namesVersion: () => 0, entryOf })
    const before = states
    const one = scrape(metrics)
    states = states.map((state) => ({ ...state, agent: { ...state.agent, connected: false } }))
    const [first, second] = await Promise.all([one, scrape(metrics)])
    expect([await scrapeOnce(before), await scrapeOnce(states)]).toContain(first)
    expect(second).toBe(await scrapeOnce(states))
  })
})
