/** The policy that holds for one machine: machine over site over client over default, with who set what. Pure. */
import type { Role } from '../../shared/checks/names.ts'
import type { EpochMs } from '../../shared/units.ts'
import { isLimitKey, LIMIT_KEYS, LIMITS, type LimitKey } from './defaults.ts'
import type { LimitUnit, LimitValue } from './limit.ts'
import type { PolicyLayers, PolicySetting } from './policy.ts'

/** A limit with its provenance. `setBy`, `setAt`: null for a default. */
export type Limit = {
  readonly key: LimitKey
  readonly value: LimitValue
  readonly unit: LimitUnit
  readonly from: 'default' | 'client' | 'site' | 'machine'
  readonly setBy: string | null
  readonly setAt: EpochMs | null
  readonly reason: string
}

/** Values for the rules to read fast, and `limit` for people to ask where a value comes from. */
export type Policy = {
  readonly role: Role
  readonly values: { readonly [K in LimitKey]: LimitValue }
  readonly limit: (key: LimitKey) => Limit
}

const LAYERS = ['client', 'site', 'machine'] as const
const cache = new WeakMap<PolicyLayers, Map<Role, Policy>>()
const plain = new Map<Role, Policy>()

/**
 * Resolves a machine's policy. A setting with an unknown key or a wrong value is passed over: it was refused when it was made
 * (check-setting.ts), and a newer server's setting must not stop an older one. Answers are remembered per layers object,
 * which is never changed in place.
 */
export function resolvePolicy(layers: PolicyLayers, role: Role): Policy {
  if (LAYERS.every((name) => layers[name].length === 0)) return remembered(plain, role, layers)
  const known = cache.get(layers) ?? new Map<Role, Policy>()
  cache.set(layers, known)
  return remembered(known, role, layers)
}

function remembered(known: Map<Role, Policy>, role: Role, layers: PolicyLayers): Policy {
  const policy = known.get(role) ?? merge(layers, role)
  known.set(role, policy)
  return policy
}

function merge(layers: PolicyLayers, role: Role): Policy {
  const values = Object.fromEntries(LIMIT_KEYS.map((key) => [key, LIMITS[key][role]])) as Record<LimitKey, LimitValue>
  const settings = new Map<LimitKey, { setting: PolicySetting; from: Limit['from'] }>()
  for (const from of LAYERS) {
    for (const setting of layers[from]) {
      if (!isLimitKey(setting.key) || !fits(setting.key, setting.value)) continue
      values[setting.key] = setting.value
      settings.set(setting.key, { setting, from })
    }
  }
  return { role, values, limit: (key) => limitOf(key, role, settings.get(key)) }
}

function limitOf(key: LimitKey, role: Role, made: { setting: PolicySetting; from: Limit['from'] } | undefined): Limit {
  const { unit, reason, [role]: value } = LIMITS[key]
  if (made === undefined) return { key, value, unit, from: 'default', setBy: null, setAt: null, reason }
  const { setting, from } = made
  const set = typeof setting.value === 'string' ? value : setting.value
  return { key, value: set, unit, from, setBy: setting.setBy, setAt: setting.setAt, reason: setting.reason }
}

/** @returns true when a value has the type and the range that its limit asks for. */
export function fits(key: LimitKey, value: PolicySetting['value']): value is number | boolean {
  const { unit, least, most } = LIMITS[key]
  if (unit === 'flag') return typeof value === 'boolean'
  return typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most
}
