/** Freezing what is known of a client's machines, and giving it back. Pure: equal input gives equal JSON. */
import type { CheckName } from '../../shared/checks/names.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { CheckFacts } from '../facts/facts.ts'
import type { Finding, Transition } from '../findings/finding.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { Client, Site } from '../store/store.ts'
import type { Acceptance, RestoreTest, Snapshot, SnapshotCheck, SnapshotMachine } from './visit.ts'

/** What a snapshot is frozen from. */
export type SnapshotInput = {
  readonly visitId: string
  readonly at: EpochMs
  readonly client: Client
  readonly sites: readonly Site[]
  readonly machines: readonly MachineState[]
  readonly acceptances: readonly Acceptance[]
  /** Open at any time since the snapshot of the last sent visit. */
  readonly findings: readonly Finding[]
  readonly transitions: readonly Transition[]
  readonly restoreTests: readonly RestoreTest[]
}

/** @returns everything that the report of the visit says of machines, by the machines' ids. */
export function freezeSnapshot(input: SnapshotInput): Snapshot {
  const { id, name, timeZone, language } = input.client
  return {
    visitId: input.visitId,
    at: input.at,
    client: { id, name, timeZone, language },
    sites: input.sites,
    machines: [...input.machines].sort((a, b) => (a.id < b.id ? -1 : 1)).map(freezeMachine),
    acceptances: input.acceptances,
    findings: input.findings,
    transitions: input.transitions,
    restoreTests: input.restoreTests,
  }
}

/** @returns a machine whose maps are pairs, as JSON can hold them. */
export function freezeMachine(state: MachineState): SnapshotMachine {
  const { checks, trends, ...rest } = state
  return {
    ...rest,
    trends: [...trends],
    checks: {
      antivirus: freezeCheck(checks.antivirus),
      backup: freezeCheck(checks.backup),
      disk: freezeCheck(checks.disk),
      patch: freezeCheck(checks.patch),
      posture: freezeCheck(checks.posture),
      system: freezeCheck(checks.system),
    },
  }
}

function freezeCheck<C extends CheckName>(facts: CheckFacts<C>): SnapshotCheck<C> {
  return { ...facts, samples: [...facts.samples] }
}

/** @returns the machine as it was, for every view of a living one. */
export function thawMachine(frozen: SnapshotMachine): MachineState {
  const { checks, trends, ...rest } = frozen
  return {
    ...rest,
    trends: new Map(trends),
    checks: {
      antivirus: thawCheck(checks.antivirus),
      backup: thawCheck(checks.backup),
      disk: thawCheck(checks.disk),
      patch: thawCheck(checks.patch),
      posture: thawCheck(checks.posture),
      system: thawCheck(checks.system),
    },
  }
}

function thawCheck<C extends CheckName>(frozen: SnapshotCheck<C>): CheckFacts<C> {
  return { ...frozen, samples: new Map(frozen.samples) }
}

/** @returns the machines of a snapshot as they were. */
export function thawMachines({ machines }: Snapshot): readonly MachineState[] {
  return machines.map(thawMachine)
}
