/** The fixed table of programs that the agent may ever start. Names only; paths come from a fixed search list, never from a variable or a server. Pure. */

/** Children of the agent itself, run with its own runtime and never looked up in a folder. */
export const OWN_CHILDREN = ['rounds-inventory', 'rounds-mount'] as const
/** Name of a child of the agent itself. */
export type OwnChild = (typeof OWN_CHILDREN)[number]

/** Programs of the system; nothing else of the system is ever started. */
export const PROGRAMS = [
  'MegaCli64',
  'apcaccess',
  'apk',
  'apt-config',
  'apt-get',
  'apt-mark',
  'arcconf',
  'bduitool',
  'borg',
  'borgmatic',
  'btrfs',
  'chronyc',
  'clamscan',
  'csrutil',
  'cytool',
  'diskutil',
  'dnf',
  'dpkg',
  'dscl',
  'ermm',
  'falconctl',
  'fdesetup',
  'firewall-cmd',
  'hpacucli',
  'hpssacli',
  'ioreg',
  'iptables-save',
  'journalctl',
  'kesl-control',
  'kopia',
  'launchctl',
  'lsblk',
  'lvs',
  'mdadm',
  'mdatp',
  'megacli',
  'mount',
  'needs-restarting',
  'nft',
  'ntpq',
  'pacman',
  'perccli',
  'perccli64',
  'powershell',
  'repcli',
  'restic',
  'rpm-ostree',
  'sentinelctl',
  'smartctl',
  'smbd',
  'sntp',
  'socketfilterfw',
  'softwareupdate',
  'spctl',
  'ssacli',
  'sshd',
  'storcli',
  'storcli64',
  'sw_vers',
  'sysctl',
  'system_profiler',
  'systemctl',
  'systemd-detect-virt',
  'systemextensionsctl',
  'timedatectl',
  'tmutil',
  'ufw',
  'upsc',
  'urbackupclientctl',
  'veeamconfig',
  'vm_stat',
  'w32tm',
  'wevtutil',
  'xprotect',
  'yum',
  'zfs',
  'zpool',
  'zypper',
] as const
/** What `exec` may start: a program of the system by its name, or a child of the agent itself. */
export type ProgramName = (typeof PROGRAMS)[number] | OwnChild

/** Folders searched in this order on Linux (collectors.md 0.1); `PATH` is not read. */
export const LINUX_SEARCH = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'] as const

/** Folders of products that keep their tool outside the search path; asked after it, under the same rules of trust. */
export const PROGRAM_FOLDERS: { readonly [P in ProgramName]?: string } = {
  arcconf: '/usr/Arcconf',
  bduitool: '/opt/bitdefender-security-tools/bin',
  cytool: '/opt/traps/bin',
  falconctl: '/opt/CrowdStrike',
  'kesl-control': '/opt/kaspersky/kesl/bin',
  MegaCli64: '/opt/MegaRAID/MegaCli',
  perccli64: '/opt/MegaRAID/perccli',
  perccli: '/opt/MegaRAID/perccli',
  repcli: '/opt/carbonblack/psc/bin',
  sentinelctl: '/opt/sentinelone/bin',
  storcli64: '/opt/MegaRAID/storcli',
  storcli: '/opt/MegaRAID/storcli',
}

/** The same for macOS, where products keep their tool inside their application. */
export const MACOS_FOLDERS: { readonly [P in ProgramName]?: string } = {
  cytool: '/Library/Application Support/PaloAltoNetworks/Traps/bin',
  falconctl: '/Applications/Falcon.app/Contents/Resources',
  repcli: '/Applications/VMware Carbon Black Cloud/repcli.bundle/Contents/MacOS',
}
