/**
 * Parses batteries of Windows: the classes of root/wmi (BatteryStaticData, BatteryFullChargedCapacity, BatteryCycleCount) and the XML of
 * `powercfg /batteryreport`. Pure and total.
 */
import type { Battery } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { steadyCapacity } from './battery.ts'

/** Source id. */
export const WINDOWS_BATTERY = 'system/windows-battery'
/** Block of the question. */
export const BATTERY_BLOCK = 'system-battery'

/** mWh. Errors: those of `readWindowsRecords`, `parse`. An empty list means that Windows was asked and knows none. */
export function parseWindowsBatteries(bytes: Uint8Array): Result<readonly Battery[], Failure> {
  const text = decode(bytes)
  if (/^\s{0,64}</.test(text)) return readReport(text)
  const records = readWindowsRecords(bytes, BATTERY_BLOCK)
  if (!records.ok) return records
  const found = new Map<string, WindowsRecord[]>()
  for (const record of records.value) {
    if (!['DesignedCapacity', 'FullChargedCapacity', 'CycleCount'].some((key) => record.has(key))) continue
    const instance = record.text('InstanceName', 200) ?? '?'
    found.set(instance, [...(found.get(instance) ?? []), record])
  }
  if (found.size === 0 && records.value.length > 0)
    return err({ code: 'parse', detail: 'objects, but none of a battery' })
  return ok([...found].map(([instance, parts]) => batteryOf(instance, parts)).slice(0, 8))
}

function batteryOf(instance: string, parts: readonly WindowsRecord[]): Battery {
  const figure = (key: string) =>
    parts.map((record) => record.count(key)).find((value) => value !== null && value > 0) ?? null
  const name = parts.map((record) => record.text('DeviceName', 64)).find((value) => value !== null)
  return battery(name ?? instance, figure('DesignedCapacity'), figure('FullChargedCapacity'), figure('CycleCount'))
}

/** 0 is how firmware says that it does not know. */
function battery(name: string, designCapacity: number | null, full: number | null, cycles: number | null): Battery {
  return { name: name.slice(0, 64), designCapacity, fullCapacity: steadyCapacity(full, designCapacity), cycles }
}

/** The XML is not translated. Capacities are in mWh unless the battery counts in relative units. */
function readReport(text: string): Result<readonly Battery[], Failure> {
  const from = text.indexOf('<Batteries>')
  const to = text.indexOf('</Batteries>', from)
  const isReport = text.includes('<BatteryReport')
  if (isReport && /<Batteries ?\/>/.test(text)) return ok([])
  if (!isReport || from < 0 || to < 0)
    return err({ code: 'parse', detail: 'XML, but not a battery report of powercfg' })
  const pieces = text
    .slice(from, to)
    .split(/<Battery>/)
    .slice(1, 9)
  return ok(
    pieces.map((piece) => {
      const value = (tag: string) =>
        new RegExp(`<${tag}>([^<]{1,64})</${tag}>`).exec(piece.slice(0, 4_096))?.[1]?.trim() ?? null
      const figure = (tag: string) => {
        const told = value(tag)
        return told !== null && /^\d{1,9}$/.test(told) && Number(told) > 0 ? Number(told) : null
      }
      return battery(
        value('Id') ?? 'battery',
        figure('DesignCapacity'),
        figure('FullChargeCapacity'),
        figure('CycleCount'),
      )
    }),
  )
}

/** `system/windows-battery`: the batteries part of Windows. */
export const windowsBattery: Source<'system'> = {
  id: WINDOWS_BATTERY,
  check: 'system',
  parse: ({ stdout }) => {
    const batteries = parseWindowsBatteries(stdout)
    return batteries.ok
      ? ok({ parts: { batteries: read(WINDOWS_BATTERY, [...batteries.value]) }, samples: {} })
      : batteries
  },
}
