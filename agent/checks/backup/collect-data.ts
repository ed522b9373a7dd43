/** Backup tools installed here, and whether the machine holds data. From folders alone; names of people's files are never kept. I/O through the probe. */
import type { BackupSection } from '../../../shared/checks/backup.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Entry, Probe } from '../../probe/probe.ts'
import type { CollectContext, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import {
  DATABASE_FOLDERS,
  type DataReason,
  judgeHoldsData,
  type Look,
  MAIL_FOLDERS,
  ownEntries,
  parseShares,
  SERVED_FOLDERS,
  SYSTEM_FOLDERS,
} from './holds-data.ts'
import { findTools, TOOL_FOLDERS } from './known-tools.ts'
import { collectMacData, collectMacTools } from './macos/collect-mac-data.ts'
import { collectWindowsData, collectWindowsTools } from './windows/collect-windows.ts'

/** More than this many files in a home is somebody's work. */
const HANDFUL = 5
const MAX_HOMES = 200

/** `backup/data`: starts nothing. */
export const dataTask: Task<'backup'> = {
  id: 'backup/data',
  check: 'backup',
  cadence: 'backup',
  parts: ['tools', 'holdsData'],
  timeoutMs: 2 * MINUTE_MS,
  collect: async (context) => ({
    parts: { tools: await collectTools(context), holdsData: await collectHoldsData(context) },
    samples: {},
  }),
}

async function collectTools(context: CollectContext): Promise<BackupSection['tools']> {
  const { probe } = context
  if (probe.platform === 'win32') return collectWindowsTools(context)
  return probe.platform === 'darwin' ? collectMacTools(probe) : collectLinuxTools(probe)
}

async function collectLinuxTools(probe: Probe): Promise<BackupSection['tools']> {
  const names = new Set<string>()
  let isReadable = false
  for (const folder of TOOL_FOLDERS) {
    const entries = await probe.list(folder)
    if (!entries.ok && entries.error.code !== 'empty') return failed('backup/tools', entries.error)
    isReadable ||= entries.ok
    for (const { name } of entries.ok ? entries.value : []) names.add(name)
  }
  const detail = `None of ${TOOL_FOLDERS.join(', ')} exists`
  return isReadable ? read('backup/tools', [...findTools(names)]) : failed('backup/tools', { code: 'empty', detail })
}

async function collectHoldsData(context: CollectContext): Promise<BackupSection['holdsData']> {
  const { probe } = context
  if (probe.platform === 'win32') return collectWindowsData(context)
  return probe.platform === 'darwin' ? collectMacData(probe) : collectLinuxData(probe)
}

async function collectLinuxData(probe: Probe): Promise<BackupSection['holdsData']> {
  const looks: Look[] = []
  for (const folder of DATABASE_FOLDERS) looks.push(await lookInto(probe, folder, 'databases', (names) => names.length))
  for (const folder of SERVED_FOLDERS) looks.push(await lookInto(probe, folder, 'shares', ownEntries))
  looks.push(await lookAtDefaultPages(probe), await lookAtSamba(probe))
  for (const folder of MAIL_FOLDERS) looks.push(await lookAtMail(probe, folder))
  looks.push(await lookAtHomes(probe), await lookAtRoot(probe), await lookAtMounted(probe))
  return judgeHoldsData(looks)
}

type Count = (names: readonly string[]) => number

async function lookInto(probe: Probe, place: string, reason: DataReason, count: Count): Promise<Look> {
  const entries = await probe.list(place)
  if (!entries.ok) return missing(place, entries.error)
  const names = entries.value.map(({ name }) => name)
  return count(names) > 0 ? { state: 'found', reason, label: place } : { state: 'nothing', place }
}

function missing(place: string, failure: Failure): Look {
  return failure.code === 'empty' ? { state: 'nothing', place } : { state: 'refused', place, failure }
}

/** The folder that web servers come with: only the page of the package in it is nobody's data. */
function lookAtDefaultPages(probe: Probe): Promise<Look> {
  return lookInto(probe, '/var/www/html', 'shares', ownEntries)
}

async function lookAtSamba(probe: Probe): Promise<Look> {
  const place = '/etc/samba/smb.conf'
  const file = await probe.readFile(place)
  if (!file.ok) return missing(place, file.error)
  const shares = parseShares(decode(file.value))
  return shares.length > 0
    ? { state: 'found', reason: 'shares', label: `${shares.length} Samba shares` }
    : { state: 'nothing', place }
}

async function lookAtMail(probe: Probe, place: string): Promise<Look> {
  const entries = await probe.list(place)
  if (!entries.ok) return missing(place, entries.error)
  for (const { name, kind } of entries.value.slice(0, MAX_HOMES)) {
    if (kind === 'folder') return { state: 'found', reason: 'mail', label: place }
    const facts = kind === 'file' ? await probe.stat(`${place}/${name}`) : null
    if (facts?.ok && facts.value.sizeBytes > 0 && name !== 'root')
      return { state: 'found', reason: 'mail', label: place }
  }
  return { state: 'nothing', place }
}

async function lookAtHomes(probe: Probe): Promise<Look> {
  const place = '/home'
  const homes = await probe.list(place)
  if (!homes.ok) return missing(place, homes.error)
  let used = 0
  let refused: Extract<Look, { state: 'refused' }> | null = null
  for (const { name, kind } of homes.value.slice(0, MAX_HOMES)) {
    if (kind !== 'folder' || name === 'lost+found') continue
    const files = await countFiles(probe, `${place}/${name}`)
    if (typeof files !== 'number') refused ??= files
    else if (files > HANDFUL) used += 1
  }
  if (used > 0) return { state: 'found', reason: 'home-folders', label: `${used} home folders with files` }
  return refused ?? { state: 'nothing', place }
}

/** Files that are not hidden, in a home and in the folders directly in it; counting ends at a handful. */
async function countFiles(probe: Probe, home: string): Promise<number | Extract<Look, { state: 'refused' }>> {
  const entries = await probe.list(home)
  if (!entries.ok)
    return { state: 'refused', place: '/home', failure: { ...entries.error, detail: 'a home folder cannot be read' } }
  const visible = (one: readonly Entry[]) => one.filter(({ name }) => !name.startsWith('.'))
  const isFile = ({ kind }: Entry) => kind === 'file'
  let files = visible(entries.value).filter(isFile).length
  for (const { name, kind } of visible(entries.value)) {
    if (files > HANDFUL) break
    if (kind !== 'folder') continue
    const inner = await probe.list(`${home}/${name}`)
    if (!inner.ok)
      return { state: 'refused', place: '/home', failure: { ...inner.error, detail: 'a home folder cannot be read' } }
    files += visible(inner.value).filter((entry) => isFile(entry) || entry.kind === 'folder').length
  }
  return files
}

/** Folders that no distribution makes: what is in them is not judged, but "no data here" cannot be said any more. */
async function lookAtRoot(probe: Probe): Promise<Look> {
  const entries = await probe.list('/')
  if (!entries.ok) return missing('/', entries.error)
  const own = entries.value.filter(
    ({ name, kind }) => kind === 'folder' && !SYSTEM_FOLDERS.has(name) && !name.startsWith('.'),
  )
  if (own.length === 0) return { state: 'nothing', place: '/' }
  const detail = `folders of somebody's own, not judged: ${own
    .map(({ name }) => `/${name}`)
    .join(', ')
    .slice(0, 200)}`
  return { state: 'refused', place: '/', failure: { code: 'unsupported', detail } }
}

/** The same for what is mounted under /mnt and /media. */
async function lookAtMounted(probe: Probe): Promise<Look> {
  for (const place of ['/mnt', '/media']) {
    const entries = await probe.list(place)
    if (!entries.ok && entries.error.code !== 'empty') return missing(place, entries.error)
    for (const { name, kind } of entries.ok ? entries.value : []) {
      const inner = kind === 'folder' ? await probe.list(`${place}/${name}`) : null
      if (inner?.ok && ownEntries(inner.value.map((entry) => entry.name)) === 0) continue
      if (kind !== 'folder') continue
      const failure = { code: 'unsupported', detail: 'something is mounted or kept there, not judged' } as const
      return { state: 'refused', place: `${place}/${name}`.slice(0, 100), failure }
    }
  }
  return { state: 'nothing', place: '/mnt, /media' }
}
