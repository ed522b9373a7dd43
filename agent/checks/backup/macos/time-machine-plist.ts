/**
 * `/Library/Preferences/com.apple.TimeMachine.plist`, binary or XML. The newest of SnapshotDates is the last success; RESULT 0 says that
 * the last try went well, any other number is its error. Without RESULT the end of the last run is not known. Pure.
 */
import type { Destination } from '../../../../shared/checks/backup.ts'
import { err } from '../../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../../shared/units.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import type { Peek } from '../../json.ts'
import { parsePlist } from '../../macos/plist.ts'
import type { CollectedJob } from '../collected-job.ts'
import { placeOf } from '../place-of.ts'
import { failJob, type JobName, jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { refusalIn } from './time-machine-denied.ts'
import { timeMachineId } from './time-machine-id.ts'

const SOURCE = 'backup/time-machine-plist'
const AHEAD_MS = 10 * 60_000
const MAX_DATES = 20_000

/** Without destinations: Time Machine is not set up. Errors: `access-denied` (Full Disk Access), `empty`, `parse`, `exit`. */
export const timeMachinePlistSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: ({ stdout, stderr, exitCode, now }) => {
    const refusal = refusalIn(decode(stdout.subarray(0, 4_096)), stderr)
    if (refusal !== null) return err(refusal)
    if (exitCode !== 0 && exitCode !== null) return err({ code: 'exit', detail: `ended with ${exitCode}` })
    const plist = parsePlist(stdout)
    if (!plist.ok) return plist
    const root = plist.value
    const isOurs = root.has('Destinations') || root.has('AutoBackup') || root.has('PreferencesVersion')
    if (!isOurs) return err({ code: 'parse', detail: 'a property list, but not that of Time Machine' })
    const automatic = root.flag('AutoBackup') ?? flagOfNumber(root.number('AutoBackup'))
    const destinations = root.list('Destinations', 32)
    return jobsPart(
      SOURCE,
      destinations.map((destination) => jobOf(destination, automatic, now)),
    )
  },
}

function flagOfNumber(value: number | null): boolean | null {
  return value === 0 || value === 1 ? value === 1 : null
}

function jobOf(record: Peek, automatic: boolean | null, now: EpochMs): CollectedJob {
  const name: JobName = {
    tool: 'time-machine',
    name: timeMachineId(record.text('DestinationID'), record.text('LastKnownVolumeName')),
    destination: placeOfDestination(record),
    everyMs: null,
  }
  const { job, samples } = judge(record, name, now)
  const id = record.text('LastKnownVolumeName', 100)
  return { job: { ...job, ...(automatic === null ? {} : { automatic }), name: id ?? job.name }, samples }
}

function judge(record: Peek, name: JobName, now: EpochMs): CollectedJob {
  const snapshots = datesOf(record, 'SnapshotDates')
  const result = record.number('RESULT')
  const lastSuccessAt = newestOf(snapshots, now)
  const triedAt = newestOf(datesOf(record, 'AttemptDates'), now)
  // A day of tries without a backup: RESULT is of a try long ago, whatever it says (seen: 62 days of them).
  const isStuck = triedAt !== null && lastSuccessAt !== null && triedAt - lastSuccessAt > DAY_MS
  const isNever = record.has('SnapshotDates') && record.list('SnapshotDates', 1).length === 0
  const facts = {
    ...NOTHING_TOLD,
    lastSuccessAt,
    lastRunAt: newestOf([...datesOf(record, 'AttemptDates'), ...snapshots], now),
    verifiedAt: newestOf([instantOf(record.text('ConsistencyScanDate'))].flat(), now),
    copies: isNever ? 0 : snapshots.length === 0 ? null : snapshots.length,
    lastResult:
      result === null
        ? null
        : result !== 0
          ? ('failed' as const)
          : lastSuccessAt === null || isStuck
            ? null
            : ('success' as const),
  }
  if (facts.lastResult !== null || isNever) return readJob(SOURCE, name, facts)
  const detail = 'Time Machine does not tell how its last backup to this place ended'
  const { job } = failJob(SOURCE, name, { code: 'empty', detail })
  return { job, samples: readJob(SOURCE, name, facts).samples }
}

function placeOfDestination(record: Peek): Destination {
  const state = record.text('LastKnownEncryptionState') ?? ''
  const encrypted = /^(?:Encrypted|FileVault)$/i.test(state) ? true : /^NotEncrypted$/i.test(state) ? false : null
  const url = record.text('NetworkURL', 512)
  if (url !== null) {
    const place = placeOf(url.replace(/^afp:/i, 'smb:'), encrypted)
    return { ...place, kind: /^afp:/i.test(url) ? 'nas' : place.kind }
  }
  return { ...UNKNOWN_PLACE, kind: 'local', label: record.text('LastKnownVolumeName', 100), encrypted }
}

function datesOf(record: Peek, key: string): readonly EpochMs[] {
  return record.list(key, MAX_DATES).flatMap((date) => instantOf(date.text('')))
}

function instantOf(text: string | null): readonly EpochMs[] {
  const at = text === null || !/^\d{4}-\d\d-\d\dT/.test(text) ? Number.NaN : Date.parse(text)
  return Number.isSafeInteger(at) && at > 0 ? [at] : []
}

function newestOf(dates: readonly EpochMs[], now: EpochMs): EpochMs | null {
  return dates.reduce<EpochMs | null>((best, at) => (at <= now + AHEAD_MS && at > (best ?? 0) ? at : best), null)
}
