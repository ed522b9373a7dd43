/** Parses batteries of Macs: `ioreg -rn AppleSmartBattery` (property list with `-a`, or text) and `system_profiler SPPowerDataType`. Pure and total. */
import type { Battery } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, peek } from '../json.ts'
import { parsePlist } from '../macos/plist.ts'
import { dataTypes } from '../macos/system-profiler.ts'
import { steadyCapacity } from './battery.ts'

/** Source id. */
export const IOREG_BATTERY = 'system/ioreg-battery'
/** Source id. */
export const SYSTEM_PROFILER_POWER = 'system/system-profiler-power'

/** mAh. Errors: `empty` (what ioreg prints on a Mac without a battery, and on failure), `parse`. */
export function parseIoregBattery(bytes: Uint8Array): Result<readonly Battery[], Failure> {
  const text = decode(bytes)
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const isPlist = bytes[0] === 0x62 || /^\s{0,64}</.test(text)
  const root = isPlist ? parsePlist(bytes) : readIoregText(text)
  if (!root.ok) return root
  const entries = root.value.list('', 8)
  const found = (entries.length > 0 ? entries : [root.value]).filter(
    (one) => one.has('CycleCount') || one.has('DesignCapacity') || one.has('BatteryData'),
  )
  if (found.length === 0) return err({ code: 'parse', detail: 'ioreg, but not of AppleSmartBattery' })
  return ok(found.filter((one) => one.flag('BatteryInstalled') !== false).map(batteryOf))
}

function batteryOf(entry: Peek): Battery {
  // Since macOS 27 the figures stand in BatteryData only.
  const figure = (key: string) => positive(entry.count(key)) ?? positive(entry.count(`BatteryData.${key}`))
  const designCapacity = figure('DesignCapacity')
  // MaxCapacity is mAh on Intel and a percentage on Apple silicon.
  const max = figure('MaxCapacity')
  const full =
    figure('NominalChargeCapacity') ?? figure('AppleRawMaxCapacity') ?? (max !== null && max > 100 ? max : null)
  const failure = entry.count('PermanentFailureStatus')
  return {
    name: (entry.text('DeviceName', 64) ?? entry.text('BatteryData.DeviceName', 64) ?? 'InternalBattery').slice(0, 64),
    designCapacity,
    fullCapacity: steadyCapacity(full, designCapacity),
    cycles: figure('CycleCount'),
    condition: failure !== null && failure !== 0 ? 'service' : null,
  }
}

const positive = (value: number | null) => (value === null || value === 0 ? null : value)

/** `  "DesignCapacity" = 8790`; nested dictionaries stand on one line and are left out. */
function readIoregText(text: string): Result<Peek, Failure> {
  const values: { [key: string]: unknown } = {}
  for (const line of text.split('\n', 4_096)) {
    const match = /^[ |]{0,32}"(\w{1,64})" = (?:(\d{1,15})|(Yes|No)|"([^"]{0,128})")\s*$/.exec(line.slice(0, 512))
    if (match?.[1] === undefined) continue
    values[match[1]] ??=
      match[2] !== undefined ? Number(match[2]) : match[3] !== undefined ? match[3] === 'Yes' : match[4]
  }
  return Object.keys(values).length === 0 ? err({ code: 'parse', detail: 'not the output of ioreg' }) : ok(peek(values))
}

type Told = { readonly [K in 'name' | 'cycles' | 'condition' | 'maximum' | 'full']: string | null }

/**
 * Apple tells a share of the design (Apple silicon), or what it holds without its design (Intel), and always its own judgment.
 * Errors: `empty`, `parse`. An empty list: settings of power without any word on a battery.
 */
export function parseMacosPower(bytes: Uint8Array): Result<readonly Battery[], Failure> {
  const text = decode(bytes)
  const isText = bytes[0] !== 0x62 && !/^\s{0,64}[<{[]/.test(text)
  const told = isText ? readPowerText(text) : readPower(bytes)
  if (!told.ok) return told
  if (told.value === null) return ok([])
  const { name, cycles, condition, maximum, full } = told.value
  const percent = /^(\d{1,3})\s?%$/.exec(maximum ?? '')?.[1]
  const capacity = /^\d{1,6}$/.test(full ?? '') ? positive(Number(full)) : null
  return ok([
    {
      name: name ?? 'InternalBattery',
      designCapacity: percent === undefined ? null : 100,
      fullCapacity: percent === undefined ? capacity : Number(percent),
      cycles: /^\d{1,6}$/.test(cycles ?? '') ? Number(cycles) : null,
      condition: conditionOf(condition),
    },
  ])
}

/** `Normal` and `Good`; else `Replace Soon`, `Replace Now`, `Service Battery`, `Service Recommended`, `Check Battery`, `Poor`, `Fair`. */
function conditionOf(text: string | null): 'normal' | 'service' | null {
  if (text === null) return null
  if (/^(?:normal|good)$/i.test(text)) return 'normal'
  return /replace|service|check|poor|permanent/i.test(text) ? 'service' : null
}

/** @returns null when there is no battery. */
function readPower(bytes: Uint8Array): Result<Told | null, Failure> {
  const types = dataTypes(bytes)
  if (!types.ok) return types
  const items = types.value.get('SPPowerDataType')
  if (items === undefined || items.length === 0)
    return err({ code: 'parse', detail: 'system_profiler, but not of power' })
  const item = items.find((one) => one.keys().some((key) => key.startsWith('sppower_battery')))
  if (item === undefined) return ok(null)
  const health = item.at('sppower_battery_health_info')
  const model = item.at('sppower_battery_model_info')
  const charge = item.at('sppower_battery_charge_info')
  const word = (from: Peek, key: string) => from.text(key, 64) ?? from.count(key)?.toString() ?? null
  return ok({
    name: model.text('sppower_battery_device_name', 64),
    cycles: word(health, 'sppower_battery_cycle_count'),
    condition: health.text('sppower_battery_health', 64),
    maximum: health.text('sppower_battery_health_maximum_capacity', 16),
    full: word(charge, 'sppower_battery_max_capacity'),
  })
}

function readPowerText(text: string): Result<Told | null, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const values = new Map<string, string>()
  for (const line of text.split('\n', 2_048)) {
    const match = /^ {2,16}([A-Z][\w ()-]{1,50}): (\S.{0,100})$/.exec(line.trimEnd())
    if (match?.[1] !== undefined && match[2] !== undefined && !values.has(match[1]))
      values.set(match[1], match[2].trim())
  }
  const value = (label: string) => values.get(label) ?? null
  const isThere =
    /^ {2,8}(?:Battery|Health|Charge|Model) Information:/m.test(text) ||
    values.has('Cycle Count') ||
    values.has('Condition')
  const isPower = /^Power:|^ {2,8}System Power Settings:/m.test(text)
  if (!isPower && !isThere) return err({ code: 'parse', detail: 'not the output of system_profiler SPPowerDataType' })
  if (!isThere || value('Battery Installed') === 'No') return ok(null)
  return ok({
    name: value('Device Name'),
    cycles: value('Cycle Count'),
    condition: value('Condition'),
    maximum: value('Maximum Capacity'),
    full: value('Full Charge Capacity (mAh)'),
  })
}

/** `system/ioreg-battery`: capacity and cycles. */
export const ioregBattery: Source<'system'> = {
  id: IOREG_BATTERY,
  check: 'system',
  parse: ({ stdout }) => {
    const found = parseIoregBattery(stdout)
    return found.ok ? ok({ parts: { batteries: read(IOREG_BATTERY, [...found.value]) }, samples: {} }) : found
  },
}

/** `system/system-profiler-power`: Apple's own judgment. */
export const systemProfilerPower: Source<'system'> = {
  id: SYSTEM_PROFILER_POWER,
  check: 'system',
  parse: ({ stdout }) => {
    const found = parseMacosPower(stdout)
    return found.ok ? ok({ parts: { batteries: read(SYSTEM_PROFILER_POWER, [...found.value]) }, samples: {} }) : found
  },
}
