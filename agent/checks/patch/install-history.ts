/** `/Library/Receipts/InstallHistory.plist` → when an update of the system was last installed. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { parsePlist } from '../macos/plist.ts'

const SYSTEM = /^(?:macOS|OS X|Mac OS X)\b|\bSecurity (?:Update|Response)\b|^Safari\b/i
/** Lists of malware and settings arrive by themselves several times a month. */
const DATA = /ConfigData|Configuration Data|Word List|XProtect|MRT|Gatekeeper|Command Line Tools/i

/** null: the history holds none. Errors: `empty`, `parse` (no entry with a date). */
export function parseInstallHistory(bytes: Uint8Array): Result<EpochMs | null, Failure> {
  const document = parsePlist(bytes)
  if (!document.ok) return document
  const entries = document.value.list('', 10_000)
  const dated = entries.filter(
    (entry) => Number.isFinite(Date.parse(entry.text('date') ?? '')) && entry.text('displayName') !== null,
  )
  if (dated.length === 0) return err({ code: 'parse', detail: 'no entry with a name and a date' })
  const times = dated
    .filter((entry) => SYSTEM.test(entry.text('displayName') ?? '') && !DATA.test(entry.text('displayName') ?? ''))
    .map((entry) => Date.parse(entry.text('date') ?? ''))
  return ok(times.length === 0 ? null : Math.max(...times))
}

/** Errors as `parseInstallHistory`. */
export const installHistorySource: Source<'patch'> = {
  id: 'patch/install-history',
  check: 'patch',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `reading the file ended with ${exitCode ?? 'a signal'}` })
    const last = parseInstallHistory(stdout)
    return last.ok ? ok({ parts: {}, samples: { 'upgrade:lastAt': last.value } }) : last
  },
}
