/** `ntpq -pn` → whether ntpd follows a source (the line marked `*`, or `o` for a pulse), and how far the clock is off. Pure. ntpq 4.2.8. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { isKeptClose } from './clock-offset.ts'
import { noAnswer } from './contribute.ts'

/** What ntpd says. `offsetMicroseconds` absolute; null: not told. */
export type NtpState = { readonly synchronized: boolean; readonly offsetMicroseconds: number | null }

/** Tally, remote, refid, stratum, type, when, poll, reach (octal), delay, offset, jitter. */
const ROW =
  /^([ x.+#*o-])(\S{1,60})\s{1,30}(\S{1,40})\s{1,20}(\d{1,2})\s{1,8}([a-zA-Z-])\s{1,8}\S{1,8}\s{1,8}\d{1,6}\s{1,8}([0-7]{1,3})\s{1,12}\S{1,12}\s{1,12}([+-]?\d{1,9}(?:\.\d{1,6})?)\s{1,12}\S{1,12}\s*$/
/** The machine's own clock is no source. */
const OWN_CLOCK = /^(?:127\.127\.1\.\d+|LOCAL\(\d+\))$/

/** Errors: `exit`, `empty`, `parse` (no heading). "No association" is an answer: nothing is followed. */
export function parseNtpq(text: string, stderr: string, exitCode: number | null): Result<NtpState, Failure> {
  const all = `${text.slice(0, 2_000)}\n${stderr}`
  if (/No association ID's returned/i.test(all)) return ok({ synchronized: false, offsetMicroseconds: null })
  const lines = text.split('\n', 2_000)
  const rule = lines.findIndex((line) => /^={20,200}\s*$/.test(line))
  if (exitCode !== 0 || rule < 0) return noAnswer('ntpq', text, stderr, exitCode)
  const rows = joined(lines.slice(rule + 1)).flatMap((line) => {
    const row = ROW.exec(line.slice(0, 200))
    return row === null ? [] : [row]
  })
  if (rows.length === 0) return err({ code: 'parse', detail: 'ntpq: no line about a source' })
  const followed = rows.filter(([, tally]) => tally === '*' || tally === 'o')
  const real = followed.find(
    ([, , remote = '', , stratum, , reach]) =>
      !OWN_CLOCK.test(remote) && Number(stratum) < 16 && Number.parseInt(reach ?? '0', 8) > 0,
  )
  const offset = real === undefined ? null : Math.round(Math.abs(Number(real[7])) * 1_000)
  const offsetMicroseconds = Number.isSafeInteger(offset) ? offset : null
  return ok({ synchronized: real !== undefined && isKeptClose(offsetMicroseconds), offsetMicroseconds })
}

/** `ntpq -w` writes what follows a long name on the next line. */
function joined(lines: readonly string[]): readonly string[] {
  const whole: string[] = []
  for (const line of lines) {
    const previous = whole.at(-1) ?? ''
    if (/^[ x.+#*o-]\S{16,60}\s*$/.test(previous) && /^ {10}/.test(line))
      whole[whole.length - 1] = `${previous.trimEnd()} ${line.trim()}`
    else whole.push(line.slice(0, 200))
  }
  return whole
}

/** Errors as `parseNtpq`. */
export const ntpqSource: Source<'posture'> = {
  id: 'posture/ntpq',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const state = parseNtpq(decode(stdout), stderr, exitCode)
    if (!state.ok) return state
    const { synchronized, offsetMicroseconds } = state.value
    const samples = offsetMicroseconds === null ? {} : { 'time:offsetMicroseconds': offsetMicroseconds }
    return ok({ parts: { time: read('posture/ntpq', { synchronized, tool: 'ntpd', enabled: true }) }, samples })
  },
}
