/** `firewall-cmd --state` with `--list-all`, or `systemctl status firewalld` → state. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type FirewallState, firewallAnswer } from './firewall-state.ts'

/** Exit of `firewall-cmd --state` when the daemon does not run (firewall-cmd(1), NOT_RUNNING). */
const NOT_RUNNING = 252
/** Exit of `systemctl status` for a unit that is not active (systemctl(1)). */
const NOT_ACTIVE = 3

/** Errors: `empty`, `access-denied`, `exit`, `parse`. firewalld rejects what no rule of the zone names, unless the zone's target accepts. */
export function parseFirewalld(text: string, stderr: string, exitCode: number | null): Result<FirewallState, Failure> {
  const all = `${text}\n${stderr}`
  if (/authorization failed|not authorized|must be root/i.test(all)) {
    return err({ code: 'access-denied', detail: 'firewalld answers root only' })
  }
  if (/firewalld\.service/.test(text)) return parseUnit(text, exitCode)
  if (exitCode === NOT_RUNNING || /^not running$/m.test(all))
    return ok({ enabled: false, startsAtBoot: null, inbound: null })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `firewall-cmd ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  if (text.trim() === '') return err({ code: 'empty', detail: 'firewall-cmd printed nothing' })
  const hasActiveZone = ACTIVE_ZONE.test(text)
  if (!/^running$/m.test(text) && !hasActiveZone)
    return err({ code: 'parse', detail: `firewall-cmd --state: ${firstLine(text)}` })
  return ok({ enabled: true, startsAtBoot: null, inbound: inboundOf(text) })
}

function parseUnit(text: string, exitCode: number | null): Result<FirewallState, Failure> {
  const active = /^ *Active: (\w+)(?: \((\w+)\))?/m.exec(text)
  if (active === null || (exitCode !== 0 && exitCode !== NOT_ACTIVE)) {
    return err({ code: 'parse', detail: 'systemctl status firewalld: no line "Active:"' })
  }
  const enabled = active[1] === 'active' && active[2] === 'running' && exitCode === 0
  const unit = /^ *Loaded: .*; (enabled|disabled|masked|static)/m.exec(text)?.[1]
  return ok({ enabled, startsAtBoot: unit === undefined ? null : unit === 'enabled', inbound: null })
}

/** Head of a zone in `--list-all`, which only a daemon that runs answers: `public (active)`, `public (default, active)`. */
const ACTIVE_ZONE = /^\S{1,64} \((?:default, )?active\)\s*$/m

const REFUSING: ReadonlySet<string> = new Set(['default', 'DROP', 'REJECT', '%%REJECT%%'])

/**
 * Targets of the zones in use; of the only one shown when none is (no interface yet). With several, which one counts is not told.
 * `default` and `%%REJECT%%` reject, `DROP` drops, `ACCEPT` lets through (firewalld.zone(5)).
 */
function inboundOf(text: string): FirewallState['inbound'] {
  const zones = text.split(/^(?=\S{1,64}(?: \([a-z, ]{1,40}\))?\s*$)/m)
  const active = zones.filter((zone) => ACTIVE_ZONE.test(zone))
  const told = zones.filter((zone) => /^ {0,20}target: /m.test(zone))
  if (active.length === 0 && told.length > 1) return null
  const targets = (active.length > 0 ? active : told).flatMap((zone) =>
    [...zone.matchAll(/^ {0,20}target: (\S{1,64})/gm)].map(([, target = '']) => target),
  )
  if (targets.includes('ACCEPT')) return 'accept'
  return targets.length > 0 && targets.every((target) => REFUSING.has(target)) ? 'drop' : null
}

/** Errors as `parseFirewalld`. */
export const firewalldSource: Source<'posture'> = {
  id: 'posture/firewalld',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    firewallAnswer('posture/firewalld', 'firewalld', parseFirewalld(decode(stdout), stderr, exitCode)),
}
