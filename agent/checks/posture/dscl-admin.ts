/** `dscl . -read /Groups/admin GroupMembership` (macOS) → how many may do everything. Names are counted, never kept. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { accountsOf, noAnswer, type PostureValue, tellResult } from './contribute.ts'

/** Errors: `exit`, `empty`, `access-denied`, `parse`. `root` is in the group on every Mac and is nobody. Long lists are wrapped and indented. */
export function parseDsclAdmin(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'accounts'>, Failure> {
  const lines = text.split('\n', 2_000)
  const start = lines.findIndex((line) => line.startsWith('GroupMembership:'))
  if (exitCode !== 0 || start < 0) return noAnswer('dscl', text, stderr, exitCode)
  const names = new Set<string>()
  let hasRoot = false
  for (const [index, line] of lines.slice(start).entries()) {
    // The next attribute begins at the margin.
    if (index > 0 && !/^\s/.test(line)) break
    const members = index === 0 ? line.slice('GroupMembership:'.length) : line
    for (const name of members.slice(0, 100_000).split(/\s+/)) {
      hasRoot ||= name === 'root'
      if (name !== '' && name !== 'root') names.add(name)
    }
  }
  if (names.size === 0 && !hasRoot)
    return err({ code: 'parse', detail: 'dscl: a group without a member, not even root' })
  return ok(accountsOf({ administrators: names.size }))
}

/** Errors as `parseDsclAdmin`. */
export const dsclAdminSource: Source<'posture'> = {
  id: 'posture/dscl-admin',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/dscl-admin', 'accounts', parseDsclAdmin(decode(stdout), stderr, exitCode)),
}
