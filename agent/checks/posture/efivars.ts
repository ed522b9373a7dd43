/** The EFI variable SecureBoot as Linux shows it: four bytes of attributes and one of value; raw, or as numbers from `od -An -t u1`. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { noAnswer, type PostureValue, tellResult } from './contribute.ts'

/** The variable of the firmware (UEFI specification, 3.3). */
export const SECURE_BOOT_VARIABLE = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c'
const LENGTH = 5

/** Errors: `empty`, `exit`, `parse` (not five bytes, or a value other than 0 and 1). */
export function parseEfivars(
  bytes: Uint8Array,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'bootTrust'>, Failure> {
  if (exitCode !== 0 || bytes.length === 0) return noAnswer('the EFI variable SecureBoot', '', stderr, exitCode)
  const numbers = bytes.length === LENGTH ? [...bytes] : numbersOf(bytes)
  const value = numbers[LENGTH - 1]
  if (numbers.length !== LENGTH || (value !== 0 && value !== 1))
    return err({ code: 'parse', detail: `the EFI variable SecureBoot has ${bytes.length} bytes, not ${LENGTH}` })
  return ok({ secureBoot: value === 1, tpm: null })
}

function numbersOf(bytes: Uint8Array): readonly number[] {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).trim()
  return bytes.length <= 200 && /^\d{1,3}(?:\s+\d{1,3}){4}$/.test(text) ? text.split(/\s+/).map(Number) : []
}

/** Errors as `parseEfivars`. */
export const efivarsSource: Source<'posture'> = {
  id: 'posture/efivars',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/efivars', 'bootTrust', parseEfivars(stdout, stderr, exitCode)),
}
