/** Backup products on a Mac, and whether it holds data: folders and counts, names of people's files are never kept. I/O through the probe. */
import type { BackupSection } from '../../../../shared/checks/backup.ts'
import { type Failure, failed, read } from '../../../../shared/reading.ts'
import type { Entry, Probe } from '../../../probe/probe.ts'
import { type DataReason, judgeHoldsData, type Look, ownEntries } from '../holds-data.ts'
import { findTools } from '../known-tools.ts'
import { findMacProducts } from './mac-products.ts'
import { FULL_DISK_ACCESS } from './time-machine-denied.ts'

const BIN_FOLDERS = ['/usr/local/bin', '/opt/homebrew/bin', '/opt/local/bin'] as const
/** Databases of Homebrew, MacPorts and the makers' installers. */
const DATABASE_FOLDERS = [
  '/opt/homebrew/var/postgres',
  '/opt/homebrew/var/mysql',
  '/opt/homebrew/var/mongodb',
  '/usr/local/var/postgres',
  '/usr/local/var/mysql',
  '/usr/local/var/mongodb',
  '/usr/local/mysql/data',
  '/Library/PostgreSQL',
  '/Library/FileMaker Server/Data/Databases',
] as const
const SERVED_FOLDERS = ['/Library/WebServer/Documents', '/Shared Items'] as const
/** Folders in a home that hold somebody's work; the rest belongs to programs. */
const WORK_FOLDERS = ['Desktop', 'Documents', 'Pictures', 'Movies', 'Music', 'Downloads'] as const
const HANDFUL = 5
const MAX_HOMES = 100

/** Part `tools`. Only when /Applications could be read can "none of the known ones" be said. */
export async function collectMacTools(probe: Probe): Promise<BackupSection['tools']> {
  const apps = await probe.list('/Applications')
  if (!apps.ok) return failed('backup/tools', apps.error)
  const daemons = await probe.list('/Library/LaunchDaemons')
  const programs = new Set<string>()
  for (const folder of BIN_FOLDERS) for (const name of await namesIn(probe, folder)) programs.add(name)
  const found = [
    ...findMacProducts(
      apps.value.map(({ name }) => name),
      daemons.ok ? daemons.value.map(({ name }) => name) : [],
    ),
    ...findTools(programs),
  ]
  const byId = new Map(found.map((one) => [one.id, one]))
  return read('backup/tools', [...byId.values()].slice(0, 64))
}

async function namesIn(probe: Probe, folder: string): Promise<readonly string[]> {
  const entries = await probe.list(folder)
  return entries.ok ? entries.value.map(({ name }) => name) : []
}

/** Part `holdsData`. */
export async function collectMacData(probe: Probe): Promise<BackupSection['holdsData']> {
  const looks: Look[] = []
  for (const folder of DATABASE_FOLDERS) looks.push(await lookInto(probe, folder, 'databases', (names) => names.length))
  for (const folder of SERVED_FOLDERS) looks.push(await lookInto(probe, folder, 'shares', ownEntries))
  looks.push(await lookAtHomes(probe), await lookAtVolumes(probe))
  return judgeHoldsData(looks)
}

async function lookInto(
  probe: Probe,
  place: string,
  reason: DataReason,
  count: (names: readonly string[]) => number,
): Promise<Look> {
  const entries = await probe.list(place)
  if (!entries.ok) return missing(place, entries.error)
  const names = entries.value.map(({ name }) => name).filter((name) => !name.startsWith('.'))
  return count(names) > 0 ? { state: 'found', reason, label: place } : { state: 'nothing', place }
}

/** Homes behind Full Disk Access are refused to root as well. */
function missing(place: string, failure: Failure): Look {
  if (failure.code === 'empty') return { state: 'nothing', place }
  const told = failure.code === 'access-denied' ? FULL_DISK_ACCESS : failure
  return { state: 'refused', place, failure: told }
}

async function lookAtHomes(probe: Probe): Promise<Look> {
  const homes = await probe.list('/Users')
  if (!homes.ok) return missing('/Users', homes.error)
  let used = 0
  let mail = 0
  let refused: Look | null = null
  for (const { name, kind } of homes.value.slice(0, MAX_HOMES)) {
    if (kind !== 'folder' || name === 'Shared' || name.startsWith('.')) continue
    const files = await countFiles(probe, `/Users/${name}`)
    if (typeof files !== 'number') refused ??= files
    else if (files > HANDFUL) used += 1
    const box = await probe.list(`/Users/${name}/Library/Mail`)
    if (box.ok && box.value.some((entry) => /^V\d/.test(entry.name))) mail += 1
  }
  if (used > 0) return { state: 'found', reason: 'home-folders', label: `${used} home folders with files` }
  if (mail > 0) return { state: 'found', reason: 'mail', label: `${mail} mailboxes` }
  return refused ?? { state: 'nothing', place: '/Users' }
}

async function countFiles(probe: Probe, home: string): Promise<number | Look> {
  let files = 0
  for (const folder of WORK_FOLDERS) {
    if (files > HANDFUL) break
    const entries = await probe.list(`${home}/${folder}`)
    if (!entries.ok) {
      if (entries.error.code === 'empty') continue
      return missing('/Users', entries.error)
    }
    files += entries.value.filter(isWork).length
  }
  return files
}

/** Libraries of Photos and Music are folders. */
function isWork({ name, kind }: Entry): boolean {
  return !name.startsWith('.') && !name.startsWith('$') && (kind === 'file' || kind === 'folder')
}

/** Other volumes than the one that macOS starts from: not judged. */
async function lookAtVolumes(probe: Probe): Promise<Look> {
  const place = '/Volumes'
  const volumes = await probe.list(place)
  if (!volumes.ok) return missing(place, volumes.error)
  const others = volumes.value.filter(
    ({ name, kind }) => kind === 'folder' && !name.startsWith('.') && name !== 'Recovery',
  )
  if (others.length === 0) return { state: 'nothing', place }
  const failure = { code: 'unsupported', detail: `${others.length} other volumes, not judged` } as const
  return { state: 'refused', place, failure }
}
