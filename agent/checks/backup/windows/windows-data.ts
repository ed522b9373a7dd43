/**
 * Whether a Windows machine holds something that would be missed: databases, shares, mail stores, files in the known folders. Counts
 * and places only; neither file names nor names of people are asked. Pure.
 */
import type { BackupSection } from '../../../../shared/checks/backup.ts'
import { err, ok } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../../windows/records.ts'
import { type DataReason, judgeHoldsData, type Look } from '../holds-data.ts'

const SOURCE = 'backup/windows-data'

/** More than this many files in the known folders of one account is somebody's work. */
const HANDFUL = 5

/** Services of databases and mail servers by their names (lower case); `*`: any ending. */
const DATABASES: readonly (readonly [service: string, label: string])[] = [
  ['mssqlserver', 'SQL Server'],
  ['mssql$*', 'SQL Server'],
  ['postgresql*', 'PostgreSQL'],
  ['mysql*', 'MySQL'],
  ['mariadb*', 'MariaDB'],
  ['mongodb*', 'MongoDB'],
  ['oracleservice*', 'Oracle'],
  ['firebirdserver*', 'Firebird'],
  ['influxdb*', 'InfluxDB'],
  ['ntds', 'Active Directory'],
]
const MAIL: readonly (readonly [service: string, label: string])[] = [
  ['msexchangeis', 'Exchange'],
  ['hmailserver', 'hMailServer'],
  ['mdaemon*', 'MDaemon'],
]

/** What must have been looked at before "holds nothing" can be said. */
const PLACES = ['services', 'shares', 'profiles', 'volumes'] as const

/**
 * Block `backup-data`: `{Looked}` for each place that could be read, `{Refused}` for one that could not, and what was found there:
 * `{Service}`, `{Share}`, `{Files,Redirected,OneDrive,MailStores}` of one account, `{OwnFolders}` of volumes. Errors: `empty`, `parse`, `exit`.
 */
export const windowsDataSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0 && exitCode !== null) return err({ code: 'exit', detail: `ended with ${exitCode}` })
    const records = readWindowsRecords(stdout, 'backup-data')
    if (!records.ok) return records
    return ok({ parts: { holdsData: judgeWindowsData(records.value) }, samples: {} })
  },
}

/** True at the first find; false only when every place was looked at. */
export function judgeWindowsData(records: readonly WindowsRecord[]): BackupSection['holdsData'] {
  const looked = new Set(records.flatMap((one) => one.text('Looked', 32) ?? []))
  const missing = PLACES.filter((place) => !looked.has(place)).map(
    (place): Look => ({
      state: 'refused',
      place,
      failure: { code: 'access-denied', detail: 'could not be looked at' },
    }),
  )
  const looks = [...serviceLooks(records), ...shareLooks(records), ...accountLooks(records), ...volumeLooks(records)]
  const nothing = PLACES.map((place): Look => ({ state: 'nothing', place }))
  return judgeHoldsData([...looks, ...missing, ...nothing])
}

function serviceLooks(records: readonly WindowsRecord[]): readonly Look[] {
  const services = records.flatMap((one) => one.text('Service') ?? []).map((name) => name.toLowerCase())
  const found = (table: typeof DATABASES, reason: DataReason) =>
    [...new Set(table.filter(([name]) => services.some(isNamed(name))).map(([, label]) => label))].map(
      (label): Look => ({ state: 'found', reason, label }),
    )
  return [...found(DATABASES, 'databases'), ...found(MAIL, 'mail')]
}

function shareLooks(records: readonly WindowsRecord[]): readonly Look[] {
  const shares = records.filter((one) => one.has('Share')).length
  return shares === 0 ? [] : [{ state: 'found', reason: 'shares', label: `${shares} shared folders` }]
}

/** Redirected folders lie on a server: what remains here is a cache of them. Folders moved to OneDrive are here, and only synchronised. */
function accountLooks(records: readonly WindowsRecord[]): readonly Look[] {
  const accounts = records.filter((one) => one.has('Files') || one.has('Redirected') || one.has('MailStores'))
  const used = accounts.filter((one) => (one.count('Files') ?? 0) > HANDFUL)
  const inCloud = used.filter((one) => (one.count('OneDrive') ?? 0) > 0).length
  const mail = accounts.reduce((sum, one) => sum + (one.count('MailStores') ?? 0), 0)
  const redirected = accounts.filter((one) => (one.count('Redirected') ?? 0) > 0).length
  const looks: Look[] = []
  if (used.length > 0) {
    const cloud = inCloud === 0 ? '' : `, ${inCloud} of them synchronised with OneDrive, which is no copy`
    looks.push({ state: 'found', reason: 'home-folders', label: `${used.length} accounts with files${cloud}` })
  }
  if (mail > 0) looks.push({ state: 'found', reason: 'mail', label: `${mail} mail stores` })
  if (redirected > 0) looks.push({ state: 'nothing', place: `${redirected} accounts with folders on a server` })
  const unread = accounts.filter((one) => one.count('Files') === null).length
  if (unread > 0) looks.push(refused('accounts', `${unread} accounts could not be counted`))
  return looks
}

function volumeLooks(records: readonly WindowsRecord[]): readonly Look[] {
  const own = records.reduce((sum, one) => sum + (one.count('OwnFolders') ?? 0), 0)
  const looks = records.flatMap((one) => {
    const place = one.text('Refused', 64)
    return place === null ? [] : [refused(place, 'could not be read')]
  })
  return own === 0 ? looks : [...looks, refused('volumes', `${own} folders of somebody's own, not judged`)]
}

function refused(place: string, detail: string): Look {
  return { state: 'refused', place, failure: { code: 'unsupported', detail } }
}

function isNamed(name: string): (service: string) => boolean {
  const start = name.endsWith('*') ? name.slice(0, -1) : null
  return (service) => (start === null ? service === name : service.startsWith(start))
}
