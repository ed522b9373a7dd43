/** Updates of macOS: from its preferences, and once a day from Apple. I/O through the probe. */
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs, HOUR_MS, SECOND_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import type { Peek } from '../json.ts'
import { parsePlist } from '../macos/plist.ts'
import { parseInstallHistory } from './install-history.ts'
import { type AppleUpdate, majorOfVersion, splitApple } from './macos-kinds.ts'
import { parseSoftwareUpdateList } from './softwareupdate-list.ts'
import { automaticIn, judgePreferences } from './softwareupdate-plist.ts'
import { updatesOf } from './waiting.ts'

const PREFERENCES = '/Library/Preferences/com.apple.SoftwareUpdate.plist'
const MANAGED = '/Library/Managed Preferences/com.apple.SoftwareUpdate.plist'
const HISTORY = '/Library/Receipts/InstallHistory.plist'
const VERSION = '/System/Library/CoreServices/SystemVersion.plist'
const LIST = 'patch/softwareupdate-list'
const PLIST = 'patch/softwareupdate-plist'
const EVERY_MS = DAY_MS - HOUR_MS

type Search = { readonly at: EpochMs; readonly updates: Result<readonly AppleUpdate[], Failure> }

/** What waits by Apple's own answer of the last day, else by what macOS found last. */
export async function collectMacos(context: CollectContext): Promise<Contribution<'patch'>> {
  const { probe, now } = context
  const installed = await readVersion(probe)
  const preferences = await readPlist(probe, PREFERENCES)
  const told = preferences.ok ? judgePreferences(preferences.value, installed) : preferences
  const search = await searchDaily(context)
  const history = await probe.readFile(HISTORY, { maxBytes: 4 * 1024 * 1024 })
  const installedAt = history.ok ? parseInstallHistory(history.value) : history
  const refreshedAt = told.ok ? (told.value.samples['list:refreshedAt'] ?? null) : null
  const updates = search.updates.ok
    ? read(LIST, updatesOf(splitApple(search.updates.value, majorOfVersion(installed))))
    : ((told.ok ? told.value.parts.updates : undefined) ?? failed(LIST, search.updates.error))
  const nothing = (source: string, detail: string) => failed(source, { code: 'unsupported', detail })
  return {
    parts: {
      manager: read(PLIST, { name: 'softwareupdate' }),
      updates,
      database: nothing(PLIST, 'macOS keeps no package database of this kind'),
      failing: nothing(PLIST, 'macOS keeps no count of updates that failed'),
    },
    samples: {
      'list:refreshedAt': search.updates.ok ? Math.min(search.at, now) : refreshedAt,
      'upgrade:lastAt': installedAt.ok ? installedAt.value : null,
    },
  }
}

/** One child a day, which goes to the network and may hang (munki#1124): its answer, good or bad, is kept for that long. */
async function searchDaily({ probe, now, memo }: CollectContext): Promise<Search> {
  const kept = memo.get(LIST) as Search | undefined
  if (kept !== undefined && Math.abs(now - kept.at) < EVERY_MS) return kept
  const run = await probe.exec('softwareupdate', ['--list'], { timeoutMs: 90 * SECOND_MS })
  const search: Search = { at: now, updates: run.ok ? parseSoftwareUpdateList(run.value) : err(run.error) }
  memo.set(LIST, search)
  return search
}

/** Managed settings win over those of the machine. */
export async function collectMacosAutomatic({ probe }: CollectContext): Promise<Contribution<'patch'>> {
  const own = await readPlist(probe, PREFERENCES)
  const managed = await readPlist(probe, MANAGED)
  const isUnread = !managed.ok && managed.error.code !== 'empty'
  const sources = [managed, own].flatMap((one) => (one.ok ? [one.value] : []))
  if (isUnread || sources.length === 0) {
    const failure =
      isUnread && !managed.ok ? managed.error : own.ok ? { code: 'empty' as const, detail: '' } : own.error
    return { parts: { automatic: failed(PLIST, failure) }, samples: {} }
  }
  return { parts: { automatic: automaticIn(sources) }, samples: {} }
}

/** Version of macOS (`15.7.2`); null: not readable. */
async function readVersion(probe: Probe): Promise<string | null> {
  const plist = await readPlist(probe, VERSION)
  return plist.ok ? plist.value.text('ProductVersion') : null
}

async function readPlist(probe: Probe, path: string): Promise<Result<Peek, Failure>> {
  const file = await probe.readFile(path, { maxBytes: 1024 * 1024 })
  if (!file.ok) return file
  const plist = parsePlist(file.value)
  return plist.ok ? ok(plist.value) : plist
}
