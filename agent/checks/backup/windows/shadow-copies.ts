/** Volume shadow copies (Win32_ShadowCopy): they lie on the disk that they are of, so they are a second chance and no copy. Pure. */
import { err, ok } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../../windows/records.ts'
import { lookalikesPart } from '../run-facts.ts'

const SOURCE = 'backup/shadow-copies'
const AHEAD_MS = 10 * 60_000

/** Block `shadow-copies`. An empty answer: Windows keeps none. Errors: `empty`, `parse` (other objects), `exit`. */
export const shadowCopiesSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: ({ stdout, exitCode, now }) => {
    if (exitCode !== 0 && exitCode !== null) return err({ code: 'exit', detail: `ended with ${exitCode}` })
    const records = readWindowsRecords(stdout, 'shadow-copies')
    if (!records.ok) return records
    if (!records.value.every(isShadowCopy)) return err({ code: 'parse', detail: 'not a list of shadow copies' })
    if (records.value.length === 0) return ok(lookalikesPart(SOURCE, []))
    const times = records.value.flatMap((one) => one.instant('InstallDate') ?? [])
    const past = times.filter((at) => at <= now + AHEAD_MS)
    const newestAt = past.length === 0 ? null : past.reduce((newest, at) => Math.max(newest, at))
    const count = records.value.length
    return ok(
      lookalikesPart(SOURCE, [
        { id: 'vss:shadow-copies', name: 'Volume shadow copies', kind: 'snapshot', count, newestAt },
      ]),
    )
  },
}

function isShadowCopy(record: WindowsRecord): boolean {
  return record.has('VolumeName') || record.has('InstallDate')
}
