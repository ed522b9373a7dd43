/** The part `updates` from lists of what waits. Pure. */
import type { Updates } from '../../../shared/checks/patch.ts'

/** One update that waits; `version` null: not told. */
export type Waiting = { readonly name: string; readonly version: string | null }

/** What a source tells of waiting updates. `security` null: it does not tell which they are; `other` null: it tells of security only. */
export type Told = {
  readonly security: readonly Waiting[] | null
  readonly other: number | null
  readonly held?: number
  readonly heldSecurity?: number
  /** Distinct advisories behind the security updates. */
  readonly advisories?: number
}

const MAX_NAMES = 256
const MAX_LENGTH = 128

/** Each name counts once, with the version told last; sorted by code unit, so that a tool's order does not matter. */
export function updatesOf({ security, other, held = 0, heldSecurity = 0, advisories }: Told): Updates {
  const byName = new Map(
    (security ?? []).map(({ name, version }) => [cut(name), version === null ? null : cut(version)]),
  )
  const names = [...byName].sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
  return {
    security: security === null ? null : byName.size,
    other,
    phased: 0,
    held,
    heldSecurity,
    keptBack: 0,
    securityUpdates: names.slice(0, MAX_NAMES).map(([name, version]) => ({ name, version })),
    ...(advisories === undefined ? {} : { securityAdvisories: advisories }),
  }
}

function cut(text: string): string {
  return text.slice(0, MAX_LENGTH).toWellFormed().trim()
}
