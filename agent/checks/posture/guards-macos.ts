/** `spctl --status` (Gatekeeper) and `csrutil status` (System Integrity Protection) of macOS. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { agreed, guardsOf, noAnswer, type PostureValue, tellResult } from './contribute.ts'

type Guards = Result<PostureValue<'guards'>, Failure>

/** "assessments enabled" or "assessments disabled"; spctl ends with 1 when they are disabled. Errors: `exit`, `empty`, `parse`. */
export function parseSpctl(text: string, stderr: string, exitCode: number | null): Guards {
  const words = [...`${text}\n${stderr}`.matchAll(/^\s{0,8}assessments (enabled|disabled)\s*$/gm)].map(
    ([, word]) => word,
  )
  const word = agreed(words)
  const isProven = word === 'disabled' ? exitCode === 0 || exitCode === 1 : exitCode === 0
  if (word === null || !isProven) return noAnswer('spctl', text, stderr, exitCode)
  return ok(guardsOf({ gatekeeper: word === 'enabled' }))
}

/**
 * "System Integrity Protection status: enabled." A custom configuration protects only in part: off, whatever the first line says.
 * Errors: `exit`, `empty`, `parse`.
 */
export function parseCsrutil(text: string, stderr: string, exitCode: number | null): Guards {
  const states = [
    ...text.matchAll(/^\s{0,8}System Integrity Protection status: (enabled|disabled|unknown)\b([^\n]{0,80})$/gm),
  ]
  const state = exitCode === 0 ? agreed(states.map(([, word]) => word)) : null
  if (state === null) return noAnswer('csrutil', text, stderr, exitCode)
  const isCustom =
    states.some(([, , rest = '']) => /custom/i.test(rest)) || /^\s{1,8}[A-Z][A-Za-z -]{3,40}: disabled$/m.test(text)
  // The sentence ends in a full stop: "enabled" without one is the beginning of something else.
  const isWhole = states.every(([, , rest = '']) => /^\.\s*$/.test(rest))
  if (!isCustom && (state === 'unknown' || (state === 'enabled' && !isWhole)))
    return noAnswer('csrutil', text, stderr, exitCode)
  return ok(guardsOf({ sip: state === 'enabled' && !isCustom }))
}

/** Errors as `parseSpctl`. */
export const spctlSource: Source<'posture'> = {
  id: 'posture/spctl',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/spctl', 'guards', parseSpctl(decode(stdout), stderr, exitCode)),
}

/** Errors as `parseCsrutil`. */
export const csrutilSource: Source<'posture'> = {
  id: 'posture/csrutil',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/csrutil', 'guards', parseCsrutil(decode(stdout), stderr, exitCode)),
}
