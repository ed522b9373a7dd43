/** Whether a machine holds something that would be missed. Pure: what was looked at is an argument. */
import type { BackupSection } from '../../../shared/checks/backup.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'

/** Why a place matters; the reason in the section. */
export type DataReason = 'databases' | 'shares' | 'mail' | 'home-folders'

/**
 * What one look found. `found`: something that would be missed. `refused`: could not be read, so it proves nothing.
 * Never names of people's files: the label is the place, with a count.
 */
export type Look =
  | { readonly state: 'found'; readonly reason: DataReason; readonly label: string }
  | { readonly state: 'nothing'; readonly place: string }
  | { readonly state: 'refused'; readonly place: string; readonly failure: Failure }

/** Folders of database servers (packages of Debian and Red Hat, 2026). */
export const DATABASE_FOLDERS = [
  '/var/lib/postgresql',
  '/var/lib/pgsql',
  '/var/lib/mysql',
  '/var/lib/mariadb',
  '/var/lib/mongodb',
  '/var/lib/mongo',
  '/var/lib/influxdb',
  '/var/lib/redis',
  '/var/lib/ldap',
  '/var/opt/mssql',
] as const

/** Folders whose content somebody put there on purpose. */
export const SERVED_FOLDERS = [
  '/srv',
  '/var/www',
  '/var/lib/docker/volumes',
  '/var/lib/libvirt/images',
  '/data',
] as const
/** Mailboxes. */
export const MAIL_FOLDERS = ['/var/mail', '/var/spool/mail', '/var/vmail', '/var/spool/imap'] as const

/** Folders directly under `/` that come with a Linux system (FHS 3.0 and what distributors add). */
export const SYSTEM_FOLDERS: ReadonlySet<string> = new Set(
  'bin boot data dev etc home lib lib32 lib64 libx32 lost+found media mnt opt proc root run sbin snap srv sys tmp usr var cdrom selinux'.split(
    ' ',
  ),
)

/** Names that stand in a served folder without anybody's data: default pages and bookkeeping. */
const DEFAULTS = /^(?:html|index\.html|index\.nginx-debian\.html|lost\+found|metadata\.db|backingFsBlockDev|\..*)$/

/** Entries of a served folder that somebody added. */
export function ownEntries(names: readonly string[]): number {
  return names.filter((name) => !DEFAULTS.test(name)).length
}

/** Names of the shares in smb.conf, without the sections that every Samba has. */
export function parseShares(text: string): readonly string[] {
  const sections = [...text.matchAll(/^[ \t]*\[([^\]\n]{1,64})\]/gm)].map(([, name = '']) => name.trim().toLowerCase())
  return sections.filter((name) => !['global', 'homes', 'printers', 'print$', 'netlogon', 'sysvol'].includes(name))
}

const ORDER: readonly DataReason[] = ['databases', 'shares', 'mail', 'home-folders']

/** True as soon as one place holds data; false only when every place could be read and held nothing; else failed. */
export function judgeHoldsData(looks: readonly Look[]): BackupSection['holdsData'] {
  const found = looks.flatMap((look) => (look.state === 'found' ? [look] : []))
  const reason = ORDER.find((one) => found.some((look) => look.reason === one))
  if (reason !== undefined) {
    const labels = found.map(({ label }) => label)
    return read('backup/holds-data', { holds: true, reason, detail: labels.join('; ').slice(0, 256) })
  }
  const refused = looks.flatMap((look) => (look.state === 'refused' ? [look] : []))
  if (refused.length > 0) {
    const code = refused[0]?.failure.code ?? 'access-denied'
    const detail = refused.map(({ place, failure }) => `${place}: ${failure.detail}`).join('; ')
    return failed('backup/holds-data', { code, detail })
  }
  const places = looks.flatMap((look) => (look.state === 'nothing' ? [look.place] : []))
  const detail = `looked at ${places.join(', ')}`.slice(0, 256)
  return read('backup/holds-data', { holds: false, reason: 'none-seen', detail })
}
