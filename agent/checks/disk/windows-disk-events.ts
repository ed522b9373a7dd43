/** Counts what Windows logged about disks, controllers and file systems. Pure and total. */
import type { DeviceErrors } from '../../../shared/checks/disk.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { readWindowsEvents, type WindowsEvent } from '../windows/events.ts'

/** Source id. */
export const WINDOWS_DISK_EVENTS = 'disk/windows-disk-events'
/** Block of the question. */
export const DISK_EVENTS_BLOCK = 'disk-events'
/** The question looks back this far; a week covers a weekend with nobody there. */
export const EVENTS_WITHIN_HOURS = 168

/** Kind by provider (a word in its name) and id; messages of disk.sys, the port drivers and NTFS as in their manifests. */
const KINDS: readonly (readonly [provider: RegExp, ids: { readonly [id: number]: DeviceErrors['kind'] }])[] = [
  [
    /^(?:disk|microsoft-windows-disk)$/i,
    { 7: 'bad-block', 11: 'controller', 51: 'retry', 52: 'predicted', 153: 'retry', 154: 'bad-block' },
  ],
  [/ntfs|refs/i, { 55: 'file-system', 98: 'file-system', 140: 'file-system' }],
  [/stor|raid|nvme|ahci|lsi|megasas|atapi|ultra/i, { 9: 'reset', 11: 'controller', 15: 'controller', 129: 'reset' }],
]

/** NTFS 98 is written at every check: information says that the volume is healthy, a warning that it is not. */
const HEALTHY_LEVELS = [0, 4, 5]

/**
 * @param now events older than the window are left out; one without a time counts, for it was asked for.
 * Errors: those of `readWindowsEvents`. Empty list: the log was asked and holds none.
 */
export function parseDiskEvents(bytes: Uint8Array, now: EpochMs): Result<readonly DeviceErrors[], Failure> {
  const events = readWindowsEvents(bytes, DISK_EVENTS_BLOCK)
  if (!events.ok) return events
  const found = new Map<string, DeviceErrors>()
  for (const event of events.value) {
    const kind = kindOf(event)
    if (kind === null || (event.at !== null && now > 0 && event.at < now - EVENTS_WITHIN_HOURS * HOUR_MS)) continue
    const device = deviceOf(event)
    const key = `${kind} ${device}`
    const count = (found.get(key)?.count ?? 0) + 1
    found.set(key, { device, kind, count, withinHours: EVENTS_WITHIN_HOURS })
  }
  return ok([...found.values()].sort((a, b) => b.count - a.count).slice(0, 64))
}

function kindOf({ provider, id, level }: WindowsEvent): DeviceErrors['kind'] | null {
  if (id === 98 && level !== null && HEALTHY_LEVELS.includes(level)) return null
  // Without its provider only the ids that no other one of the System log uses are taken.
  const row = KINDS.find(([pattern]) => pattern.test(provider))
  const ids = row?.[1] ?? (provider === '' ? { 7: 'bad-block', 52: 'predicted', 55: 'file-system', 153: 'retry' } : {})
  return (ids as { readonly [id: number]: DeviceErrors['kind'] })[id] ?? null
}

const DEVICE = /\\Device\\[\w\\-]{1,100}/i

function deviceOf({ data, named, message, provider }: WindowsEvent): string {
  const volume = named.get('DriveName') ?? named.get('VolumeName')
  const letter = volume ?? data.find((value) => /^[A-Z]:\\?$/i.test(value))
  if (letter !== undefined && letter.trim() !== '') return letter.trim().slice(0, 128)
  const told = [...data, message ?? ''].map((value) => DEVICE.exec(value)?.[0]).find((value) => value !== undefined)
  const bare = told?.replace(/\\+$/, '')
  return (bare ?? /\b([A-Z]:)/.exec(message ?? '')?.[1] ?? (provider === '' ? 'disk' : provider)).slice(0, 128)
}

/** `disk/windows-disk-events`: errors by device and kind within a week. */
export const windowsDiskEvents: Source<'disk'> = {
  id: WINDOWS_DISK_EVENTS,
  check: 'disk',
  parse: ({ stdout, now }) => {
    const errors = parseDiskEvents(stdout, now)
    return errors.ok
      ? ok({ parts: { deviceErrors: read(WINDOWS_DISK_EVENTS, [...errors.value]) }, samples: {} })
      : errors
  },
}
