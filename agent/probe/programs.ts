/** The fixed table of programs that the agent may ever start. Names only; paths come from a fixed search list, never from a variable or a server. Pure. */

/** Children of the agent itself, run with its own runtime and never looked up in a folder. */
export const OWN_CHILDREN = ['rounds-inventory', 'rounds-mount'] as const
/** Name of a child of the agent itself. */
export type OwnChild = (typeof OWN_CHILDREN)[number]

/** Programs of the system; nothing else of the system is ever started. */
export const PROGRAMS = [
  'apt-config',
  'apt-get',
  'apt-mark',
  'borg',
  'chronyc',
  'clamscan',
  'cytool',
  'dpkg',
  'falconctl',
  'firewall-cmd',
  'iptables-save',
  'lsblk',
  'mdadm',
  'nft',
  'powershell',
  'restic',
  'sentinelctl',
  'smartctl',
  'sshd',
  'systemctl',
  'systemd-detect-virt',
  'timedatectl',
  'ufw',
] as const
/** What `exec` may start: a program of the system by its name, or a child of the agent itself. */
export type ProgramName = (typeof PROGRAMS)[number] | OwnChild

/** Folders searched in this order on Linux (collectors.md 0.1); `PATH` is not read. */
export const LINUX_SEARCH = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'] as const

/** Folders of products that keep their tool outside the search path; asked after it, under the same rules of trust. */
export const PROGRAM_FOLDERS: { readonly [P in ProgramName]?: string } = {
  cytool: '/opt/traps/bin',
  falconctl: '/opt/CrowdStrike',
  sentinelctl: '/opt/sentinelone/bin',
}
