/** `Get-WBSummary` of Windows Server Backup. DateTime.MinValue, the year 1, is its word for never. Pure. */

import type { Failure } from '../../../../shared/reading.ts'
import { err, type Result } from '../../../../shared/result.ts'
import type { Contribution, Source } from '../../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../../windows/records.ts'
import { failJob, jobsPart, NOTHING_TOLD, type RunFacts, readJob } from '../run-facts.ts'
import { clockOf, parseWallTime, type ToolClock, toInstant } from '../wall-time.ts'
import { windowsPlace } from './windows-place.ts'

const SOURCE = 'backup/windows-backup-summary'
const AHEAD_MS = 10 * 60_000

/**
 * Block `windows-backup-summary`; an empty answer: the feature is not installed. Times in the manner of a country (Format-List) are
 * not told; whether they are equal still is. Errors: as `readWindowsRecords`, `parse` (not a summary), `exit`.
 */
export const windowsBackupSummarySource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    const { stdout, stderr, exitCode } = input
    if (/CommandNotFoundException/.test(stderr)) return jobsPart(SOURCE, [])
    if (exitCode !== 0 && exitCode !== null)
      return err({ code: 'exit', detail: `Get-WBSummary ended with ${exitCode}` })
    const records = readWindowsRecords(stdout, 'windows-backup-summary')
    if (!records.ok) return records
    const [summary] = records.value
    return summary === undefined ? jobsPart(SOURCE, []) : jobOf(summary, clockOf(input))
  },
}

function jobOf(summary: WindowsRecord, clock: ToolClock): Result<Contribution<'backup'>, Failure> {
  if (!summary.has('LastBackupTime') && !summary.has('LastSuccessfulBackupTime')) {
    return err({ code: 'parse', detail: 'not an answer of Get-WBSummary' })
  }
  const destination = windowsPlace(summary.text('LastSuccessfulBackupTargetPath'))
  const name = { tool: 'windows-backup', name: 'Windows Server Backup', destination, everyMs: null } as const
  const facts = factsOf(summary, clock)
  const isNever = isYearOne(summary, 'LastSuccessfulBackupTime') && isYearOne(summary, 'LastBackupTime')
  if (facts.lastResult !== null || isNever) return jobsPart(SOURCE, [readJob(SOURCE, name, facts)])
  const detail = 'Get-WBSummary does not tell how the last backup ended'
  const { job } = failJob(SOURCE, name, { code: 'parse', detail })
  return jobsPart(SOURCE, [{ job, samples: readJob(SOURCE, name, facts).samples }])
}

function factsOf(summary: WindowsRecord, clock: ToolClock): RunFacts {
  const past = (key: string) => {
    // Of local times only those whose day and month cannot be taken for each other: `2026-11-25 03:10:00` (Swedish, Canadian).
    const at = summary.instant(key) ?? toInstant(parseWallTime(summary.text(key)), clock)
    return at !== null && at <= clock.now + AHEAD_MS ? at : null
  }
  const neverSucceeded = isYearOne(summary, 'LastSuccessfulBackupTime')
  const versions = summary.count('NumberOfVersions')
  const lastResult = isYearOne(summary, 'LastBackupTime') ? null : resultOf(summary, neverSucceeded)
  return {
    ...NOTHING_TOLD,
    lastResult,
    lastSuccessAt: past('LastSuccessfulBackupTime'),
    lastRunAt: past('LastBackupTime'),
    lastPartialAt: lastResult === 'partial' ? past('LastBackupTime') : null,
    copies: neverSucceeded ? 0 : versions,
  }
}

/** HRESULT 0 is good only when the last backup is the last successful one, and nothing was said beside it. */
function resultOf(summary: WindowsRecord, neverSucceeded: boolean): RunFacts['lastResult'] {
  const hresult = summary.number('LastBackupResultHR')
  const detailed = summary.number('LastBackupResultDetailedHR')
  if (hresult !== null && hresult !== 0) return 'failed'
  if (hresult === null) return null
  if ((detailed !== null && detailed !== 0) || summary.has('DetailedMessage')) return 'partial'
  const last = summary.text('LastBackupTime')
  const isSame = last !== null && last === summary.text('LastSuccessfulBackupTime')
  return isSame && !neverSucceeded ? 'success' : null
}

/** `0001-01-01T…`, `/Date(-62135596800000)/` (shifted by the zone when PowerShell 5.1 took it for local) and `1/1/0001 …`. */
function isYearOne(summary: WindowsRecord, key: string): boolean {
  const text = summary.text(key) ?? ''
  return /^0001-01-0[12][T ]|^\\?\/Date\(-6213[45]\d{9}\)|^0?1[/.-]0?1[/.-](?:0001|1)\b/.test(text)
}
