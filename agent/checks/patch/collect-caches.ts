/** How old the lists of a package manager are, and which repositories of rpm have advisories. I/O through the probe; starts nothing. */
import type { EpochMs } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { LinuxManager } from './managers.ts'

const MOST_REPOSITORIES = 200
const RPM_CACHES = ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/zypp/raw']

/** A repository as its cache shows it. `id` without the hash that dnf adds to the folder. */
export type CachedRepository = { readonly id: string; readonly refreshedAt: EpochMs; readonly hasAdvisories: boolean }

/** Repositories of dnf 4, dnf 5 and zypper that have been fetched. dnf sets the time of repomd.xml when it fetches or renews it. */
export async function readRpmRepositories(probe: Probe): Promise<readonly CachedRepository[]> {
  const found: CachedRepository[] = []
  for (const cache of RPM_CACHES) {
    const folders = await probe.list(cache)
    if (!folders.ok) continue
    for (const { name, kind } of folders.value.slice(0, MOST_REPOSITORIES)) {
      if (kind !== 'folder') continue
      const folder = `${cache}/${name}/repodata`
      const facts = await probe.stat(`${folder}/repomd.xml`)
      if (!facts.ok) continue
      const files = await probe.list(folder)
      const hasAdvisories = files.ok && files.value.some((file) => file.name.includes('updateinfo'))
      found.push({ id: name.replace(/-[0-9a-f]{16}$/, ''), refreshedAt: facts.value.modifiedAt, hasAdvisories })
    }
  }
  return found
}

/** Folders whose newest file tells when the lists were fetched. pacman and apk keep one file for each repository. */
const LIST_FOLDERS: { readonly [M in LinuxManager]?: readonly [folder: string, file: RegExp] } = {
  pacman: ['/var/lib/pacman/sync', /\.db$/],
  apk: ['/var/cache/apk', /^APKINDEX\./],
}

/** Newest proof that the lists were fetched; null: none was found. */
export async function readRefreshed(probe: Probe, manager: LinuxManager): Promise<EpochMs | null> {
  const times: EpochMs[] = []
  if (manager === 'dnf' || manager === 'yum' || manager === 'zypper') {
    times.push(...(await readRpmRepositories(probe)).map(({ refreshedAt }) => refreshedAt))
  }
  const [folder = '', pattern = /^$/] = LIST_FOLDERS[manager] ?? []
  const entries = folder === '' ? null : await probe.list(folder)
  for (const { name } of entries?.ok
    ? entries.value.filter((entry) => pattern.test(entry.name)).slice(0, MOST_REPOSITORIES)
    : []) {
    const facts = await probe.stat(`${folder}/${name}`)
    if (facts.ok) times.push(facts.value.modifiedAt)
  }
  return times.length === 0 ? null : Math.max(...times)
}
