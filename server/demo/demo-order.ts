/** What a demo folder was made from, kept in the hub's settings: the mark that nothing in it is real and nothing may be sent. Pure. */
import type { EpochMs } from '../../shared/units.ts'
import { architects } from './scenario/architects.ts'
import { brewery } from './scenario/brewery.ts'
import type { ClientSpec } from './scenario/client-spec.ts'
import { extraMachines } from './scenario/extra-machines.ts'
import { vets } from './scenario/vets.ts'
import type { PlannedVisit } from './scenario/visit-plan.ts'
import { makeWorld, type World } from './scenario/world.ts'

/** Key of the hub's setting. Its presence makes an installation a demonstration. */
export const DEMO_SETTING = 'demo'

/** `machines` null: the three clients; else one client with so many machines. `anchorAt`: the end of history when it was made. */
export type DemoOrder = {
  readonly seed: number
  readonly anchorAt: EpochMs
  readonly days: number
  readonly machines: number | null
}

/** Default seed and length of history. */
export const DEFAULT_ORDER = { seed: 8_420, days: 120, machines: null } as const

/** @returns null: not a setting that this version wrote. */
export function parseDemoOrder(text: string | null): DemoOrder | null {
  if (text === null) return null
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null) return null
  const { seed, anchorAt, days, machines } = parsed as { readonly [key: string]: unknown }
  const isCount = machines === null || typeof machines === 'number'
  if (typeof seed !== 'number' || typeof anchorAt !== 'number' || typeof days !== 'number' || !isCount) return null
  return { seed, anchorAt, days, machines }
}

/** The same order gives the same world. */
export function worldOf({ seed, anchorAt, days, machines }: DemoOrder): World {
  return makeWorld({
    seed,
    anchorAt,
    days,
    clients: machines === null ? [brewery, architects, vets] : [ofSize(machines)],
  })
}

function ofSize(machines: number): ClientSpec {
  const own = brewery.machines.slice(0, machines)
  const keys = new Set(own.map(({ key }) => key))
  return {
    ...brewery,
    machines: [...own, ...extraMachines(Math.max(0, machines - own.length), brewery.sites)],
    events: brewery.events.filter((event) => 'site' in event || keys.has(event.machine)),
    visits: brewery.visits.map((visit) => aboutOnly(visit, keys)),
  }
}

/** What was promised, put to the manager and tried, as far as it is about machines that are there. */
function aboutOnly(visit: PlannedVisit, keys: ReadonlySet<string>): PlannedVisit {
  return {
    ...visit,
    actions: visit.actions.filter(({ machine }) => machine === null || keys.has(machine)),
    recommendations: visit.recommendations.filter(({ about }) => about.every(({ machine }) => keys.has(machine))),
    restoreTests: visit.restoreTests.filter(({ machine }) => keys.has(machine)),
  }
}
