/** /var/log/apt/history.log → the last upgrade that went through, and those that failed since. Pure. Its times are local, without a zone (apt 2.6). */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseWallClock, wallClockToEpoch } from '../local-time.ts'
import { type AptFailures, failuresOfApt, namedFailures } from './apt-failures.ts'

/** The newest stand last; a month has some dozens. */
const MOST_ENTRIES = 5_000
const FUTURE_TOLERANCE_MS = 26 * 3_600_000

/** `upgradedAt` epoch ms; null: the log (it is rotated monthly) holds no upgrade that went through. */
export type AptHistory = { readonly upgradedAt: EpochMs | null; readonly failures: AptFailures }

/**
 * End of the newest entry that upgraded something and met no error. An entry without `End-Date` was interrupted; one with
 * an `Error:` line failed. @param zone IANA name of the machine's zone. Errors: `empty`, `parse` (no entry in it).
 */
export function parseAptHistory(text: string, zone: string): Result<AptHistory, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'the history of apt is empty' })
  const all = text.split(/^(?=Start-Date:)/m).filter((entry) => entry.startsWith('Start-Date:'))
  const entries = all.slice(-MOST_ENTRIES)
  if (entries.length === 0) return err({ code: 'parse', detail: 'no entry that starts with Start-Date' })
  const ends = entries.filter((entry) => /^Upgrade: /m.test(entry) && !/^Error: /m.test(entry)).flatMap(endOf)
  const last = ends.reduce<number | null>((most, end) => (most === null || end > most ? end : most), null)
  const upgradedAt = last === null ? null : wallClockToEpoch(last, zone)
  return ok({ upgradedAt, failures: failuresOfApt(entries, zone) })
}

function endOf(entry: string): readonly number[] {
  const at = parseWallClock(/^End-Date: (.*)$/m.exec(entry)?.[1] ?? '')
  return at === null ? [] : [at]
}

/** The log alone tells no zone: its times are taken as UTC here; the collector knows the zone of the machine. */
export const aptHistorySource: Source<'patch'> = {
  id: 'patch/apt-history',
  check: 'patch',
  parse: ({ stdout, now }) => {
    const last = parseAptHistory(decode(stdout), 'UTC')
    if (!last.ok) return last
    const { upgradedAt, failures } = last.value
    const failedAt = notInFuture(failures.at, now)
    return ok({
      parts: { failing: read('patch/apt-history', namedFailures(failures)) },
      samples: {
        'upgrade:lastAt': notInFuture(upgradedAt, now),
        ...(failedAt === null ? {} : { 'failing:lastAt': failedAt }),
      },
    })
  },
}

/** A time further ahead than any zone can explain is no answer. */
export function notInFuture(at: EpochMs | null, now: EpochMs): EpochMs | null {
  return at !== null && at > 0 && at <= now + FUTURE_TOLERANCE_MS ? at : null
}
