/** Runs one source of backup on bytes, as `agent parse` does, for the tests of this folder. */

import { BACKUP_SOURCES } from '../../../../agent/checks/backup/index.ts'
import type { SourceInput } from '../../../../agent/checks/collector.ts'
import type { SampleValues } from '../../../../shared/checks/samples.ts'
import { sectionOf } from '../../../support/sections.ts'

/** The moment at which everything here is collected. */
export const NOW = Date.UTC(2026, 10, 25, 15)

const NO_SAMPLES: SampleValues = {}

/** What one source said: the first job, all of them, lookalikes and samples by their measure of the first job. */
export function parseSource(id: string, output: Uint8Array | string, more: Partial<SourceInput> = {}) {
  const source = BACKUP_SOURCES.find((one) => one.id === `backup/${id}`)
  if (source === undefined) throw new Error(`no source backup/${id}`)
  const stdout = typeof output === 'string' ? Buffer.from(output) : output
  const parsed = source.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: NOW, ...more })
  if (!parsed.ok)
    return { code: parsed.error.code, jobs: [], job: null, lookalikes: null, samples: NO_SAMPLES, of: () => null }
  const section = sectionOf<'backup'>('backup', parsed.value)
  const jobs = section.jobs.state === 'value' ? section.jobs.value : []
  const job = jobs[0] ?? null
  const { samples } = parsed.value
  const of = (measure: string) => samples[`job:${job?.id}:${measure}`] ?? null
  const lookalikes = section.lookalikes.state === 'value' ? section.lookalikes.value : null
  return { code: null, jobs, job, lookalikes, samples, of }
}

/** The first job in one line: its result or the code of its failure, and the newest success. */
export function verdictOf(id: string, output: Uint8Array | string, more: Partial<SourceInput> = {}) {
  const { code, job, of } = parseSource(id, output, more)
  if (code !== null || job === null) return { result: code, successAt: null }
  const { status } = job
  const result = status.state === 'value' ? status.value.lastResult : status.state === 'failed' ? status.code : 'never'
  return { result, successAt: of('lastSuccessAt') }
}
