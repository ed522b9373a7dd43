/** What a machine's collectors say at one moment: sections, samples, and how old each part is. Types only. */
import type { Sections } from '../../../shared/checks/index.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import type { EpochMs } from '../../../shared/units.ts'

/** One check. `section.samples` is filled from the keys of `samples`. `partReadAt`: parts older than the moment itself. */
export type Told<C extends CheckName> = {
  readonly parts: Omit<Sections[C], 'samples'>
  readonly samples: SampleValues
  /** When the check was collected at all. */
  readonly readAt: EpochMs
  readonly partReadAt: { readonly [part: string]: EpochMs }
}

/** All six checks. */
export type ToldMachine = { readonly [C in CheckName]: Told<C> }

/** The moment at which a machine looks at itself. `startedAt`: when its agent started. */
export type Look = { readonly at: EpochMs; readonly startedAt: EpochMs }
