/** Secure Boot of Windows: the registry value UEFISecureBootEnabled, or what Confirm-SecureBootUEFI prints. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { noAnswer, type PostureValue, tellResult } from './contribute.ts'
import { readRegistry } from './registry.ts'

const STATE = '\\control\\secureboot\\state'

/** Errors: those of `readRegistry`, `access-denied`, `exit`, `empty`. A key that was looked for and is not there: legacy BIOS, null. */
export function parseWindowsSecureBoot(
  bytes: Uint8Array,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'bootTrust'>, Failure> {
  const text = decode(bytes)
  // "Cmdlet not supported on this platform: 0xC0000002": no UEFI.
  if (/Cmdlet not supported on this platform|0xC0000002/i.test(`${text.slice(0, 2_000)}\n${stderr}`))
    return ok({ secureBoot: null, tpm: null })
  if (exitCode !== 0) return noAnswer('the question about Secure Boot', text, stderr, exitCode)
  const word = /^\s*(True|False)\s*$/i.exec(text.slice(0, 40))?.[1]
  if (word !== undefined) return ok({ secureBoot: word.toLowerCase() === 'true', tpm: null })
  const registry = readRegistry(bytes, 'secure-boot')
  if (!registry.ok) return registry
  const secureBoot = registry.value.flag(STATE, 'UEFISecureBootEnabled')
  if (secureBoot === null && !registry.value.isAbsent(STATE))
    return err({ code: 'empty', detail: 'UEFISecureBootEnabled is not told' })
  return ok({ secureBoot, tpm: null })
}

/** Errors as `parseWindowsSecureBoot`. */
export const windowsSecureBootSource: Source<'posture'> = {
  id: 'posture/windows-secure-boot',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/windows-secure-boot', 'bootTrust', parseWindowsSecureBoot(stdout, stderr, exitCode)),
}
