/** The firewalls of Windows and macOS. I/O through the probe. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { read } from '../../../shared/reading.ts'
import type { CollectContext } from '../collector.ts'
import { askBlock, askProgram, partOf } from './ask-source.ts'
import { socketfilterfwSource } from './socketfilterfw.ts'
import { judgeProfiles, windowsFirewallProfilesSource } from './windows-firewall-profiles.ts'
import { windowsFirewallRegistrySource } from './windows-firewall-registry.ts'

type Firewall = PostureSection['firewall']

/**
 * The registry is read every time and knows what is on; what the profiles do with traffic that no rule names is asked from the active store
 * every six hours, because its module is slow to load.
 */
export async function collectWindowsFirewall(context: CollectContext): Promise<Firewall> {
  const registry = partOf(
    await askBlock(context, windowsFirewallRegistrySource, 'firewall-registry'),
    'firewall',
    windowsFirewallRegistrySource.id,
  )
  const active = partOf(
    await askBlock(context, windowsFirewallProfilesSource, 'firewall-profiles'),
    'firewall',
    windowsFirewallProfilesSource.id,
  )
  if (registry.state !== 'value') return active
  const { profiles, enabled, inbound } = registry.value
  if (profiles === undefined || !enabled || inbound !== null || active.state !== 'value') return registry
  const filled = profiles.map((profile) => ({
    ...profile,
    inbound: profile.inbound ?? active.value.profiles?.find(({ name }) => name === profile.name)?.inbound ?? null,
  }))
  const judged = judgeProfiles(filled)
  return judged.ok ? read(registry.source, judged.value) : registry
}

/** One child. */
export async function collectMacFirewall(context: CollectContext): Promise<Firewall> {
  const answer = await askProgram(context, socketfilterfwSource, 'socketfilterfw', ['--getglobalstate'])
  return partOf(answer, 'firewall', socketfilterfwSource.id)
}
