/**
 * MSFT_MpThreatDetection and MSFT_MpThreat of Defender → counts. Pure. Paths, names and users in them are personal and are never kept.
 */
import type { AntivirusSection } from '../../../shared/checks/antivirus.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { windowsFailure } from './windows-errors.ts'

/** Block of the script. */
export const DEFENDER_THREATS_BLOCK = 'defender-threats'
const WITHIN_DAYS = 30
type Threats = Extract<AntivirusSection['threats'], { readonly state: 'value' }>['value']

/** ThreatStatusID (Defender WMIv2): 1 detected, 2 cleaned, 3 quarantined, 4 removed, 5 allowed by somebody, 6 blocked, 102–107 failed. */
const HANDLED: readonly number[] = [2, 3, 4, 6]
const ALLOWED = 5
const isFailed = (status: number) => status >= 102 && status <= 107

/** A failed or unanswered detection is active unless Defender itself says that the threat is not. Errors: `parse` when a record tells neither. */
export function parseThreats(records: readonly WindowsRecord[], now: EpochMs): Result<Threats, Failure> {
  const active = new Map<string, boolean>()
  const detections: WindowsRecord[] = []
  for (const record of records) {
    const id = record.text('ThreatID')
    const isActive = record.flag('IsActive')
    const status = record.count('ThreatStatusID')
    if (id === null || (isActive === null && status === null))
      return err({ code: 'parse', detail: 'a threat that does not tell its state' })
    if (isActive !== null) active.set(id, active.get(id) === true || isActive)
    if (status !== null) detections.push(record)
  }
  let handled = 0
  let failedCount = 0
  for (const record of detections) {
    const id = record.text('ThreatID') ?? ''
    const status = record.count('ThreatStatusID') ?? 0
    const isRecent = recent(record, now)
    if (HANDLED.includes(status)) handled += isRecent ? 1 : 0
    else if (isFailed(status)) failedCount += isRecent ? 1 : 0
    if (!HANDLED.includes(status) && status !== ALLOWED && !active.has(id)) active.set(id, true)
  }
  const open = [...active.values()].filter((isActive) => isActive).length
  return ok({ active: open, handled, failed: failedCount, withinDays: WITHIN_DAYS })
}

/** A detection whose time is not told counts as recent. */
function recent(record: WindowsRecord, now: EpochMs): boolean {
  const at = record.instant('LastThreatStatusChangeTime') ?? record.instant('InitialDetectionTime')
  return at === null || now - at < WITHIN_DAYS * DAY_MS
}

/** Errors: those of the block; `parse`. An empty list: Defender was asked and found nothing. */
export const windowsDefenderThreatsSource: Source<'antivirus'> = {
  id: 'antivirus/windows-defender-threats',
  check: 'antivirus',
  parse: (input) => {
    const { stdout, now } = input
    const failure = windowsFailure(input)
    if (failure !== null) return err(failure)
    const records = readWindowsRecords(stdout, DEFENDER_THREATS_BLOCK)
    if (!records.ok) return records
    const threats = parseThreats(records.value, now)
    return threats.ok
      ? ok({ parts: { threats: read('antivirus/windows-defender-threats', threats.value) }, samples: {} })
      : threats
  },
}
