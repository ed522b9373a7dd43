/** What a limit is: default by role, unit, bounds and the reason for the number. Pure. */

/** Units of limits. `percent` is of 100; `ms`, `bytes`, `celsius` and `count` speak for themselves; `flag` is true or false. */
export type LimitUnit = 'percent' | 'ms' | 'bytes' | 'celsius' | 'count' | 'flag'

/** `null`: not set, each rule's own value holds. */
export type LimitValue = number | boolean | null

/** A default. `least` and `most` bound what a person may set. */
export type LimitSpec = {
  readonly unit: LimitUnit
  readonly server: LimitValue
  readonly desktop: LimitValue
  readonly laptop: LimitValue
  readonly least: number
  readonly most: number
  readonly reason: string
}

const BOUNDS: { readonly [U in LimitUnit]: readonly [least: number, most: number] } = {
  percent: [0, 100],
  ms: [0, 10 * 365 * 86_400_000],
  bytes: [0, 1e15],
  celsius: [0, 150],
  count: [0, 1_000_000],
  flag: [0, 1],
}

/** A default that is the same for every role. */
export function limitForAll(unit: LimitUnit, value: LimitValue, reason: string): LimitSpec {
  return limitByRole(unit, [value, value, value], reason)
}

/** A default by role: server, desktop, laptop. */
export function limitByRole(
  unit: LimitUnit,
  [server, desktop, laptop]: readonly [LimitValue, LimitValue, LimitValue],
  reason: string,
): LimitSpec {
  const [least, most] = BOUNDS[unit]
  return { unit, server, desktop, laptop, least, most, reason }
}

/** The same default with tighter bounds than its unit has. */
export function bounded(spec: LimitSpec, least: number, most: number): LimitSpec {
  return { ...spec, least, most }
}
