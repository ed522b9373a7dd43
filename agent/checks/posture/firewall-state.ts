/** What a parser of one firewall tool says; the part of the section is made of it. Pure. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Contribution } from '../collector.ts'

/** State that one tool proves. `inbound`: what happens to traffic that no rule names; null: not told. */
export type FirewallState = {
  readonly enabled: boolean
  readonly startsAtBoot: boolean | null
  readonly inbound: 'drop' | 'accept' | null
}

/** The part of the section. */
export function firewallPart(source: string, tool: string, state: FirewallState): PostureSection['firewall'] {
  return read(source, { tool, ...state })
}

/** The answer of a source. An output without any filter proves nothing about the other tools: it stays "off" for this one. */
export function firewallAnswer(
  source: string,
  tool: string,
  state: Result<FirewallState, Failure>,
): Result<Contribution<'posture'>, Failure> {
  return state.ok ? ok({ parts: { firewall: firewallPart(source, tool, state.value) }, samples: {} }) : state
}

/** Chains that other programs keep for themselves: they forward or ban, they are no firewall of the machine. */
export function isForeignChain(name: string): boolean {
  return /^(?:docker|libvirt|lxd|lxc|cni|kube|cilium|flannel|calico|cali-|f2b|fail2ban|crowdsec|sshguard|ts-|podman|netavark|nm-sh)/i.test(
    name,
  )
}
