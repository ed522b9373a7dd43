/** Parses MSFT_StorageReliabilityCounter (`Get-StorageReliabilityCounter`). Pure and total. */
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { bareSmart } from './bare-smart.ts'
import { windowsIdentity } from './windows-drive.ts'

/** Source id. */
export const WINDOWS_RELIABILITY = 'disk/windows-reliability'
/** Block of the question. */
export const RELIABILITY_BLOCK = 'disk-reliability'

/** Counters of one drive. Nulls and zeros both mean that the driver reports nothing (windows-powershell-docs#563), so zero is null. */
export type Reliability = {
  readonly number: string
  readonly wearPercent: number | null
  readonly uncorrectedErrors: number | null
  readonly temperatureCelsius: number | null
  readonly powerOnHours: number | null
}

const KEYS = [
  'Wear',
  'Temperature',
  'PowerOnHours',
  'ReadErrorsUncorrected',
  'WriteErrorsUncorrected',
  'ReadErrorsTotal',
]

/** By drive. Errors: those of `readWindowsRecords`; `parse` when no record holds such counters. */
export function parseReliability(bytes: Uint8Array): Result<readonly Reliability[], Failure> {
  const records = readWindowsRecords(bytes, RELIABILITY_BLOCK)
  if (!records.ok) return records
  const found = records.value.flatMap(countersOf)
  if (found.length === 0 && records.value.length > 0)
    return err({ code: 'parse', detail: 'objects, but none with the counters of a drive' })
  return ok(found.slice(0, 128))
}

function countersOf(record: WindowsRecord): Reliability[] {
  const number = record.text('DeviceId', 16)
  if (number === null || !KEYS.some((key) => record.has(key))) return []
  const told = (key: string) => {
    const value = record.count(key)
    return value === 0 ? null : value
  }
  const reads = told('ReadErrorsUncorrected')
  const writes = told('WriteErrorsUncorrected')
  return [
    {
      number,
      wearPercent: told('Wear'),
      uncorrectedErrors: reads === null && writes === null ? null : (reads ?? 0) + (writes ?? 0),
      temperatureCelsius: told('Temperature'),
      powerOnHours: told('PowerOnHours'),
    },
  ]
}

/** What the counters add to a drive of which no better source told. */
export function withReliability(smart: Smart, counters: Reliability): Smart {
  return {
    ...smart,
    wearPercent: smart.wearPercent ?? counters.wearPercent,
    reportedUncorrectable: smart.reportedUncorrectable ?? counters.uncorrectedErrors,
  }
}

/** @param key of the drive. Keys that were not told are absent. */
export function reliabilitySamples(key: string, counters: Reliability): SampleValues {
  const { temperatureCelsius, powerOnHours } = counters
  return {
    ...(temperatureCelsius === null ? {} : { [`drive:${key}:temperatureCelsius`]: temperatureCelsius }),
    ...(powerOnHours === null ? {} : { [`drive:${key}:powerOnHours`]: powerOnHours }),
  }
}

function driveOf(counters: Reliability): Drive {
  const nothing = { model: null, serial: null, firmware: null, bus: null, media: null, capacityBytes: null }
  const identity = windowsIdentity({ ...nothing, number: counters.number })
  return { ...identity, smart: read(WINDOWS_RELIABILITY, withReliability(bareSmart(null), counters)) }
}

/** `disk/windows-reliability`: wear, errors, temperature and hours by drive number; no verdict. */
export const windowsReliability: Source<'disk'> = {
  id: WINDOWS_RELIABILITY,
  check: 'disk',
  parse: ({ stdout }) => {
    const found = parseReliability(stdout)
    if (!found.ok) return found
    const drives = found.value.map(driveOf)
    const samples: { [key: string]: number | null } = {}
    for (const [index, counters] of found.value.entries())
      Object.assign(samples, reliabilitySamples(drives[index]?.key ?? '', counters))
    return ok({ parts: { drives: read(WINDOWS_RELIABILITY, drives) }, samples })
  },
}
