/** What changed since the last visit, as the API says it. Pure. */
import type { ChangeView, SinceView } from '../../shared/api/visits.ts'
import { standingOf } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding } from '../findings/finding.ts'
import type { ChangedFinding, SinceVisit, SolvedFinding } from '../visits/since-visit.ts'
import type { VisitNames } from './visit-names.ts'

/** @returns the changes with names; promises stand beside them on the page. */
export function sinceView(since: SinceVisit, names: VisitNames): SinceView {
  const changes = (list: readonly ChangedFinding[]) => list.map((one) => changedView(one, names))
  return {
    from: since.from,
    to: since.to,
    opened: changes(since.opened),
    worse: changes(since.worse),
    better: changes(since.better),
    solved: since.solved.map((one) => solvedView(one, names)),
    passing: since.passing.map((finding) => overView(finding, finding.resolvedAt ?? finding.changedAt, null, names)),
    appeared: since.appeared.map(({ machineId }) => names.machine(machineId)),
    vanished: since.vanished.map(({ machineId }) => names.machine(machineId)),
    moved: since.moved.map(({ machineId, drive, counter, before, after }) => ({
      ...{ machine: names.machine(machineId), drive, counter, before, after },
    })),
    slipped: since.slipped.map(({ machineId, rule, job, from, to }) => ({
      ...{ machine: names.machine(machineId), rule, job, from, to },
    })),
  }
}

function changedView({ finding, before }: ChangedFinding, names: VisitNames): ChangeView {
  const { rule, item, severity, values, openedAt, changedAt } = finding
  return {
    ...{ rule, item, severity, before, provenAt: null, values: { ...values } },
    machine: names.machine(finding.machineId),
    standing: standingOf('fail', severity),
    at: before === null ? openedAt : changedAt,
  }
}

function solvedView({ finding, solvedAt, provenAt }: SolvedFinding, names: VisitNames): ChangeView {
  return overView(finding, solvedAt, provenAt, names)
}

function overView(finding: Finding, at: EpochMs, provenAt: EpochMs | null, names: VisitNames): ChangeView {
  const { machineId, rule, item, severity, values } = finding
  return {
    ...{ rule, item, severity: null, before: severity, provenAt, at, values: { ...values } },
    machine: names.machine(machineId),
    standing: 'good',
  }
}
