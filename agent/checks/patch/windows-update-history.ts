/** `QueryHistory` of the Windows Update Agent → the last update of the system that went in, and those that keep failing. Pure. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Contribution, Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { kbOf, kindOfTitle, lineOfUpdate } from './windows-category.ts'

const ID = 'patch/windows-update-history'
const INSTALL = 1
const SUCCEEDED = 2
const FAILED: ReadonlySet<number | null> = new Set([4, 5])
const FEATURE = /Windows 1[01]\b.*\b2\dH[12]\b|^Feature update to Windows/i

type Entry = { readonly line: string; readonly isSystem: boolean; readonly code: number; readonly at: EpochMs | null }

/** Errors: `empty` (neither entries nor their number), `parse` (an entry without title or result). */
export function judgeWindowsHistory(records: readonly WindowsRecord[]): Result<Contribution<'patch'>, Failure> {
  const heading = records.find((record) => record.has('Count') && !record.has('Title'))
  const rows = records.filter((record) => record !== heading)
  if (rows.length === 0 && heading?.count('Count') !== 0) return err({ code: 'empty', detail: 'no history of updates' })
  const entries: Entry[] = []
  for (const row of rows) {
    const title = row.text('Title', 512)
    const code = row.count('ResultCode')
    const operation = row.count('Operation')
    if (title === null || code === null || operation === null)
      return err({ code: 'parse', detail: 'an entry of the history without title, operation or result' })
    if (operation !== INSTALL || kindOfTitle(title) === 'definition') continue
    entries.push({
      line: lineOfUpdate(title),
      isSystem: kbOf(title) !== null || FEATURE.test(title),
      code,
      at: row.instant('Date'),
    })
  }
  return ok(contributionOf(entries.sort((a, b) => (b.at ?? 0) - (a.at ?? 0))))
}

function contributionOf(newestFirst: readonly Entry[]): Contribution<'patch'> {
  const installed = newestFirst
    .filter(({ isSystem, code }) => isSystem && code === SUCCEEDED)
    .flatMap(({ at }) => at ?? [])
  const failures = failuresOf(newestFirst)
  const failedAt = [...failures.values()].flatMap(({ at }) => at ?? [])
  const failing: PatchSection['failing'] = read(
    ID,
    [...failures]
      .map(([name, { times }]) => ({ name, times }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, 64),
  )
  return {
    parts: { manager: read(ID, { name: 'windows-update' }), failing },
    samples: {
      'upgrade:lastAt': installed.length === 0 ? null : Math.max(...installed),
      ...(failedAt.length === 0 ? {} : { 'failing:lastAt': Math.max(...failedAt) }),
    },
  }
}

/** Failures of each line of updates since it last succeeded. What is in progress, or partly went in, ends nothing. */
function failuresOf(
  newestFirst: readonly Entry[],
): Map<string, { readonly times: number; readonly at: EpochMs | null }> {
  const failures = new Map<string, { readonly times: number; readonly at: EpochMs | null }>()
  const over = new Set<string>()
  for (const { line, code, at } of newestFirst) {
    if (over.has(line)) continue
    if (code === SUCCEEDED) over.add(line)
    else if (FAILED.has(code)) {
      const known = failures.get(line)
      failures.set(line, { times: (known?.times ?? 0) + 1, at: known?.at ?? at })
    }
  }
  return failures
}

/** Errors: those of the script, `empty`, `parse`. */
export const windowsUpdateHistorySource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `the history ended with ${exitCode ?? 'a signal'}` })
    const records = readWindowsRecords(stdout, 'windows-update-history')
    return records.ok ? judgeWindowsHistory(records.value) : records
  },
}
