/** User Account Control of Windows: the registry value EnableLUA. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { guardsOf, type PostureValue, tellResult } from './contribute.ts'
import { readRegistry } from './registry.ts'

/** Errors: those of `readRegistry`, `exit`, `empty`. */
export function parseUac(bytes: Uint8Array, exitCode: number | null): Result<PostureValue<'guards'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the registry was not read: exit ${exitCode}` })
  const registry = readRegistry(bytes, 'uac')
  if (!registry.ok) return registry
  const uac =
    registry.value.flag('\\currentversion\\policies\\system', 'EnableLUA') ?? bare(registry.value.text('', 'EnableLUA'))
  return uac === null ? err({ code: 'empty', detail: 'EnableLUA is not told' }) : ok(guardsOf({ uac }))
}

const bare = (word: string | null) => (word === '1' ? true : word === '0' ? false : null)

/** Errors as `parseUac`. */
export const windowsUacSource: Source<'posture'> = {
  id: 'posture/windows-uac',
  check: 'posture',
  parse: ({ stdout, exitCode }) => tellResult('posture/windows-uac', 'guards', parseUac(stdout, exitCode)),
}
