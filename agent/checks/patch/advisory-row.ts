/** One package of one advisory of an rpm distribution, however dnf printed it. Pure. */
import type { EpochMs } from '../../../shared/units.ts'

/** `issuedAt` null: the tool does not print it. `installed`: it is there already (`--all`). */
export type AdvisoryRow = {
  readonly advisory: string
  readonly security: boolean
  readonly name: string
  readonly version: string
  readonly issuedAt: EpochMs | null
  readonly installed: boolean
}

/** `2026-04-08 07:44:03`, UTC in the repositories' metadata; null: another form. */
export function issued(text: string): EpochMs | null {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text)
  const at = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}Z`)
  return Number.isFinite(at) && at > 0 ? at : null
}
