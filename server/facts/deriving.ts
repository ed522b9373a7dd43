/** What deriving the facts of one machine carries from check to check. Types only. */
import type { EpochMs } from '../../shared/units.ts'
import type { Policy } from '../policy/resolve.ts'

/** `skewMs` is added to every agent time; `futureMs` is the lead that measuring explains; `dueAt` only ever moves earlier. */
export type Deriving = {
  readonly policy: Policy
  readonly now: EpochMs
  readonly skewMs: number
  readonly futureMs: number
  dueAt: EpochMs
}
