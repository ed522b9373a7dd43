/** The firewall of this machine: the tools in the order in which they own the rules. I/O through the probe. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Task } from '../collector.ts'
import { readContainer } from '../container.ts'
import { decode } from '../decode.ts'
import { collectMacFirewall, collectWindowsFirewall } from './collect-firewall-others.ts'
import { type FirewallState, firewallPart } from './firewall-state.ts'
import { parseFirewalld } from './firewalld.ts'
import { parseIptables } from './iptables.ts'
import { parseNft } from './nft.ts'
import { parseUfw } from './ufw.ts'

const SOURCE = 'posture/firewall'

/** `posture/firewall`: up to five children (ufw, firewall-cmd, nft, iptables-save), each only where it is installed. */
export const firewallTask: Task<'posture'> = {
  id: 'posture/firewall',
  check: 'posture',
  cadence: 'posture',
  parts: ['firewall'],
  timeoutMs: 2 * MINUTE_MS,
  wake: [
    '/etc/ufw',
    '/etc/ufw/ufw.conf',
    '/etc/ufw/user.rules',
    '/etc/firewalld',
    '/etc/firewalld/zones',
    '/etc/nftables.conf',
    '/etc/iptables/rules.v4',
    '/etc/systemd/system/multi-user.target.wants',
    '/etc/systemd/system/sysinit.target.wants',
  ],
  collect: async (context) => ({ parts: { firewall: await collectFirewall(context) }, samples: {} }),
}

/** What one tool answered; `state` null: it is not installed. */
type Answer = { readonly tool: Tool; readonly state: Result<FirewallState, Failure> | null }
type Tool = 'ufw' | 'firewalld' | 'nftables' | 'iptables'

async function collectFirewall(context: CollectContext): Promise<PostureSection['firewall']> {
  const { probe, off } = context
  if (off.has(SOURCE)) return failed(SOURCE, { code: 'disabled', detail: 'switched off' })
  if (probe.platform === 'win32') return collectWindowsFirewall(context)
  if (probe.platform === 'darwin') return collectMacFirewall(context)
  const container = await readContainer(probe)
  if (container !== null) {
    return failed(SOURCE, { code: 'unsupported', detail: `Container (${container}): the machine around it filters` })
  }
  const answers: Answer[] = []
  for (const ask of [askUfw, askFirewalld, askNft, askIptables]) {
    const answer = await ask(probe)
    if (answer.state?.ok && answer.state.value.enabled) return enabledPart(probe, answer.tool, answer.state.value)
    answers.push(answer)
  }
  return judgeNothing(probe, answers)
}

async function enabledPart(probe: Probe, tool: Tool, state: FirewallState): Promise<PostureSection['firewall']> {
  return firewallPart(`posture/${tool}`, tool, { ...state, startsAtBoot: await startsAtBoot(probe, tool) })
}

/** "Off" is said only when the rules of the kernel were really read. */
async function judgeNothing(probe: Probe, answers: readonly Answer[]): Promise<PostureSection['firewall']> {
  const refusal = answers.flatMap(({ state }) => (state !== null && !state.ok ? [state.error] : []))[0]
  if (refusal !== undefined) return failed(SOURCE, refusal)
  const hidden = await whyRulesMayHide(probe, answers)
  if (hidden !== null) return failed(SOURCE, { code: 'tool-missing', detail: hidden })
  const tool =
    answers.find(({ tool, state }) => state !== null && (tool === 'ufw' || tool === 'firewalld'))?.tool ?? null
  return read(SOURCE, { tool, enabled: false, startsAtBoot: null, inbound: 'accept' })
}

/** Rules of the old iptables are invisible to nft, and the other way round; the kernel lists the old tables to root. */
async function whyRulesMayHide(probe: Probe, answers: readonly Answer[]): Promise<string | null> {
  const asked = (wanted: Tool) => answers.some(({ tool, state }) => tool === wanted && state !== null)
  if (asked('iptables')) return null
  const names = await probe.readFile('/proc/net/ip_tables_names', { maxBytes: 4_096 })
  if (names.ok && decode(names.value).split('\n').includes('filter')) {
    return 'iptables rules are loaded, but iptables-save is not installed'
  }
  if (names.ok || asked('nftables')) return null
  return `neither nft nor iptables-save is installed, and /proc/net/ip_tables_names cannot be read (${names.error.code})`
}

async function askUfw(probe: Probe): Promise<Answer> {
  if (!(await probe.has('ufw'))) return { tool: 'ufw', state: null }
  const run = await probe.exec('ufw', ['status', 'verbose'])
  const state = run.ok ? parseUfw(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
  return { tool: 'ufw', state }
}

async function askFirewalld(probe: Probe): Promise<Answer> {
  if (!(await probe.has('firewall-cmd'))) return { tool: 'firewalld', state: null }
  const run = await probe.exec('firewall-cmd', ['--state'])
  const state = run.ok ? parseFirewalld(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
  if (!state.ok || !state.value.enabled || !run.ok) return { tool: 'firewalld', state }
  // `--list-all` shows the default zone, which need not be the one that the interfaces are in.
  const zone = await probe.exec('firewall-cmd', ['--list-all-zones'])
  const text = `${decode(run.value.stdout)}\n${zone.ok ? decode(zone.value.stdout) : ''}`
  return { tool: 'firewalld', state: parseFirewalld(text, '', 0) }
}

async function askNft(probe: Probe): Promise<Answer> {
  if (!(await probe.has('nft'))) return { tool: 'nftables', state: null }
  const run = await probe.exec('nft', ['-j', 'list', 'ruleset'], { maxBytes: 4 * 1024 * 1024 })
  const state = run.ok ? parseNft(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
  if (!state.ok) return { tool: 'nftables', state }
  const { byFamily, ...firewall } = state.value
  const open = firewall.inbound === 'drop' && byFamily.ip6 === null && (await hasGlobalIpv6(probe))
  return { tool: 'nftables', state: { ok: true, value: { ...firewall, inbound: open ? 'accept' : firewall.inbound } } }
}

async function askIptables(probe: Probe): Promise<Answer> {
  if (!(await probe.has('iptables-save'))) return { tool: 'iptables', state: null }
  const run = await probe.exec('iptables-save', [])
  const state = run.ok ? parseIptables(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
  if (!state.ok || state.value.inbound !== 'drop' || !(await hasGlobalIpv6(probe))) return { tool: 'iptables', state }
  // It shows IPv4 only, and this machine is reached by IPv6 too.
  return { tool: 'iptables', state: { ok: true, value: { ...state.value, inbound: null } } }
}

/** Scope 00 is global (/proc/net/if_inet6); the loopback and link-local addresses have others. */
async function hasGlobalIpv6(probe: Probe): Promise<boolean> {
  const file = await probe.readFile('/proc/net/if_inet6', { maxBytes: 64 * 1024 })
  return file.ok && /^[0-9a-f]{32} [0-9a-f]+ [0-9a-f]+ 00 /m.test(decode(file.value))
}

const UNITS: { readonly [T in Tool]: string } = {
  ufw: 'ufw.service',
  firewalld: 'firewalld.service',
  nftables: 'nftables.service',
  iptables: 'netfilter-persistent.service',
}

/** By the links that enable a unit. Rules of nft and iptables may be loaded by anything else: then it is not known. */
async function startsAtBoot(probe: Probe, tool: Tool): Promise<boolean | null> {
  if (!(await probe.stat('/run/systemd/system')).ok) return null
  for (const target of ['multi-user.target.wants', 'sysinit.target.wants', 'basic.target.wants']) {
    if ((await probe.readLink(`/etc/systemd/system/${target}/${UNITS[tool]}`)).ok) return true
  }
  return tool === 'ufw' || tool === 'firewalld' ? false : null
}
