/** The answer of `…/policies`: every limit in force at one place of a client, where it was set, and what narrower places say. Pure. */
import type { PoliciesView } from '../../shared/api/settings.ts'
import type { Role } from '../../shared/checks/names.ts'
import { ROLES } from '../../shared/checks/names.ts'
import type { EpochMs } from '../../shared/units.ts'
import { LIMIT_KEYS, LIMITS, type LimitKey } from '../policy/defaults.ts'
import type { PolicySetting } from '../policy/policy.ts'
import { fits } from '../policy/resolve.ts'
import type { ClientEntry, MachineEntry } from './machine-entry.ts'

/** Which place is looked at; both null: the client. */
export type PolicyQuestion = { readonly siteId: string | null; readonly machineId: string | null }

/** Settings by scope (`client`, `site:<id>`, `machine:<id>`). */
type Scopes = ReadonlyMap<string, readonly PolicySetting[]>
type Row = PoliciesView['limits'][number]
type Layer = { readonly scope: string; readonly from: 'client' | 'site' | 'machine' }

/** @param by names the people behind the ids of settings. @returns null: the client has no such place. */
export function policiesView(
  entry: ClientEntry,
  machines: readonly MachineEntry[],
  scopes: Scopes,
  asked: PolicyQuestion,
  by: (who: string) => string,
  now: EpochMs,
): PoliciesView | null {
  const { client, sites } = entry
  const machine = machines.find(({ state }) => state.id === asked.machineId) ?? null
  const siteId = machine?.state.siteId ?? asked.siteId
  const site = sites.find(({ id }) => id === siteId) ?? null
  if ((asked.machineId !== null && machine === null) || (asked.siteId !== null && site === null)) return null
  const layers: Layer[] = [{ scope: 'client', from: 'client' }]
  if (site !== null) layers.push({ scope: `site:${site.id}`, from: 'site' })
  if (machine !== null) layers.push({ scope: `machine:${machine.state.id}`, from: 'machine' })
  const names = placeNames(entry, machines)
  const inScope = (scope: string) => isNarrower(scope, site?.id ?? null, machine !== null, machines)
  return {
    now,
    client: { id: client.id, slug: client.slug, name: client.name },
    sites: sites.map(({ id, name }) => ({ id, name, machines: machinesAt(id, machines) })),
    place: {
      site: machine === null ? (site?.id ?? null) : null,
      machine: machine?.state.id ?? null,
      name: machine?.state.name ?? site?.name ?? client.name,
    },
    limits: LIMIT_KEYS.map((key) => rowOf(key, machine?.state.role ?? null, layers, { scopes, names, inScope, by })),
  }
}

function machinesAt(siteId: string, machines: readonly MachineEntry[]): { id: string; name: string }[] {
  const here = machines.filter(({ state }) => state.siteId === siteId)
  return here.map(({ state: { id, name } }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}

function placeNames({ sites }: ClientEntry, machines: readonly MachineEntry[]): ReadonlyMap<string, string> {
  return new Map([
    ...sites.map(({ id, name }) => [`site:${id}`, name] as const),
    ...machines.map(({ state }) => [`machine:${state.id}`, state.name] as const),
  ])
}

/** Whether a scope lies inside the place that is looked at. */
function isNarrower(
  scope: string,
  siteId: string | null,
  isMachine: boolean,
  machines: readonly MachineEntry[],
): boolean {
  if (isMachine || scope === 'client') return false
  if (siteId === null) return true
  return machines.some(({ state }) => scope === `machine:${state.id}` && state.siteId === siteId)
}

type Around = {
  readonly scopes: Scopes
  readonly names: ReadonlyMap<string, string>
  readonly inScope: (scope: string) => boolean
  readonly by: (who: string) => string
}

function rowOf(key: LimitKey, role: Role | null, layers: readonly Layer[], around: Around): Row {
  const { scopes, names, inScope, by } = around
  const { unit, least, most, reason } = LIMITS[key]
  const settingIn = (scope: string) => scopes.get(scope)?.find((one) => one.key === key && fits(key, one.value))
  let set: Row['set'] = null
  for (const { scope, from } of layers) {
    const found = settingIn(scope)
    if (found === undefined || typeof found.value === 'string') continue
    set = { value: found.value, from, by: by(found.setBy), at: found.setAt, reason: found.reason }
  }
  const elsewhere = [...scopes.keys()].filter(inScope).flatMap((scope) => {
    const value = settingIn(scope)?.value
    const place = names.get(scope)
    return value === undefined || typeof value === 'string' || place === undefined ? [] : [{ place, value }]
  })
  return { key, unit, least, most, why: reason, defaults: defaultsOf(key, role), set, elsewhere }
}

function defaultsOf(key: LimitKey, role: Role | null): Row['defaults'] {
  const spec = LIMITS[key]
  if (role !== null) return [{ role: null, value: spec[role] }]
  const isSame = ROLES.every((one) => spec[one] === spec.server)
  return isSame ? [{ role: null, value: spec.server }] : ROLES.map((one) => ({ role: one, value: spec[one] }))
}
