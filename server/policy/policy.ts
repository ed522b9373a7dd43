/** Policy: every limit and rhythm, resolved machine over site over client over default. Types only. */
import type { EpochMs } from '../../shared/units.ts'

/** One setting that a person made, with who, when and why. */
export type PolicySetting = {
  readonly key: string
  readonly value: number | string | boolean
  readonly reason: string
  readonly setBy: string
  readonly setAt: EpochMs
}

/** Settings by layer; later layers win. */
export type PolicyLayers = {
  readonly client: readonly PolicySetting[]
  readonly site: readonly PolicySetting[]
  readonly machine: readonly PolicySetting[]
}
