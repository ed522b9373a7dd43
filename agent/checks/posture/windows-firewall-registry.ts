/**
 * The Windows firewall by the registry: group policy over the machine's own settings, and the two services without which neither
 * counts. `.reg`, `reg query`, JSON. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { type PostureValue, tellResult } from './contribute.ts'
import { type Registry, readRegistry } from './registry.ts'
import { judgeProfiles, type ToldProfile } from './windows-firewall-profiles.ts'

/** Keys by profile; "Standard" is the old name of private. */
const KEYS = {
  domain: ['domainprofile'],
  private: ['privateprofile', 'standardprofile'],
  public: ['publicprofile'],
} as const
const POLICY = '\\policies\\microsoft\\windowsfirewall\\'
const LOCAL = '\\firewallpolicy\\'
/** Windows Defender Firewall and the Base Filtering Engine that it stands on. */
const SERVICES = ['mpssvc', 'bfe'] as const

/** Errors: those of `readRegistry` and `judgeProfiles`; `exit`. A stopped service is "off" whatever the registry says. */
export function parseFirewallRegistry(
  bytes: Uint8Array,
  exitCode: number | null,
): Result<PostureValue<'firewall'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the registry was not read: exit ${exitCode}` })
  const registry = readRegistry(bytes, 'firewall-registry')
  if (!registry.ok) return registry
  const told = (['domain', 'private', 'public'] as const).map((name) => profileOf(registry.value, name))
  if (SERVICES.some((service) => registry.value.runs(service) === false))
    return ok({ tool: 'windows-firewall', enabled: false, startsAtBoot: null, inbound: 'accept' })
  return judgeProfiles(told)
}

function profileOf(registry: Registry, name: keyof typeof KEYS): ToldProfile {
  const first = <T>(ask: (key: string) => T | null): T | null => {
    for (const base of [POLICY, LOCAL])
      for (const key of KEYS[name]) {
        const value = ask(base + key)
        if (value !== null) return value
      }
    return null
  }
  const enabled = first((key) => registry.flag(key, 'EnableFirewall'))
  const action = first((key) => registry.number(key, 'DefaultInboundAction'))
  // [MS-GPFAS] 2.2.2.6: 0 allows, 1 blocks; without the value it blocks, but here a missing value may as well have been cut off.
  return { name, enabled, inbound: action === 0 ? 'accept' : action === 1 ? 'drop' : null }
}

/** Errors as `parseFirewallRegistry`. */
export const windowsFirewallRegistrySource: Source<'posture'> = {
  id: 'posture/windows-firewall-registry',
  check: 'posture',
  parse: ({ stdout, exitCode }) =>
    tellResult('posture/windows-firewall-registry', 'firewall', parseFirewallRegistry(stdout, exitCode)),
}
