/** The answer of `…/checks/:check`: everything behind one check, as it came and as it was judged. Pure. */
import type { RawCheckView } from '../../shared/api/views.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import { subjectOf } from '../../shared/rules.ts'
import type { EpochMs } from '../../shared/units.ts'
import { LIMIT_KEYS } from '../policy/defaults.ts'
import { resolvePolicy } from '../policy/resolve.ts'
import type { SectionRow } from '../store/store.ts'
import { type MachineEntry, refOf } from './machine-entry.ts'

/** Rhythms of each check's parts, shown beside its limits. */
const RHYTHMS: { readonly [C in CheckName]: readonly string[] } = {
  antivirus: ['cadence.antivirusMs'],
  backup: ['cadence.backupMs'],
  disk: ['cadence.smartMs', 'cadence.raidMs', 'cadence.capacityMs'],
  patch: ['cadence.patchMs'],
  posture: ['cadence.postureMs'],
  system: ['cadence.inventoryMs', 'cadence.vitalsMs'],
}

/** @param versions sections as stored, newest first. @returns the raw values, outcomes and limits of one check. */
export function rawCheckView(
  entry: MachineEntry,
  check: CheckName,
  versions: readonly SectionRow[],
  now: EpochMs,
): RawCheckView {
  const { state } = entry
  const facts = state.checks[check]
  return {
    now,
    machine: refOf(entry),
    check,
    body: facts.lastAt === null ? null : JSON.stringify(facts.section),
    samples: [...facts.samples]
      .map(([key, { value, at }]) => ({ key, value, at }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    versions: versions.map(({ at, body }) => ({ at, body })),
    outcomes: state.outcomes
      .filter(({ rule }) => subjectOf(rule) === check)
      .map((outcome) => ({
        rule: outcome.rule,
        item: outcome.item,
        state: outcome.state,
        severity: outcome.state === 'fail' ? outcome.severity : null,
      })),
    limits: limitsOf(entry, check),
  }
}

/** Limits in force and where each was set; a limit that is not set is left out. */
function limitsOf({ state }: MachineEntry, check: CheckName): RawCheckView['limits'] {
  const policy = resolvePolicy(state.policy, state.role)
  return LIMIT_KEYS.filter((key) => key.startsWith(`${check}.`) || RHYTHMS[check].includes(key)).flatMap((key) => {
    const { value, unit, from, reason } = policy.limit(key)
    return value === null ? [] : [{ key, value, unit, from, reason }]
  })
}
