/** Where a repository address leads: kind, label without credentials, off site by a public host name only. Pure and linear. */
import type { Destination } from '../../../shared/checks/backup.ts'
import { UNKNOWN_PLACE } from './run-facts.ts'

type Kind = Destination['kind']

/** Kind by the scheme of an address, over borg, duplicity, Duplicati, kopia and rclone. */
const KINDS: { readonly [scheme: string]: Kind } = {
  ssh: 'sftp',
  sftp: 'sftp',
  scp: 'sftp',
  paramiko: 'sftp',
  pexpect: 'sftp',
  s3: 's3',
  boto3: 's3',
  smb: 'smb',
  cifs: 'smb',
  nfs: 'nfs',
  rclone: 'cloud',
  b2: 'cloud',
  gs: 'cloud',
  gcs: 'cloud',
  azure: 'cloud',
  googledrive: 'cloud',
  gdrive: 'cloud',
  onedrive: 'cloud',
  onedrivev2: 'cloud',
  dropbox: 'cloud',
  dpbx: 'cloud',
  jottacloud: 'cloud',
  storj: 'cloud',
  mega: 'cloud',
  swift: 'cloud',
  openstack: 'cloud',
  rest: 'server',
  http: 'server',
  https: 'server',
  webdav: 'server',
  webdavs: 'server',
  ftp: 'server',
  ftps: 'server',
  aftp: 'server',
  rsync: 'server',
}

/** Storage services that exist nowhere but on the public Internet. */
const PUBLIC_SERVICES =
  /^(?:b2|gs|gcs|azure|googledrive|gdrive|onedrive|onedrivev2|dropbox|dpbx|jottacloud|storj|mega)$/

/** Ends of names that no public name server answers (RFC 2606, 6762, 8375 and common use). */
const PRIVATE_ENDS =
  /(?:^|\.)(?:local|localdomain|localhost|lan|home|internal|intranet|corp|private|arpa|test|invalid|example|box)$/i

/**
 * The place of a repository address. A folder has no kind here: only the machine knows what is mounted there.
 * @param encrypted whether the tool says that what it keeps there is encrypted; null: not told.
 */
export function placeOf(address: string | null, encrypted: boolean | null = null): Destination {
  const text = (address ?? '').slice(0, 1_024).trim()
  if (text === '') return { ...UNKNOWN_PLACE, encrypted }
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+]{1,20}):\/\/(.*)$/is.exec(text) ?? []
  if (scheme !== '' && scheme.toLowerCase() !== 'file') return ofScheme(scheme.toLowerCase(), rest, encrypted)
  const share = /^(?:\\\\|\/\/)([^\\/]{1,200})[\\/]/.exec(text)?.[1]
  if (share !== undefined) return ofHost('smb', share, encrypted)
  const host = /^(?:[^/@\\\s]{1,100}@)?([^/@:\\\s]{2,200}):(?![\\/]{2})/.exec(text)?.[1]
  if (scheme === '' && host !== undefined) return ofHost('sftp', host, encrypted)
  const folder = scheme === '' ? text : rest
  return { ...UNKNOWN_PLACE, label: withoutPeople(folder).slice(0, 256).toWellFormed(), encrypted }
}

function ofScheme(scheme: string, rest: string, encrypted: boolean | null): Destination {
  const first = scheme.split('+')[0] ?? scheme
  const kind = KINDS[scheme] ?? KINDS[first] ?? 'unknown'
  if (PUBLIC_SERVICES.test(first)) {
    return { kind, label: first, sameDisk: false, offsite: true, encrypted }
  }
  const authority = /^[^/?#]{0,512}/.exec(rest)?.[0] ?? ''
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  // In `s3://bucket` the first part is no host; a bucket with dots in its name proves no place.
  const isBucket = kind === 's3' && !/amazonaws\.com(?::\d+)?$/i.test(host)
  if (isBucket || kind === 'unknown' || kind === 'cloud') {
    return { kind, label: plainHost(host), sameDisk: false, offsite: null, encrypted }
  }
  return ofHost(kind, host, encrypted)
}

function ofHost(kind: Kind, host: string, encrypted: boolean | null): Destination {
  const isHere = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)(?::\d+)?$/i.test(host)
  return {
    kind,
    label: plainHost(host),
    sameDisk: isHere ? null : false,
    offsite: isPublicHost(host) ? true : null,
    encrypted,
  }
}

function plainHost(host: string): string | null {
  const plain = host
    .replace(/\p{Cc}/gu, '')
    .slice(0, 256)
    .toWellFormed()
  return plain === '' ? null : plain
}

/** A name that the public Internet resolves. An address in numbers proves nothing: it may be the other side of a tunnel. */
export function isPublicHost(host: string): boolean {
  const name = host.replace(/:\d{1,5}$/, '').replace(/\.$/, '')
  if (!/^(?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,62}$/i.test(name)) return false
  return !PRIVATE_ENDS.test(name)
}

/** A path without the names of people: the folder of a home is not told. */
export function withoutPeople(path: string): string {
  return path.replace(/((?:^|[\\/])(?:home|users)[\\/])[^\\/:]{1,255}/gi, '$1*')
}
