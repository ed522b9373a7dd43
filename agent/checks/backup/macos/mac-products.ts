/** Backup products on a Mac, by their applications and background services. Time Machine is told by its jobs. Pure data and look-up. */

type Product = {
  readonly id: string
  readonly name: string
  /** Begin of names in /Applications, lower case. */
  readonly apps: readonly string[]
  /** Begin of names in /Library/LaunchDaemons, lower case. */
  readonly daemons: readonly string[]
}

const product = (id: string, name: string, apps: readonly string[], daemons: readonly string[] = []): Product => ({
  id,
  name,
  apps,
  daemons,
})

const PRODUCTS: readonly Product[] = [
  product('acronis', 'Acronis Cyber Protect', ['acronis'], ['acronis', 'com.acronis']),
  product('arq', 'Arq', ['arq'], ['com.haystacksoftware.arq', 'com.arqbackup']),
  product('backblaze', 'Backblaze', ['backblaze'], ['com.backblaze']),
  product('carbon-copy-cloner', 'Carbon Copy Cloner', ['carbon copy cloner'], ['com.bombich.ccc']),
  product('chronosync', 'ChronoSync', ['chronosync'], ['com.econtechnologies.chronosync']),
  product('crashplan', 'CrashPlan', ['crashplan', 'code42'], ['com.crashplan', 'com.code42']),
  product('datto', 'Datto', ['datto workplace'], ['com.datto']),
  product('duplicati', 'Duplicati', ['duplicati'], ['com.duplicati']),
  product('get-backup', 'Get Backup Pro', ['get backup pro']),
  product('idrive', 'IDrive', ['idrive'], ['com.idrive', 'com.prosoftnet']),
  product('kopia', 'Kopia', ['kopiaui']),
  product('msp360', 'MSP360 Backup', ['msp360', 'online backup'], ['com.msp360', 'com.cloudberrylab']),
  product('retrospect', 'Retrospect', ['retrospect'], ['com.retrospect']),
  product('superduper', 'SuperDuper', ['superduper'], ['com.shirt-pocket']),
  product(
    'synology-active-backup',
    'Synology Active Backup',
    ['synology active backup'],
    ['com.synology.activebackup'],
  ),
  product('urbackup', 'UrBackup', ['urbackup'], ['org.urbackup']),
  product('veeam-agent', 'Veeam Agent', ['veeam'], ['com.veeam']),
]

/** Products seen among names of applications and of launch daemons, by id. */
export function findMacProducts(
  apps: readonly string[],
  daemons: readonly string[],
): readonly { readonly id: string; readonly name: string }[] {
  const starts = (names: readonly string[], begins: readonly string[]) =>
    names.some((name) => begins.some((begin) => name.toLowerCase().startsWith(begin)))
  return PRODUCTS.filter((one) => starts(apps, one.apps) || starts(daemons, one.daemons)).map(({ id, name }) => ({
    id,
    name,
  }))
}
