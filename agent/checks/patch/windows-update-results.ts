/** `Microsoft.Update.AutoUpdate`, `Results` → when Windows last looked for updates. Pure. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Contribution, Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'

const ID = 'patch/windows-update-results'

/** The last installation moves with signatures of Defender, so only the last search is taken. Errors: `empty`. */
export function judgeWindowsResults(records: readonly WindowsRecord[]): Result<Contribution<'patch'>, Failure> {
  const record = records.find((one) => one.has('LastSearchSuccessDate') || one.has('Kind')) ?? records[0]
  if (record === undefined) return err({ code: 'empty', detail: 'no results of automatic updates' })
  const inside = record.records('Results')[0] ?? record
  const refreshedAt = inside.instant('LastSearchSuccessDate')
  if (refreshedAt === null && record.text('Kind') === null)
    return err({ code: 'empty', detail: 'no date of a successful search' })
  return ok({ parts: { manager: read(ID, { name: 'windows-update' }) }, samples: { 'list:refreshedAt': refreshedAt } })
}

/** Errors: those of the script, `empty`. */
export const windowsUpdateResultsSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `the question ended with ${exitCode ?? 'a signal'}` })
    const records = readWindowsRecords(stdout, 'windows-update-results')
    return records.ok ? judgeWindowsResults(records.value) : records
  },
}
