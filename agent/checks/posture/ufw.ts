/** `ufw status verbose` → state. Pure. Only the root user gets an answer; "inactive" is one (ufw 0.36). */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type FirewallState, firewallAnswer } from './firewall-state.ts'

/**
 * Errors: `empty`, `access-denied` (needs root), `exit`, `parse`. ufw that is active starts at boot by design; whether
 * its unit is enabled is for the caller to see. Without `verbose` the default for inbound is not told.
 */
export function parseUfw(text: string, stderr: string, exitCode: number | null): Result<FirewallState, Failure> {
  if (/need to be root/i.test(`${stderr}\n${text}`))
    return err({ code: 'access-denied', detail: 'ufw answers root only' })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `ufw status ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'ufw status printed nothing' })
  const states = [...text.matchAll(/^Status: (\S+)$/gm)].map(([, state]) => state)
  const status = states.length === 1 ? states[0] : null
  if (status === 'inactive') return ok({ enabled: false, startsAtBoot: null, inbound: null })
  if (status !== 'active') return err({ code: 'parse', detail: `ufw status: ${firstLine(text)}` })
  return ok({ enabled: true, startsAtBoot: null, inbound: inboundOf(text) })
}

/** `Anywhere  ALLOW IN  Anywhere`: everything, from everybody. */
const ALL_ALLOWED =
  /^(?:\[ {0,3}\d{1,4}\] )?Anywhere(?: \(v6\))? {2,60}ALLOW(?: IN)? {2,60}Anywhere(?: \(v6\))?(?: {0,60}#[^\n]{0,200})? {0,60}$/m

function inboundOf(text: string): FirewallState['inbound'] {
  if (ALL_ALLOWED.test(text)) return 'accept'
  const policy = /^Default: (deny|reject|allow|limit) \(incoming\)/m.exec(text)?.[1]
  if (policy === undefined) return null
  return policy === 'allow' || policy === 'limit' ? 'accept' : 'drop'
}

/** Errors as `parseUfw`. */
export const ufwSource: Source<'posture'> = {
  id: 'posture/ufw',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    firewallAnswer('posture/ufw', 'ufw', parseUfw(decode(stdout), stderr, exitCode)),
}
