/** The fixed table of programs that the agent may ever start. Names only; paths come from a fixed search list, never from a variable or a server. Pure. */

export const PROGRAMS = [
  'apt-config',
  'apt-get',
  'apt-mark',
  'borg',
  'chronyc',
  'clamscan',
  'dpkg',
  'falconctl',
  'firewall-cmd',
  'iptables-save',
  'lsblk',
  'mdadm',
  'nft',
  'restic',
  'sentinelctl',
  'smartctl',
  'sshd',
  'systemctl',
  'systemd-detect-virt',
  'timedatectl',
  'ufw',
] as const
export type ProgramName = (typeof PROGRAMS)[number]

/** Folders searched in this order on Linux (collectors.md 0.1); `PATH` is not read. */
export const LINUX_SEARCH = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'] as const
