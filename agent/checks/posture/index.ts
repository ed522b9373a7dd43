/** The room `posture`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { apcaccessSource } from './apcaccess.ts'
import { askSeldom, HOURLY_RUNS } from './ask-seldom.ts'
import { brief } from './brief.ts'
import { chronycSource } from './chronyc.ts'
import { accountsTask } from './collect-accounts.ts'
import { bootTask } from './collect-boot.ts'
import { encryptionTask } from './collect-encryption.ts'
import { firewallTask } from './collect-firewall.ts'
import { remoteTask } from './collect-remote.ts'
import { sshdTask } from './collect-sshd.ts'
import { timeTask } from './collect-time.ts'
import { upsTask } from './collect-ups.ts'
import { dsclAdminSource } from './dscl-admin.ts'
import { efivarsSource } from './efivars.ts'
import { fdesetupSource } from './fdesetup.ts'
import { firewalldSource } from './firewalld.ts'
import { csrutilSource, spctlSource } from './guards-macos.ts'
import { iptablesSource } from './iptables.ts'
import { launchctlSshSource } from './launchctl-ssh.ts'
import { linuxAccountsSource } from './linux-accounts.ts'
import { lsblkEncryptionSource } from './lsblk-encryption.ts'
import { macosLoginWindowSource } from './macos-login-window.ts'
import { manageBdeSource } from './manage-bde.ts'
import { mokutilSource } from './mokutil.ts'
import { nftSource } from './nft.ts'
import { ntpqSource } from './ntpq.ts'
import { nutSource } from './nut.ts'
import { pfSource } from './pf.ts'
import { screenLockMacosSource } from './screen-lock-macos.ts'
import { sntpSource } from './sntp.ts'
import { socketfilterfwSource } from './socketfilterfw.ts'
import { sshdConfigSource } from './sshd-config.ts'
import { timedatectlSource } from './timedatectl.ts'
import { ufwSource } from './ufw.ts'
import { w32tmSource } from './w32tm.ts'
import { windowsAccountsSource } from './windows-accounts.ts'
import { windowsBitlockerSource } from './windows-bitlocker.ts'
import { windowsEncryptableVolumesSource } from './windows-encryptable-volumes.ts'
import { windowsFirewallProfilesSource } from './windows-firewall-profiles.ts'
import { windowsFirewallRegistrySource } from './windows-firewall-registry.ts'
import { windowsRdpSource } from './windows-rdp.ts'
import { windowsScreenLockSource } from './windows-screen-lock.ts'
import { windowsSecureBootSource } from './windows-secure-boot.ts'
import { windowsSmb1Source } from './windows-smb1.ts'
import { windowsTpmSource } from './windows-tpm.ts'
import { windowsUacSource } from './windows-uac.ts'
import { windowsUpsSource } from './windows-ups.ts'
import { zfsEncryptionSource } from './zfs-encryption.ts'

/** What the agent runs for the check `posture`. */
export const POSTURE_TASKS: readonly Task<'posture'>[] = [
  askSeldom(firewallTask),
  askSeldom(sshdTask, HOURLY_RUNS),
  askSeldom(timeTask, HOURLY_RUNS, ['linux', 'darwin', 'win32']),
  askSeldom(encryptionTask),
  askSeldom(remoteTask),
  askSeldom(accountsTask),
  askSeldom(bootTask),
  upsTask,
]

/** What `agent parse posture/…` knows. */
export const POSTURE_SOURCES: readonly Source<'posture'>[] = [
  brief(ufwSource),
  brief(firewalldSource),
  nftSource,
  iptablesSource,
  windowsFirewallProfilesSource,
  windowsFirewallRegistrySource,
  brief(socketfilterfwSource),
  brief(pfSource),
  windowsEncryptableVolumesSource,
  windowsBitlockerSource,
  brief(manageBdeSource),
  brief(fdesetupSource),
  lsblkEncryptionSource,
  zfsEncryptionSource,
  brief(sshdConfigSource),
  brief(launchctlSshSource),
  windowsRdpSource,
  windowsSmb1Source,
  windowsAccountsSource,
  brief(dsclAdminSource),
  brief(macosLoginWindowSource),
  linuxAccountsSource,
  windowsScreenLockSource,
  brief(screenLockMacosSource),
  windowsSecureBootSource,
  brief(mokutilSource),
  brief(efivarsSource),
  windowsTpmSource,
  brief(spctlSource),
  brief(csrutilSource),
  windowsUacSource,
  brief(nutSource),
  brief(apcaccessSource),
  windowsUpsSource,
  brief(timedatectlSource),
  brief(chronycSource),
  brief(ntpqSource),
  brief(w32tmSource),
  brief(sntpSource),
]
