/** Backup products on Windows by their services and by the list of installed programs. Names are data; free text is not kept. Pure. */

import { read } from '../../../../shared/reading.ts'
import { err, ok } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { readWindowsRecords } from '../../windows/records.ts'

const SOURCE = 'backup/windows-products'

/** One product. `services`: names of services, lower case, `*` at the end for any ending; `programs`: as the list of programs begins. */
type Product = {
  readonly id: string
  readonly name: string
  readonly services: readonly string[]
  readonly programs: readonly string[]
}

const product = (id: string, name: string, services: readonly string[], programs: readonly string[]): Product => ({
  id,
  name,
  services,
  programs,
})

/** Service names and program names as the makers' installers register them. */
const PRODUCTS: readonly Product[] = [
  product('acronis', 'Acronis Cyber Protect', ['acronisagent', 'acronis*', 'mms'], ['acronis']),
  product(
    'altaro',
    'Hornetsecurity VM Backup',
    ['altaro*', 'hornetsecurity.vmbackup*'],
    ['altaro', 'hornetsecurity vm backup'],
  ),
  product('arcserve', 'Arcserve', ['caarcupdatesvc', 'arcserve*', 'casunistoresvc'], ['arcserve']),
  product('azure-backup', 'Azure Backup (MARS)', ['obengine'], ['microsoft azure recovery services']),
  product('backblaze', 'Backblaze', ['bzserv'], ['backblaze']),
  product('backup-exec', 'Veritas Backup Exec', ['backupexec*'], ['veritas backup exec', 'symantec backup exec']),
  product('bacula', 'Bacula', ['bacula-fd'], ['bacula']),
  product('bareos', 'Bareos', ['bareos-fd'], ['bareos']),
  product('carbonite', 'Carbonite', ['carboniteservice'], ['carbonite']),
  product('cobian', 'Cobian Backup', ['cobbackup*', 'cobianreflector*', 'cobreflector*'], ['cobian']),
  product('commvault', 'Commvault', ['gxcvd*', 'gxclmgr*'], ['commvault']),
  product(
    'cove',
    'N-able Cove Data Protection',
    ['backup service controller'],
    ['backup manager', 'cove data protection'],
  ),
  product('crashplan', 'CrashPlan', ['crashplanservice', 'code42service'], ['crashplan', 'code42']),
  product(
    'datto',
    'Datto Windows Agent',
    ['dattobackupagent*', 'dattoprovider'],
    ['datto windows agent', 'datto backup'],
  ),
  product('duplicati', 'Duplicati', ['duplicati'], ['duplicati']),
  product('easeus', 'EaseUS Todo Backup', ['easeus*', 'ebservice'], ['easeus todo backup']),
  product('idrive', 'IDrive', ['idwindowsservice', 'idrive*'], ['idrive']),
  product('iperius', 'Iperius Backup', ['iperius*'], ['iperius']),
  product('kopia', 'Kopia', [], ['kopiaui']),
  product(
    'macrium',
    'Macrium Reflect',
    ['macriumservice', 'reflectservice*', 'reflectservice.exe'],
    ['macrium reflect'],
  ),
  product('msp360', 'MSP360 Backup', ['online backup service', 'cbb*'], ['msp360', 'cloudberry']),
  product('nakivo', 'NAKIVO', ['nkv-bhsvc', 'nakivo*'], ['nakivo']),
  product('restic', 'restic', [], ['restic']),
  product('retrospect', 'Retrospect', ['retrospect*', 'retroclient'], ['retrospect']),
  product('shadowprotect', 'ShadowProtect', ['shadowprotectsvc'], ['shadowprotect', 'storagecraft']),
  product('synology-active-backup', 'Synology Active Backup', ['synology active backup*'], ['synology active backup']),
  product('unitrends', 'Unitrends', ['unitrends*', 'bpnet'], ['unitrends']),
  product('urbackup', 'UrBackup', ['urbackupclientbackend', 'urbackupwinserver'], ['urbackup']),
  product('veeam-agent', 'Veeam Agent', ['veeamendpointbackupsvc'], ['veeam agent']),
  product(
    'veeam-br',
    'Veeam Backup & Replication',
    ['veeambackupsvc'],
    ['veeam backup & replication server', 'veeam backup & replication'],
  ),
  product('windows-server-backup', 'Windows Server Backup', [], ['windows server backup']),
]

/** Block `backup-products`: `{Name,State}` of services and `{Program}` of installed programs. Errors: `empty`, `parse`, `exit`. */
export const windowsProductsSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0 && exitCode !== null) return err({ code: 'exit', detail: `ended with ${exitCode}` })
    const records = readWindowsRecords(stdout, 'backup-products')
    if (!records.ok) return records
    const services = records.value.flatMap((one) => one.text('Name') ?? []).map((name) => name.toLowerCase())
    const programs = records.value
      .flatMap((one) => one.text('Program') ?? one.text('DisplayName') ?? [])
      .map((name) => name.toLowerCase())
    if (records.value.length === 0 || services.length + programs.length === 0) {
      return err({ code: 'parse', detail: 'neither services nor programs: a Windows has both' })
    }
    const seen = PRODUCTS.filter(
      (one) =>
        one.services.some((name) => services.some(isNamed(name))) ||
        one.programs.some((name) => programs.some((program) => program.startsWith(name))),
    )
    return ok({
      parts: {
        tools: read(
          SOURCE,
          seen.map(({ id, name }) => ({ id, name })),
        ),
      },
      samples: {},
    })
  },
}

function isNamed(name: string): (service: string) => boolean {
  const start = name.endsWith('*') ? name.slice(0, -1) : null
  return (service) => (start === null ? service === name : service.startsWith(start))
}
