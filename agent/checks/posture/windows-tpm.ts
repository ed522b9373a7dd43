/** The TPM of a Windows machine: Win32_Tpm (JSON, WMI dump) or Get-Tpm as a list. A TPM that is switched off counts as none. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { type PostureValue, tellResult } from './contribute.ts'

type BootTrust = PostureValue<'bootTrust'>

/** Errors: those of `readWindowsRecords`, `exit`, `parse`. An answer without any instance says that there is none. */
export function parseWindowsTpm(bytes: Uint8Array, exitCode: number | null): Result<BootTrust, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the question about the TPM ended with ${exitCode}` })
  // Get-Tpm leaves an empty line between its two halves.
  const isList = /^TpmPresent\b/m.test(decode(bytes.subarray(0, 8_192)))
  const joined = isList ? Buffer.from(decode(bytes).replace(/\n{2,}/g, '\n')) : bytes
  const records = readWindowsRecords(joined, 'tpm')
  if (!records.ok) return records
  if (records.value.length === 0) return ok({ secureBoot: null, tpm: 'none' })
  const versions = records.value.flatMap((record) => versionOf(record) ?? [])
  const [version] = versions
  if (version === undefined) return err({ code: 'parse', detail: 'neither SpecVersion nor TpmPresent is told' })
  return ok({ secureBoot: null, tpm: version === '' ? null : version })
}

/** null: no TPM in this record; '': there is one, its version is not told. */
function versionOf(record: WindowsRecord): string | null {
  const present = record.flag('TpmPresent')
  const switches = ['IsEnabled_InitialValue', 'IsActivated_InitialValue', 'TpmEnabled', 'TpmActivated']
  const isOff = present === false || switches.some((name) => record.flag(name) === false)
  const spec = /^(\d\.\d)\b/.exec(record.text('SpecVersion', 100) ?? '')?.[1] ?? null
  if (present === null && spec === null && !isOff) return null
  if (isOff) return 'none'
  if (spec !== null) return spec
  const full = record.text('ManufacturerVersionFull20')
  return full === null ? '' : /^\d/.test(full) ? '2.0' : '1.2'
}

/** Errors as `parseWindowsTpm`. */
export const windowsTpmSource: Source<'posture'> = {
  id: 'posture/windows-tpm',
  check: 'posture',
  parse: ({ stdout, exitCode }) => tellResult('posture/windows-tpm', 'bootTrust', parseWindowsTpm(stdout, exitCode)),
}
