/** `fdesetup status` (macOS) → FileVault. It ends with 0 whether it is on or off, so only its words count. Pure. */
import type { EncryptedVolume } from '../../../shared/checks/posture.ts'
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { agreed, noAnswer, type PostureValue, tellResult } from './contribute.ts'

/** Errors: `access-denied`, `exit`, `empty`, `parse`. "On" with an encryption that still runs is not protected yet. */
export function parseFdesetup(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'encryption'>, Failure> {
  const state = exitCode === 0 ? stateOf(text) : null
  if (state === null) return noAnswer('fdesetup', text, stderr, exitCode)
  return ok([{ mount: '/', system: true, state, method: state === 'off' ? null : 'filevault' }])
}

function stateOf(text: string): EncryptedVolume['state'] | null {
  if (/^\s{0,8}Decryption in progress\b/m.test(text)) return 'decrypting'
  if (/^\s{0,8}Encryption in progress\b/m.test(text)) return 'encrypting'
  const lines = [...text.matchAll(/^\s{0,8}FileVault is (On|Off)\b([^\n]{0,200})$/gm)]
  const word = agreed(lines.map(([, word]) => word))
  if (word === null) return null
  if (word === 'Off') return 'off'
  // "FileVault is On, but needs to be restarted to finish."
  return lines.some(([, , rest = '']) => /but needs/i.test(rest)) ? 'encrypting' : 'protected'
}

/** Errors as `parseFdesetup`. */
export const fdesetupSource: Source<'posture'> = {
  id: 'posture/fdesetup',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/fdesetup', 'encryption', parseFdesetup(decode(stdout), stderr, exitCode)),
}
