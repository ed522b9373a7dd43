/** Sources by the tool behind them, and how to install it. Pure data. */
import type { ToolText } from './reason-text.ts'

const TOOLS: { readonly [source: string]: ToolText } = {
  'disk/smartctl': { tool: 'smartctl', install: 'apt install smartmontools' },
  'disk/mdstat': { tool: '/proc/mdstat', install: null },
  'disk/volumes': { tool: 'statfs', install: null },
  'patch/apt': { tool: 'apt-get', install: null },
  'patch/dpkg': { tool: 'dpkg', install: null },
  'patch/apt-config': { tool: 'apt-config', install: null },
  'antivirus/clamav': { tool: 'ClamAV', install: 'apt install clamav-daemon clamav-freshclam' },
  'backup/restic': { tool: 'restic', install: 'apt install restic' },
  'backup/restic-snapshots': { tool: 'restic', install: 'apt install restic' },
  'posture/ufw': { tool: 'ufw', install: 'apt install ufw' },
  'posture/nft': { tool: 'nft', install: 'apt install nftables' },
  'posture/nftables': { tool: 'nft', install: 'apt install nftables' },
  'posture/iptables': { tool: 'iptables', install: 'apt install iptables' },
  'posture/sshd': { tool: 'sshd', install: null },
  'posture/timedatectl': { tool: 'timedatectl', install: 'apt install systemd-timesyncd' },
  'posture/chrony': { tool: 'chronyc', install: 'apt install chrony' },
}

/** @returns the tool behind a source; the part after the slash when it is not in the table; null without a source. */
export function toolOf(source: string | null): ToolText | null {
  if (source === null || source === '') return null
  if (Object.hasOwn(TOOLS, source)) return TOOLS[source] ?? null
  return { tool: source.slice(source.indexOf('/') + 1), install: null }
}
