/**
 * Win32_Battery → the UPS that is connected by USB. The battery inside a laptop stands in the same class; a UPS is told by its lead
 * acid cells or by its name. Pure. Values: MSDN, Win32_Battery.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { type ToldUps, tellUps } from './ups-status.ts'

const LEAD_ACID = 3
/** Minutes that Windows tells while the mains are there. */
const ON_MAINS = 71_582_788
const UPS_NAME =
  /\bUPS\b|American Power|\bAPC\b|Eaton|CyberPower|Tripp ?Lite|Liebert|Riello|Back-?UPS|Smart-?UPS|MGE|Ellipse/i
const STATUSES: { readonly [status: number]: ToldUps['status'] } = {
  1: 'on-battery',
  2: 'online',
  3: 'online',
  4: 'low-battery',
  5: 'low-battery',
  6: 'online',
  7: 'online',
  8: 'online',
  9: 'online',
}

/** Errors: those of `readWindowsRecords`, `exit`, `parse` (a record that is no battery). Without any UPS: an empty list. */
export function parseWindowsUps(bytes: Uint8Array, exitCode: number | null): Result<readonly ToldUps[], Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the question about batteries ended with ${exitCode}` })
  const records = readWindowsRecords(bytes, 'ups')
  if (!records.ok) return records
  const isBattery = (record: WindowsRecord) => ['Chemistry', 'BatteryStatus', 'DeviceID'].some((key) => record.has(key))
  if (!records.value.every(isBattery)) return err({ code: 'parse', detail: 'a record that is no Win32_Battery' })
  return ok(records.value.filter(isUps).map(upsOf))
}

function isUps(record: WindowsRecord): boolean {
  const names = [record.text('Name'), record.text('DeviceID')].join(' ')
  return record.count('Chemistry') === LEAD_ACID || UPS_NAME.test(names)
}

function upsOf(record: WindowsRecord, index: number): ToldUps {
  const minutes = record.count('EstimatedRunTime')
  return {
    name: (record.text('Name', 64) ?? record.text('DeviceID', 64) ?? `ups ${index + 1}`).slice(0, 64),
    status: STATUSES[record.count('BatteryStatus') ?? 0] ?? 'unknown',
    replaceBattery: null,
    chargePercent: record.count('EstimatedChargeRemaining'),
    runtimeSeconds: minutes === null || minutes >= ON_MAINS ? null : minutes * 60,
    loadPercent: null,
  }
}

/** Errors as `parseWindowsUps`. */
export const windowsUpsSource: Source<'posture'> = {
  id: 'posture/windows-ups',
  check: 'posture',
  parse: ({ stdout, exitCode }) => {
    const told = parseWindowsUps(stdout, exitCode)
    return told.ok ? ok(tellUps('posture/windows-ups', told.value)) : told
  },
}
