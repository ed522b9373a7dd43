/** Sources by the tool behind them, and how to install it. Pure data. */
import type { ToolText } from './reason-text.ts'

/** A tool that every system can have; its names for winget and for brew. The commands are the same in every language. */
const onAll = (tool: string, debian: string, winget: string, brew: string): ToolText => ({
  tool,
  install: `apt install ${debian} (Debian, Ubuntu), winget install ${winget} (Windows), brew install ${brew} (macOS)`,
})
const RESTIC: ToolText = onAll('restic', 'restic', 'restic.restic', 'restic')
const SMARTCTL: ToolText = onAll('smartctl', 'smartmontools', 'smartmontools.smartmontools', 'smartmontools')
const APT: ToolText = { tool: 'apt-get', install: null }
const TIME_MACHINE: ToolText = { tool: 'Time Machine', install: null }
const CLAMAV: ToolText = { tool: 'ClamAV', install: 'apt install clamav-daemon clamav-freshclam' }

const TOOLS: { readonly [source: string]: ToolText } = {
  'antivirus/clamav-database': CLAMAV,
  'antivirus/clamscan-version': CLAMAV,
  'antivirus/windows-products': { tool: 'Windows', install: null },
  'antivirus/windows-security-center': { tool: 'Windows Security Center', install: null },
  'antivirus/windows-defender': { tool: 'Microsoft Defender', install: null },
  'antivirus/windows-defender-threats': { tool: 'Microsoft Defender', install: null },
  'antivirus/macos-products': { tool: 'macOS', install: null },
  'backup/restic-snapshots': RESTIC,
  'backup/restic-stats': RESTIC,
  'backup/restic-check': RESTIC,
  'backup/borg-list': {
    tool: 'borg',
    install: 'apt install borgbackup (Debian, Ubuntu), brew install borgbackup (macOS)',
  },
  'backup/borgmatic': {
    tool: 'borgmatic',
    install: 'apt install borgmatic (Debian, Ubuntu), brew install borgmatic (macOS)',
  },
  'backup/kopia-snapshots': { tool: 'kopia', install: null },
  'backup/rsnapshot-log': { tool: 'rsnapshot', install: null },
  'backup/vzdump-log': { tool: 'vzdump', install: null },
  'backup/urbackup-status': { tool: 'urbackupclientctl', install: null },
  'backup/veeam-sessions': { tool: 'veeamconfig', install: null },
  'backup/time-machine-plist': TIME_MACHINE,
  'backup/time-machine-destinations': TIME_MACHINE,
  'backup/time-machine-snapshots': TIME_MACHINE,
  'backup/windows-backup-events': { tool: 'Windows Server Backup', install: null },
  'backup/windows-backup-summary': { tool: 'Get-WBSummary', install: null },
  'backup/veeam-windows-events': { tool: 'Veeam Agent', install: null },
  'backup/veeam-br-events': { tool: 'Veeam Backup & Replication', install: null },
  'backup/veeam-log': { tool: 'Veeam Agent', install: null },
  'backup/file-history': { tool: 'File History', install: null },
  'backup/acronis': { tool: 'Acronis', install: null },
  'backup/macrium': { tool: 'Macrium Reflect', install: null },
  'backup/synology-active-backup': { tool: 'Synology Active Backup', install: null },
  'backup/cobian': { tool: 'Cobian', install: null },
  'backup/ping': { tool: 'ping', install: null },
  'backup/eventlog': { tool: 'wevtutil', install: null },
  'disk/smartctl': SMARTCTL,
  'disk/smartctl-scan': SMARTCTL,
  'disk/drives': SMARTCTL,
  'disk/mdstat': { tool: '/proc/mdstat', install: null },
  'patch/apt': APT,
  'patch/apt-list': APT,
  'patch/apt-history': APT,
  'patch/dpkg-audit': { tool: 'dpkg', install: null },
  'posture/nft': { tool: 'nft', install: 'apt install nftables' },
  'posture/ufw': { tool: 'ufw', install: 'apt install ufw' },
  'posture/iptables': { tool: 'iptables', install: 'apt install iptables' },
  'posture/sshd-config': { tool: 'sshd', install: null },
  'posture/timedatectl': { tool: 'timedatectl', install: 'apt install systemd-timesyncd' },
  'posture/chronyc': { tool: 'chronyc', install: 'apt install chrony' },
  'system/systeminformation': { tool: 'systeminformation', install: null },
}

/** Sources that ask one tool for different things, by how their names begin. */
const FAMILIES: readonly (readonly [start: string, tool: string])[] = [
  ['windows-', 'PowerShell'],
  ['diskutil-', 'diskutil'],
  ['system-profiler-', 'system_profiler'],
]

/** @returns the tool behind a source; the part after the slash when it is not in the table; null without a source. */
export function toolOf(source: string | null): ToolText | null {
  if (source === null || source === '') return null
  if (Object.hasOwn(TOOLS, source)) return TOOLS[source] ?? null
  const name = source.slice(source.indexOf('/') + 1)
  const shared = FAMILIES.find(([start]) => name.startsWith(start))?.[1]
  return { tool: shared ?? name, install: null }
}
