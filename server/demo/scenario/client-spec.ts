/** A company of the demo. Types only. */
import type { ScenarioEvent } from './event.ts'
import type { MachineSpec } from './machine-spec.ts'
import type { PlannedVisit } from './visit-plan.ts'

/** One fictional client with everything that happens to it. */
export type ClientSpec = {
  readonly key: string
  readonly slug: string
  readonly name: string
  readonly language: 'en' | 'fr'
  /** IANA name; its clock is that of local-time.ts. */
  readonly timeZone: 'Europe/Brussels' | 'Europe/Paris'
  readonly sites: readonly string[]
  readonly manager: { readonly name: string; readonly email: string }
  readonly machines: readonly MachineSpec[]
  readonly events: readonly ScenarioEvent[]
  readonly visits: readonly PlannedVisit[]
}
