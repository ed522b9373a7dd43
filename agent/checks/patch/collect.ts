/** `patch/updates`: what waits, by the package manager of the machine. I/O through the probe; nothing is refreshed or installed. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { failParts } from '../parts.ts'
import { collectApt } from './collect-apt.ts'
import { collectDnf } from './collect-dnf.ts'
import { collectMacos } from './collect-macos.ts'
import { findManager } from './collect-manager.ts'
import { collectApk, collectOstree, collectPacman, collectZypper } from './collect-rest.ts'
import { collectWindows } from './collect-windows.ts'
import type { LinuxManager } from './managers.ts'

const PARTS = ['manager', 'updates', 'database', 'failing'] as const
/** What a manager says when its own database is damaged. */
const DAMAGED =
  /rpmdb|DB_RUNRECOVERY|database disk image is malformed|database is (?:corrupt|damaged)|inconsistent database/i

/** The package databases and lists: a change of them makes the task due at once. */
export const WAKE = [
  '/var/lib/dpkg/status',
  '/var/lib/apt/lists',
  '/var/lib/apt/extended_states',
  '/etc/apt/preferences.d',
  '/var/lib/rpm/Packages',
  '/var/lib/rpm/rpmdb.sqlite',
  '/usr/lib/sysimage/rpm/Packages.db',
  '/usr/lib/sysimage/rpm/rpmdb.sqlite',
  '/var/cache/dnf/last_makecache',
  '/var/lib/pacman/local',
  '/lib/apk/db/installed',
  '/Library/Preferences/com.apple.SoftwareUpdate.plist',
  '/Library/Receipts/InstallHistory.plist',
]

/** One to four children; on Windows one PowerShell, and rarely a second one that goes to the network. */
export const updatesTask: Task<'patch'> = {
  id: 'patch/updates',
  check: 'patch',
  cadence: 'patch',
  parts: PARTS,
  timeoutMs: 12 * MINUTE_MS,
  wake: WAKE,
  collect: async (context) => {
    const { probe, off } = context
    if (probe.platform === 'win32') return isOff(off, 'patch/windows-updates') ?? collectWindows(context)
    if (probe.platform === 'darwin') return isOff(off, 'patch/softwareupdate-list') ?? collectMacos(context)
    const manager = await findManager(probe)
    if (!manager.ok) return failParts(PARTS, 'patch/updates', manager.error)
    const id = SOURCE[manager.value]
    return isOff(off, id) ?? collectLinux(context, manager.value)
  },
}

const SOURCE: { readonly [M in LinuxManager]: `patch/${string}` } = {
  apt: 'patch/apt',
  dnf: 'patch/dnf-check-update',
  yum: 'patch/dnf-check-update',
  zypper: 'patch/zypper-patches',
  pacman: 'patch/pacman',
  apk: 'patch/apk',
  'rpm-ostree': 'patch/rpm-ostree',
}

function isOff(off: ReadonlySet<string>, id: string): Contribution<'patch'> | null {
  return off.has(id) ? failParts(PARTS, id, { code: 'disabled', detail: 'switched off' }) : null
}

async function collectLinux(context: CollectContext, manager: LinuxManager): Promise<Contribution<'patch'>> {
  if (manager === 'apt') return collectApt(context)
  const { parts, samples } = await collectOthers(context, manager)
  const detail = `${manager} keeps no count of updates that failed`
  return {
    parts: {
      ...parts,
      database: databaseBy(parts.updates, SOURCE[manager]),
      failing: failed(SOURCE[manager], { code: 'unsupported', detail }),
    },
    samples,
  }
}

function collectOthers(context: CollectContext, manager: Exclude<LinuxManager, 'apt'>): Promise<Contribution<'patch'>> {
  if (manager === 'zypper') return collectZypper(context)
  if (manager === 'pacman') return collectPacman(context)
  if (manager === 'apk') return collectApk(context)
  return manager === 'rpm-ostree' ? collectOstree(context) : collectDnf(context, manager)
}

/** A manager that compared every installed package with its lists has read its database whole. */
function databaseBy(updates: PatchSection['updates'] | undefined, source: string): PatchSection['database'] {
  if (updates === undefined || updates.state === 'never') return failed(source, { code: 'empty', detail: '' })
  if (updates.state === 'value') return read(source, { broken: false, problems: [] })
  if (DAMAGED.test(updates.detail)) return read(source, { broken: true, problems: [] })
  return failed(source, { code: updates.code, detail: updates.detail })
}
