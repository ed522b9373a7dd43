/**
 * Whether Windows answers to the first version of SMB: MSFT_SmbServerConfiguration (EnableSMB1Protocol), the registry value SMB1 of
 * LanmanServer, or the state of the feature SMB1Protocol. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { type PostureValue, tellResult } from './contribute.ts'
import { readRegistry } from './registry.ts'

const PARAMETERS = '\\lanmanserver\\parameters'

/** Errors: those of the readers, `exit`, `empty` when nothing is told: what Windows does by itself depends on its version. */
export function parseSmb1(bytes: Uint8Array, exitCode: number | null): Result<PostureValue<'smb1'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the question about SMB 1 ended with ${exitCode}` })
  if (/^\s*(?:Windows Registry|REGEDIT4|\[?HKEY_)/i.test(decode(bytes.subarray(0, 200)))) {
    const registry = readRegistry(bytes, 'smb1')
    return registry.ok ? judge([registry.value.flag(PARAMETERS, 'SMB1')]) : registry
  }
  const records = readWindowsRecords(bytes, 'smb1')
  return records.ok ? judge(records.value.flatMap(answersOf)) : records
}

function answersOf(record: WindowsRecord): readonly (boolean | null)[] {
  // The client asks and does not answer, and SMB1Protocol-Deprecation only takes the feature away when nobody uses it.
  const state = /^smb1protocol(?:-server)?$/i.test(record.text('FeatureName') ?? '') ? record.text('State') : null
  const feature = state === null ? null : /^enable/i.test(state) ? true : /^disabled/i.test(state) ? false : null
  return [record.flag('EnableSMB1Protocol'), record.flag('SMB1'), feature]
}

/** One "on" is enough. */
function judge(answers: readonly (boolean | null)[]): Result<PostureValue<'smb1'>, Failure> {
  if (answers.includes(true)) return ok({ enabled: true })
  if (answers.includes(false)) return ok({ enabled: false })
  return err({ code: 'empty', detail: 'nothing is told about SMB 1' })
}

/** Errors as `parseSmb1`. */
export const windowsSmb1Source: Source<'posture'> = {
  id: 'posture/windows-smb1',
  check: 'posture',
  parse: ({ stdout, exitCode }) => tellResult('posture/windows-smb1', 'smb1', parseSmb1(stdout, exitCode)),
}
