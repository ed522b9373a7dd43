/**
 * The application firewall of macOS: `socketfilterfw --getglobalstate`, and what older systems and system_profiler say: `defaults read
 * /Library/Preferences/com.apple.alf globalstate` (0, 1, 2), that property list itself, SPFirewallDataType. Since macOS 15 the
 * property list is gone, so that a missing one proves nothing (osquery/osquery#8395). Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parsePlist } from '../macos/plist.ts'
import { agreed, noAnswer, type PostureValue, tellResult } from './contribute.ts'

/** 0 off, 1 on for what is not signed or allowed, 2 everything refused. */
type State = 0 | 1 | 2

const FORMS: readonly (readonly [RegExp, State])[] = [
  [/^Firewall is (?:enabled|disabled)\. \(State = 0\)\s*$/i, 0],
  [/^Firewall is enabled\. \(State = 1\)\s*$/i, 1],
  [/^Firewall is enabled\. \(State = 2\)\s*$/i, 2],
  [/^Firewall is set to block all non-essential incoming connections\.?\s*$/i, 2],
  [/^Firewall is (?:disabled|off)\.?\s*$/i, 0],
  [/^Firewall is (?:enabled|on)\.?\s*$/i, 1],
  [/^\s*Mode: Allow all incoming connections\s*$/i, 0],
  [/^\s*Mode: (?:Limit incoming connections to|Set access for) specific services and applications\s*$/i, 1],
  [/^\s*Mode: (?:Block all incoming connections|Allow only essential services)\s*$/i, 2],
  [/^\s*"spfirewall_globalstate"\s*:\s*"(?:spfirewall_globalstate_allow_all|off)",?\s*$/i, 0],
  [/^\s*"spfirewall_globalstate"\s*:\s*"spfirewall_globalstate_limit_connections",?\s*$/i, 1],
  [/^\s*"spfirewall_globalstate"\s*:\s*"spfirewall_globalstate_block_all",?\s*$/i, 2],
]

/** Errors: `access-denied`, `exit` (also for a property list that does not exist), `empty`, `parse` (nothing known, or two answers). */
export function parseSocketfilterfw(
  bytes: Uint8Array,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'firewall'>, Failure> {
  const text = decode(bytes)
  const state = exitCode === 0 ? stateOf(bytes, text) : null
  if (state === null) return noAnswer('socketfilterfw', text, stderr, exitCode)
  const enabled = state > 0
  // The setting outlives a restart: it is launchd that starts the filter.
  return ok({ tool: 'application-firewall', enabled, startsAtBoot: enabled, inbound: enabled ? 'drop' : 'accept' })
}

function stateOf(bytes: Uint8Array, text: string): State | null {
  const trimmed = text.trim()
  if (/^[012]$/.test(trimmed)) return Number(trimmed) as State
  if (/^(?:bplist00|<\?xml|<plist)/.test(trimmed)) {
    const list = parsePlist(bytes)
    const told = list.ok ? list.value.number('globalstate') : null
    return told === 0 || told === 1 || told === 2 ? told : null
  }
  const states = text.split('\n', 200).flatMap((line) => {
    const form = FORMS.find(([pattern]) => pattern.test(line.slice(0, 200)))
    return form === undefined ? [] : [form[1]]
  })
  // "State = 1" with a line on blocking everything is one answer: on.
  return states.length > 1 && !states.includes(0) ? 1 : agreed(states)
}

/** Errors as `parseSocketfilterfw`. */
export const socketfilterfwSource: Source<'posture'> = {
  id: 'posture/socketfilterfw',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/socketfilterfw', 'firewall', parseSocketfilterfw(stdout, stderr, exitCode)),
}
