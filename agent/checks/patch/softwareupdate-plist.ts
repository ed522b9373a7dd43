/** `/Library/Preferences/com.apple.SoftwareUpdate.plist` → what macOS found last, when, and whether it installs it by itself. Pure. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Contribution, Source } from '../collector.ts'
import type { Peek } from '../json.ts'
import { parsePlist } from '../macos/plist.ts'
import { compareVersions } from './compare-versions.ts'
import { type AppleUpdate, majorOfVersion, splitApple } from './macos-kinds.ts'
import { updatesOf } from './waiting.ts'

const ID = 'patch/softwareupdate-plist'
const DATES = ['LastSuccessfulDate', 'LastFullSuccessfulDate', 'LastBackgroundSuccessfulDate']
/** What macOS itself keeps in this file: with one of them, it is the file of the machine and not one that sets a few switches. */
const KEPT = [
  ...DATES,
  'LastUpdatesAvailable',
  'LastRecommendedUpdatesAvailable',
  'LastResultCode',
  'LastAttemptSystemVersion',
]
/** What installs security updates by itself. macOS writes a key once somebody has touched its switch: a missing one is on. */
const INSTALLS_SYSTEM = 'AutomaticallyInstallMacOSUpdates'
const SWITCHES = ['AutomaticCheckEnabled', 'AutomaticDownload', INSTALLS_SYSTEM, 'CriticalUpdateInstall']
const SUCCEEDED = 2

/** What the file says. `installed`: version of macOS now, null: not known; an update to it or to an older one is left out. */
export function judgePreferences(preferences: Peek, installed: string | null): Result<Contribution<'patch'>, Failure> {
  const isOurs = [...DATES, ...SWITCHES, 'LastUpdatesAvailable', 'RecommendedUpdates'].some((key) =>
    preferences.has(key),
  )
  if (!isOurs) return err({ code: 'parse', detail: 'no key of com.apple.SoftwareUpdate' })
  return ok({
    parts: {
      manager: read(ID, { name: 'softwareupdate' }),
      updates: updatesIn(preferences, installed),
      automatic: automaticIn([preferences]),
    },
    samples: { 'list:refreshedAt': refreshedAt(preferences) },
  })
}

/** Newest of the dates of a successful look; null: none. */
export function refreshedAt(preferences: Peek): EpochMs | null {
  const times = DATES.map((key) => Date.parse(preferences.text(key) ?? '')).filter(Number.isFinite)
  return times.length === 0 ? null : Math.max(...times)
}

/** The count must fit the list: a list that lost an entry is not one that lost an update. */
function updatesIn(preferences: Peek, installed: string | null): PatchSection['updates'] {
  const count = preferences.count('LastUpdatesAvailable')
  const recommended = preferences.count('LastRecommendedUpdatesAvailable')
  const list = preferences.list('RecommendedUpdates', 500)
  if (preferences.flag('LastSessionSuccessful') === false)
    return failed(ID, { code: 'exit', detail: 'the last look for updates did not succeed' })
  const code = preferences.number('LastResultCode')
  if (list.length === 0 && code !== null && code !== SUCCEEDED && code !== 0)
    return failed(ID, { code: 'exit', detail: `the last look for updates ended with ${code}` })
  if (refreshedAt(preferences) === null)
    return failed(ID, { code: 'empty', detail: 'no date of a successful look for updates' })
  if (count === null && list.length === 0)
    return failed(ID, { code: 'empty', detail: 'neither updates nor their number' })
  if (list.length < Math.max(recommended ?? 0, 0) || (list.length === 0 && (count ?? 0) > 0))
    return failed(ID, {
      code: 'parse',
      detail: `${count ?? recommended} updates are counted, ${list.length} are listed`,
    })
  const updates = list.map(appleUpdate).filter((update) => !isInstalled(update, installed))
  return read(ID, updatesOf(splitApple(updates, majorOfVersion(installed))))
}

function appleUpdate(entry: Peek): AppleUpdate {
  const label = entry.text('Identifier', 128) ?? ''
  return { label, name: entry.text('Display Name', 128) ?? label, version: entry.text('Display Version', 128) }
}

function isInstalled(update: AppleUpdate, installed: string | null): boolean {
  if (installed === null || update.version === null || !/^(?:macOS|OS X|Mac OS X)\b/i.test(update.name)) return false
  return /^[\d.]+$/.test(update.version) && compareVersions(update.version, installed) <= 0
}

/**
 * A plist is read whole or not at all, so that a key which is missing was never set, and on. Before macOS 13 the switch for releases
 * of the system was off until somebody set it. @param sources first ones win: managed settings, then those of the machine.
 */
export function automaticIn(sources: readonly Peek[]): PatchSection['automatic'] {
  const told = SWITCHES.map((key) => sources.map((one) => flagOf(one, key)).find((flag) => flag !== null) ?? null)
  const mechanism = 'Software Update'
  if (told.includes(false)) return read(ID, { enabled: false, mechanism })
  const missing = SWITCHES.filter((_, at) => told[at] === null)
  // A switch that stands there and is neither on nor off was set to something.
  const isStrange = missing.some((key) => sources.some((one) => one.keys().includes(key)))
  const own = sources.find((one) => KEPT.some((key) => one.has(key)))
  const release = majorOfVersion(own?.text('LastAttemptSystemVersion') ?? null)
  const isDefault =
    own !== undefined && !isStrange && (release === null || release >= 13 || !missing.includes(INSTALLS_SYSTEM))
  if (missing.length === 0 || isDefault) return read(ID, { enabled: true, mechanism })
  const detail = `not set, so the default of this release of macOS holds: ${missing.join(', ')}`
  return failed(ID, { code: 'empty', detail })
}

function flagOf(preferences: Peek, key: string): boolean | null {
  const flag = preferences.flag(key)
  const number = preferences.number(key)
  return flag ?? (number === 1 ? true : number === 0 ? false : null)
}

/** The file alone. Errors: `empty`, `parse`. */
export const softwareUpdatePlistSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0) return err({ code: 'exit', detail: `reading the file ended with ${exitCode ?? 'a signal'}` })
    const preferences = parsePlist(stdout)
    return preferences.ok ? judgePreferences(preferences.value, null) : preferences
  },
}
