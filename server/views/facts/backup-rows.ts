/** Fact rows of the check `backup`: jobs, tools, whether the machine holds data. Pure. */
import type { Job, Lookalike } from '../../../shared/checks/backup.ts'
import type { CheckFacts, Facts } from '../../facts/facts.ts'
import { blindRow, type RowDraft, rowOf, sampleOf, valueRow, yesNo } from './row.ts'

/** Rows of `backup`; jobs first. */
export function backupRows({ checks: { backup: facts } }: Facts): readonly RowDraft[] {
  const { tools, jobs, lookalikes, holdsData } = facts.section
  return [
    ...(jobs.state === 'value' && jobs.value.length > 0
      ? jobs.value.map((job) => jobRow(facts, job))
      : [rowOf({ facts, key: 'backup.jobs', part: 'jobs' }, jobs, (list) => ({ count: list.length }))]),
    rowOf({ facts, key: 'backup.tools', part: 'tools' }, tools, (list) => ({
      count: list.length,
      names: list.map(({ name }) => name).join(', '),
    })),
    ...(lookalikes.state === 'value'
      ? lookalikes.value.map((lookalike) => lookalikeRow(facts, lookalike, lookalikes.source))
      : [blindRow({ facts, key: 'backup.lookalikes', part: 'lookalikes' }, lookalikes)]),
    rowOf({ facts, key: 'backup.holds-data', part: 'holdsData' }, holdsData, (value) => ({
      holds: yesNo(value.holds),
      reason: value.reason,
      detail: value.detail,
    })),
  ]
}

function jobRow(facts: CheckFacts<'backup'>, job: Job): RowDraft {
  const { destination } = job
  return rowOf({ facts, key: 'backup.job', part: 'jobs', item: job.id }, job.status, (status) => ({
    name: job.name,
    tool: job.tool,
    place: destination.kind,
    destination: destination.label,
    lastResult: status.lastResult,
    lastSuccessAt: sampleOf(facts, `job:${job.id}:lastSuccessAt`),
    lastRunAt: sampleOf(facts, `job:${job.id}:lastRunAt`),
    bytes: sampleOf(facts, `job:${job.id}:bytes`),
    copies: status.copies ?? sampleOf(facts, `job:${job.id}:copies`),
    everyMs: job.expectedEveryMs,
    offsite: yesNo(destination.offsite),
    sameDisk: yesNo(destination.sameDisk),
    encrypted: yesNo(destination.encrypted),
    tooSmall: yesNo(status.tooSmall),
  }))
}

/** Synchronization and snapshots, listed so that nobody takes them for a copy. */
function lookalikeRow(facts: CheckFacts<'backup'>, { id, name, kind, count }: Lookalike, source: string): RowDraft {
  return valueRow({ facts, key: 'backup.lookalike', part: 'lookalikes', item: id }, source, {
    name,
    kind,
    count,
    newestAt: sampleOf(facts, `lookalike:${id}:newestAt`),
  })
}
