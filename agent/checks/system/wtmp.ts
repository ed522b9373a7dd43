/**
 * Reads /var/log/wtmp: starts of a Linux without an orderly end before them. Records of 384 bytes, little-endian (utmp(5), glibc on
 * 64-bit systems): type at 0, user at 44, seconds since 1970 at 340. Pure and total.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { CRASH_DAYS, type CrashReport } from './windows-events.ts'

/** Source id. */
export const WTMP = 'system/wtmp'

const RECORD_BYTES = 384
/** ut_type: run level changes (a shutdown is one, by the user "shutdown") and starts. */
const RUN_LVL = 1
const BOOT_TIME = 2
const LAST_TYPE = 9

/**
 * @param bytes the file, older one first when it was rotated; its start may be cut at a record. The first start of all has no
 *   known end before it and is not counted.
 * Errors: `empty`; `parse` for other records; `needs-history` when no start is in it.
 */
export function parseWtmp(bytes: Uint8Array, now: EpochMs): Result<CrashReport, Failure> {
  if (bytes.length === 0) return err({ code: 'empty', detail: 'an empty file' })
  if (bytes.length % RECORD_BYTES !== 0)
    return err({ code: 'parse', detail: `${bytes.length} bytes are no records of ${RECORD_BYTES}` })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let starts = 0
  let hasEnded = true
  let lastAt = 0
  let count = 0
  for (let at = 0; at < bytes.length; at += RECORD_BYTES) {
    const type = view.getInt16(at, true)
    if (type < 0 || type > LAST_TYPE) return err({ code: 'parse', detail: `no utmp record: type ${type}` })
    if (type === RUN_LVL && userOf(bytes, at) === 'shutdown') hasEnded = true
    if (type !== BOOT_TIME) continue
    const bootedAt = view.getInt32(at + 340, true) * 1_000
    if (starts > 0 && !hasEnded && isRecent(bootedAt, now)) {
      count++
      lastAt = Math.max(lastAt, bootedAt)
    }
    starts++
    hasEnded = false
  }
  if (starts === 0) return err({ code: 'needs-history', detail: 'no start is recorded yet' })
  return ok({
    crashes: { unexpectedShutdowns: count, systemStops: null, withinDays: CRASH_DAYS },
    samples: lastAt === 0 ? {} : { 'crash:lastAt': lastAt },
  })
}

const isRecent = (at: EpochMs, now: EpochMs) => at > 0 && (now === 0 || at >= now - CRASH_DAYS * DAY_MS)

function userOf(bytes: Uint8Array, at: number): string {
  const field = bytes.subarray(at + 44, at + 76)
  const end = field.indexOf(0)
  return new TextDecoder('latin1').decode(end < 0 ? field : field.subarray(0, end))
}

/** `system/wtmp`: the crashes part of Linux. */
export const wtmp: Source<'system'> = {
  id: WTMP,
  check: 'system',
  parse: ({ stdout, now }) => {
    const found = parseWtmp(stdout, now)
    if (!found.ok) return found
    return ok({ parts: { crashes: read(WTMP, found.value.crashes) }, samples: found.value.samples })
  },
}
