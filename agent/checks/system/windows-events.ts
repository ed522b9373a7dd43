/** Counts ends that nobody wanted, from the System log of Windows: Kernel-Power 41, EventLog 6008, BugCheck 1001. Pure and total. */

import type { SampleValues } from '../../../shared/checks/samples.ts'
import type { SystemSection } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { readWindowsEvents, type WindowsEvent } from '../windows/events.ts'

/** Source id. */
export const WINDOWS_EVENTS = 'system/windows-events'
/** Block of the question. */
export const EVENTS_BLOCK = 'system-events'
/** The window in which ends are counted, on every system. */
export const CRASH_DAYS = 7

/** The crashes part's value. */
export type Crashes = Extract<SystemSection['crashes'], { state: 'value' }>['value']
/** With the sample `crash:lastAt` where an instant was told. */
export type CrashReport = { readonly crashes: Crashes; readonly samples: SampleValues }

/** Errors: those of `readWindowsEvents`. @param now events before the window are left out; one without a time counts. */
export function parseWindowsCrashes(bytes: Uint8Array, now: EpochMs): Result<CrashReport, Failure> {
  const told = readWindowsEvents(bytes, EVENTS_BLOCK)
  if (!told.ok) return told
  const events = told.value.filter(({ at }) => at === null || now === 0 || at >= now - CRASH_DAYS * DAY_MS)
  const count = (test: (event: WindowsEvent) => boolean) => events.filter(test).length
  // Both 41 and 6008 are written at the start after one bad end; a blue screen writes 1001 besides.
  const ends = Math.max(count(isPowerLoss), count(isUnexpected))
  const systemStops = Math.max(
    count(isBugCheck),
    count((event) => isPowerLoss(event) && hasStopCode(event)),
  )
  const lastAt = Math.max(0, ...events.filter(isEnd).map(({ at }) => at ?? 0))
  return ok({
    crashes: { unexpectedShutdowns: Math.max(0, ends - systemStops), systemStops, withinDays: CRASH_DAYS },
    samples: lastAt === 0 ? {} : { 'crash:lastAt': lastAt },
  })
}

const isFrom = (event: WindowsEvent, provider: RegExp) => event.provider === '' || provider.test(event.provider)
const isPowerLoss = (event: WindowsEvent) => event.id === 41 && isFrom(event, /kernel-power/i)
const isUnexpected = (event: WindowsEvent) => event.id === 6008 && isFrom(event, /eventlog/i)
// The Application log uses 1001 for the reports of any program ("Windows Error Reporting").
const isBugCheck = (event: WindowsEvent) =>
  event.id === 1001 && /bugcheck|wer-systemerrorreporting/i.test(event.provider)
const isEnd = (event: WindowsEvent) => isPowerLoss(event) || isUnexpected(event) || isBugCheck(event)

/** BugcheckCode is the first value of 41: 0 when the power went or the machine froze. */
function hasStopCode({ named, data }: WindowsEvent): boolean {
  const code = named.get('BugcheckCode') ?? data[0] ?? ''
  return /^(?:0x)?[0-9a-f]{1,10}$/i.test(code) && Number(code) > 0
}

/** `system/windows-events`: the crashes part of Windows. */
export const windowsEvents: Source<'system'> = {
  id: WINDOWS_EVENTS,
  check: 'system',
  parse: ({ stdout, now }) => {
    const found = parseWindowsCrashes(stdout, now)
    if (!found.ok) return found
    return ok({ parts: { crashes: read(WINDOWS_EVENTS, found.value.crashes) }, samples: found.value.samples })
  },
}
