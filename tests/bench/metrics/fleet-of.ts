/** Any number of machines as the fleet hands them out, each with its own values and outcomes. For benchmarks; no store behind it. */
import { assess } from '../../../server/assess.ts'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import type { Client, Site } from '../../../server/store/store.ts'
import { aMachine, saved } from '../../server/assess/a-machine.ts'
import { NOW } from '../../server/assess/sections.ts'

const SITE: Site = { id: 's1', name: 'Office', slug: 'office' }

/** A client of the benchmark. */
export function benchClient(number: number): Client {
  const id = `c${number}`
  return { id, slug: `client-${number}`, name: `Client ${number}`, timeZone: 'UTC', language: 'en', createdAt: 0 }
}

/** The only site there is. */
export const BENCH_SITE: Site = SITE

/** @returns machine `number` of client `client`, as it stands after a report with `seed`; judged like in the server. */
export function benchMachine(number: number, client: number, seed: number): MachineState {
  const kind = number % 10
  const state = aMachine({
    role: kind < 2 ? 'server' : 'desktop',
    samples: {
      disk: { 'volume:/:usedBytes': 40e9 + number * 1_000 + seed, 'volume:/:availableBytes': kind === 9 ? 1e9 : 60e9 },
      system: { 'cpu:busyPermille': (number * 7 + seed) % 1_000 },
    },
  })
  const named = { ...state, id: `m${number}`, clientId: `c${client}`, slug: `pc-${number}`, name: `PC ${number}` }
  return saved(named, assess(named, NOW))
}

/** @returns the same machine after a report that moved numbers only. */
export function reported(state: MachineState, seed: number): MachineState {
  const samples = new Map(state.checks.system.samples)
  samples.set('cpu:busyPermille', { value: seed % 1_000, at: NOW })
  return {
    ...state,
    agent: { ...state.agent, lastReportAt: NOW },
    checks: { ...state.checks, system: { ...state.checks.system, samples } },
  }
}
