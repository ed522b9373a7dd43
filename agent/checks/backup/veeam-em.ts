/**
 * The source `backup/veeam-em`: summary reports of Veeam Enterprise Manager (REST, JSON), v12 (`FailedJobRuns`) and v13
 * (`failedJobRuns`). Pure. They count runs and tell no time: whether the last good one is recent stays unknown. A VM that a job
 * skipped leaves the job a success, so that the states of the VMs are read as well.
 */
import { err } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, peek } from '../json.ts'
import { parseJsonOutput } from './json-output.ts'
import { jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from './run-facts.ts'

const ID = 'backup/veeam-em'

/** Errors: `empty`, `parse` (no counts of runs in it), `exit`. */
export const veeamEmSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `ended with ${exitCode ?? 'a signal'}` })
    const document = parseJsonOutput(decode(stdout))
    if (!document.ok) return document
    const root = lowered(document.value.value)
    const parts = ['job_statistics', 'jobstatistics', 'overview', 'vms_overview', 'vmsoverview', ''].map((key) =>
      root.at(key),
    )
    const count = (name: string) => parts.map((part) => part.count(name)).find((found) => found !== null) ?? null
    const failed = count('failedjobruns')
    const failedVms = count('failedvmlasteststates') ?? count('failedvmlateststates')
    const good = count('successfuljobruns')
    const warned =
      (count('warningsjobruns') ?? 0) + (count('warningvmlasteststates') ?? count('warningvmlateststates') ?? 0)
    if (failed === null && failedVms === null) return err({ code: 'parse', detail: 'Veeam: no count of failed runs' })
    const isFailed = (failed ?? 0) + (failedVms ?? 0) > 0
    const isProven = failed !== null && failedVms !== null && good !== null && good > 0
    const lastResult = isFailed ? 'failed' : warned > 0 ? 'partial' : isProven ? 'success' : null
    const named = { tool: 'veeam', name: 'Enterprise Manager', destination: UNKNOWN_PLACE, everyMs: null } as const
    const copies = count('restorepoints')
    return jobsPart(ID, [readJob(ID, named, { ...NOTHING_TOLD, lastResult, copies })])
  },
}

/** Keys without their capitals, two levels deep: that is all that changed between the versions. */
function lowered(value: unknown, depth = 0): Peek {
  return peek(lower(value, depth))
}

function lower(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 2) return value
  const entries = Object.entries(value).slice(0, 500)
  return Object.fromEntries(entries.map(([key, inner]) => [key.toLowerCase(), lower(inner, depth + 1)]))
}
