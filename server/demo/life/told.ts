/** What a machine's collectors say at one moment: sections, samples, and how old each part is. Pure. */
import type { PartName, Sections } from '../../../shared/checks/index.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { DemoMachine } from '../scenario/world.ts'

/** One check; parts that it leaves out were never read. `section.samples` is filled from the keys of `samples`. `partReadAt`: parts older than the moment itself. */
export type Told<C extends CheckName> = {
  readonly parts: { readonly [P in PartName<C>]?: Sections[C][P] }
  readonly samples: SampleValues
  /** When the check was collected at all. */
  readonly readAt: EpochMs
  readonly partReadAt: { readonly [part: string]: EpochMs }
}

/** All six checks. */
export type ToldMachine = { readonly [C in CheckName]: Told<C> }

/** The moment at which a machine looks at itself. `startedAt`: when its agent started. */
export type Look = { readonly at: EpochMs; readonly startedAt: EpochMs }

const kept = new WeakMap<DemoMachine, Map<CheckName, { readonly key: string; readonly parts: unknown }>>()

/**
 * Parts of a check, the same object while `key` says the same: an unchanged section costs nothing to compare.
 * @param key everything that the parts depend on, apart from the machine.
 */
export function keptParts<C extends CheckName>(
  machine: DemoMachine,
  check: C,
  key: string,
  make: () => Told<C>['parts'],
): Told<C>['parts'] {
  const checks = kept.get(machine) ?? new Map<CheckName, { readonly key: string; readonly parts: unknown }>()
  kept.set(machine, checks)
  const known = checks.get(check)
  // Put there under this check by this very function.
  if (known?.key === key) return known.parts as Told<C>['parts']
  const parts = make()
  checks.set(check, { key, parts })
  return parts
}
