/** Backup programs the agent knows by their files. rsync alone is no backup tool: it copies once, it keeps nothing. Data. */

/** Where programs are looked for; `/opt` and snaps besides the usual folders. */
export const TOOL_FOLDERS = [
  '/usr/bin',
  '/usr/sbin',
  '/bin',
  '/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/snap/bin',
  '/opt',
] as const

/** One product. `files`: names in one of the folders above; any of them is enough. */
export type KnownTool = { readonly id: string; readonly name: string; readonly files: readonly string[] }

const tool = (id: string, name: string, ...files: readonly string[]): KnownTool => ({ id, name, files })

/** File names after each product's packages for Debian and Red Hat, or its vendor's Linux installer. */
export const KNOWN_TOOLS: readonly KnownTool[] = [
  tool('amanda', 'Amanda', 'amandad', 'amdump'),
  tool('acronis', 'Acronis Cyber Protect', 'acrocmd', 'acronis_mms'),
  tool('attic', 'Attic', 'attic'),
  tool('autorestic', 'autorestic', 'autorestic'),
  tool('back-in-time', 'Back In Time', 'backintime'),
  tool('backrest', 'Backrest', 'backrest'),
  tool('backuppc', 'BackupPC', 'BackupPC', 'backuppc'),
  tool('bacula', 'Bacula', 'bacula-fd', 'bacula'),
  tool('bareos', 'Bareos', 'bareos-fd'),
  tool('barman', 'Barman', 'barman'),
  tool('borg', 'BorgBackup', 'borg', 'borgbackup'),
  tool('borgmatic', 'borgmatic', 'borgmatic'),
  tool('bup', 'bup', 'bup'),
  tool('burp', 'Burp', 'burp'),
  tool('cohesity', 'Cohesity agent', 'cohesity'),
  tool('commvault', 'Commvault', 'commvault', 'simpana'),
  tool('deja-dup', 'Déjà Dup', 'deja-dup'),
  tool('duplicacy', 'Duplicacy', 'duplicacy'),
  tool('duplicati', 'Duplicati', 'duplicati', 'duplicati-cli', 'duplicati-server'),
  tool('duplicity', 'duplicity', 'duplicity'),
  tool('duply', 'duply', 'duply'),
  tool('kopia', 'Kopia', 'kopia'),
  tool('nakivo', 'NAKIVO', 'nkv-bhsvc', 'nakivo'),
  tool('pgbackrest', 'pgBackRest', 'pgbackrest'),
  tool('proxmox-backup-client', 'Proxmox Backup Client', 'proxmox-backup-client'),
  tool('rclone', 'rclone', 'rclone'),
  tool('rdiff-backup', 'rdiff-backup', 'rdiff-backup'),
  tool('relax-and-recover', 'Relax-and-Recover', 'rear'),
  tool('restic', 'restic', 'restic'),
  tool('resticprofile', 'resticprofile', 'resticprofile'),
  tool('rsnapshot', 'rsnapshot', 'rsnapshot'),
  tool('rustic', 'rustic', 'rustic'),
  tool('snapper', 'Snapper', 'snapper'),
  tool('synology-active-backup', 'Synology Active Backup', 'abb-cli', 'Synology'),
  tool('tarsnap', 'Tarsnap', 'tarsnap'),
  tool('timeshift', 'Timeshift', 'timeshift'),
  tool('urbackup', 'UrBackup', 'urbackupclientctl', 'urbackupclientbackend', 'urbackupsrv'),
  tool('veeam', 'Veeam Agent', 'veeamconfig', 'veeam'),
  tool('vorta', 'Vorta', 'vorta'),
  tool('wal-g', 'WAL-G', 'wal-g'),
]

/** Products seen among file names, by id. */
export function findTools(names: ReadonlySet<string>): readonly { readonly id: string; readonly name: string }[] {
  return KNOWN_TOOLS.filter(({ files }) => files.some((file) => names.has(file))).map(({ id, name }) => ({ id, name }))
}
