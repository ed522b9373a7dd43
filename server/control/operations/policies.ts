/** Policy: limits and rhythms set for a client, a site or a machine, each with its reason. */
import { ok } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import { checkPolicySetting } from '../../policy/check-setting.ts'
import type { PolicySetting } from '../../policy/policy.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { findMachine } from './find.ts'
import { audit, nameOf, type Operation, refuse } from './operation.ts'

/** Where a setting holds: the whole client, or one of its sites or machines. */
export type PolicyPlace = { readonly site: string | null; readonly machine: string | null }

/** A setting and its scope (`client`, `site:<id>`, `machine:<id>`). */
export type PlacedSetting = { readonly scope: string; readonly place: string; readonly setting: PolicySetting }

/** @returns the scope of a place, and how people call it. */
function scopeOf(
  services: Services,
  entry: ClientEntry,
  { site, machine }: PolicyPlace,
): { scope: string; place: string } | string {
  if (site !== null && machine !== null) return 'Name a site or a machine, not both.'
  if (site !== null) {
    const found = services.directory.site(entry, site)
    return found === null
      ? `${entry.client.name} has no site "${site.slice(0, 64)}".`
      : { scope: `site:${found.id}`, place: found.name }
  }
  if (machine === null) return { scope: 'client', place: entry.client.name }
  const found = findMachine(services, machine, entry.client.id)
  return found.ok ? { scope: `machine:${found.value.state.id}`, place: found.value.state.name } : found.error.message
}

/** Sets a value. Takes effect at once: agents hear of new rhythms, machines are judged again. */
export async function setPolicy(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  where: PolicyPlace,
  made: { readonly key: string; readonly value: number | boolean; readonly reason: string },
): Operation<PlacedSetting> {
  const scope = scopeOf(services, entry, where)
  if (typeof scope === 'string') return refuse('absent', scope)
  const setting = { ...made, setBy: nameOf(caller), setAt: services.clock.now() }
  const checked = checkPolicySetting(setting)
  if (!checked.ok) return refuse('invalid', checked.error.detail)
  await services.store.client(entry.client.id).savePolicy(scope.scope, setting.key, checked.value)
  await audit(
    services,
    caller,
    'policy set',
    entry.client.id,
    `${scope.scope} ${setting.key} = ${setting.value}: ${setting.reason}`,
  )
  await services.after.policy(entry.client.id)
  return ok({ ...scope, setting: checked.value })
}

/** Takes a setting back: the next wider one, or the default, holds again. */
export async function unsetPolicy(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  where: PolicyPlace,
  key: string,
): Operation<{ readonly scope: string; readonly key: string }> {
  const scope = scopeOf(services, entry, where)
  if (typeof scope === 'string') return refuse('absent', scope)
  const store = services.store.client(entry.client.id)
  const known = (await store.policies()).get(scope.scope)?.some((setting) => setting.key === key) ?? false
  if (!known) return refuse('absent', `${key} is not set for ${scope.place}.`)
  await store.savePolicy(scope.scope, key, null)
  await audit(services, caller, 'policy unset', entry.client.id, `${scope.scope} ${key}`)
  await services.after.policy(entry.client.id)
  return ok({ scope: scope.scope, key })
}

/** Every setting of a client, with the name of its place. */
export async function listPolicies(services: Services, entry: ClientEntry): Operation<readonly PlacedSetting[]> {
  const scopes = await services.store.client(entry.client.id).policies()
  const placed = [...scopes].flatMap(([scope, settings]) =>
    settings.map((setting) => ({ scope, place: placeOf(services, entry, scope), setting })),
  )
  return ok(placed)
}

function placeOf({ fleet }: Services, entry: ClientEntry, scope: string): string {
  const id = scope.slice(scope.indexOf(':') + 1)
  if (scope.startsWith('site:')) return entry.sites.find((site) => site.id === id)?.name ?? id
  return scope.startsWith('machine:') ? (fleet.state(id)?.name ?? id) : entry.client.name
}
