/**
 * `sntp time.apple.com` (macOS, ntp 4.2.8) → how far the clock is off; `systemsetup -getusingnetworktime` → whether it is kept at all.
 * A clock that agrees with a server within a second is kept; one that does not is not. Pure.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { agreed, noAnswer } from './contribute.ts'

/** What was measured. `offsetMicroseconds` absolute; null: not told. */
export type SntpState = {
  readonly synchronized: boolean
  readonly enabled: boolean | null
  readonly offsetMicroseconds: number | null
}

const KEPT_SECONDS = 1
/** `+0.012345 +/- 0.023456 time.apple.com 17.253.14.125`, with or without a date before it and a `secs` behind. */
const ANSWER = /(?:^|\s)([+-]\d{1,9}\.\d{1,9})\s\+\/-\s\d{1,9}\.\d{1,9}\b/

/** Errors: `timeout` (no server answered), `access-denied`, `exit`, `empty`, `parse`. */
export function parseSntp(text: string, stderr: string, exitCode: number | null): Result<SntpState, Failure> {
  const setting = agreed([...text.matchAll(/^\s{0,8}Network Time: (On|Off)\s*$/gm)].map(([, word]) => word))
  if (setting === 'Off') return ok({ synchronized: false, enabled: false, offsetMicroseconds: null })
  if (/time(?:d )?out|no (?:usable )?(?:server|response)|Exchange failed/i.test(`${text.slice(0, 4_096)}\n${stderr}`))
    return err({ code: 'timeout', detail: 'no time server answered' })
  const offsets = text.split('\n', 200).flatMap((line) => ANSWER.exec(line.slice(0, 300))?.[1] ?? [])
  const [offset] = offsets
  if (exitCode !== 0 || offset === undefined || agreed(offsets) === null)
    return noAnswer('sntp', text, stderr, exitCode)
  const seconds = Math.abs(Number(offset))
  const micro = Math.round(seconds * 1e6)
  return ok({
    synchronized: seconds <= KEPT_SECONDS,
    enabled: null,
    offsetMicroseconds: Number.isSafeInteger(micro) ? micro : null,
  })
}

/** Errors as `parseSntp`. */
export const sntpSource: Source<'posture'> = {
  id: 'posture/sntp',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const state = parseSntp(decode(stdout), stderr, exitCode)
    if (!state.ok) return state
    const { synchronized, enabled, offsetMicroseconds } = state.value
    const samples = offsetMicroseconds === null ? {} : { 'time:offsetMicroseconds': offsetMicroseconds }
    return ok({ parts: { time: read('posture/sntp', { synchronized, tool: 'timed', enabled }) }, samples })
  },
}
