/** `mokutil --sb-state` → Secure Boot of a Linux machine. Pure. Words of mokutil 0.6. */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { agreed, noAnswer, type PostureValue, tellResult } from './contribute.ts'

/** Errors: `access-denied`, `exit`, `empty`, `parse`. A machine without EFI has no such thing: null. */
export function parseMokutil(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'bootTrust'>, Failure> {
  const all = `${text}\n${stderr}`
  if (/EFI variables are not supported|doesn't support Secure Boot/i.test(all))
    return ok({ secureBoot: null, tpm: null })
  const words = [...text.matchAll(/^SecureBoot (enabled|disabled)\b/gm)].map(([, word]) => word)
  const word = exitCode === 0 ? agreed(words) : null
  if (word === null) return noAnswer('mokutil', text, stderr, exitCode)
  // The firmware checks shim and shim then checks nothing.
  const isHollow = /validation is disabled in shim|Platform is in Setup Mode/i.test(all)
  return ok({ secureBoot: word === 'enabled' && !isHollow, tpm: null })
}

/** Errors as `parseMokutil`. */
export const mokutilSource: Source<'posture'> = {
  id: 'posture/mokutil',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/mokutil', 'bootTrust', parseMokutil(decode(stdout), stderr, exitCode)),
}
