/** `pfctl -s info` (macOS, BSD) → whether the packet filter runs. What its rules let in is not in it. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { agreed, noAnswer, type PostureValue, tellResult } from './contribute.ts'

/** Errors: `access-denied` (needs root), `exit`, `empty`, `parse`. */
export function parsePf(
  text: string,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'firewall'>, Failure> {
  const states = [...text.matchAll(/^\s{0,8}Status: (Enabled|Disabled)\b/gm)].map(([, state]) => state)
  const state = exitCode === 0 ? agreed(states) : null
  if (state === null) return noAnswer('pfctl', text, stderr, exitCode)
  const enabled = state === 'Enabled'
  return ok({ tool: 'pf', enabled, startsAtBoot: null, inbound: null })
}

/** Errors as `parsePf`. */
export const pfSource: Source<'posture'> = {
  id: 'posture/pf',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/pf', 'firewall', parsePf(decode(stdout), stderr, exitCode)),
}
