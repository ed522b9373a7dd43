/**
 * Parses MSStorageDriver_ATAPISmartData.VendorSpecific: the 512 bytes of ATA SMART READ DATA, as attributes that are judged by the
 * same rules as smartctl's. Layout: ATA/ATAPI-7, 6.34 and the vendors' common form (2 bytes of revision, then 30 entries of 12 bytes:
 * id, flags (2), value, worst, raw (6), reserved). Pure and total.
 */
import type { Smart } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { peek } from '../json.ts'
import { readWindowsRecords } from '../windows/records.ts'
import { bareSmart } from './bare-smart.ts'
import { parseAta } from './smartctl-ata.ts'
import { instanceDrive } from './windows-predict-failure.ts'

/** Source id. */
export const WINDOWS_SMART_DATA = 'disk/windows-smart-data'
/** Block of the question. */
export const SMART_DATA_BLOCK = 'disk-smart-data'
/** Block of the question for thresholds, a sector of the same layout. */
export const SMART_THRESHOLDS_BLOCK = 'disk-smart-thresholds'

const ENTRIES = 30
const ENTRY_BYTES = 12
const FIRST_ENTRY = 2
/** Names that smartmontools gives these ids for most drives (drivedb.h); others are told by their number. */
const NAMES: { readonly [id: number]: string } = {
  5: 'Reallocated_Sector_Ct',
  9: 'Power_On_Hours',
  10: 'Spin_Retry_Count',
  177: 'Wear_Leveling_Count',
  184: 'End-to-End_Error',
  187: 'Reported_Uncorrect',
  188: 'Command_Timeout',
  190: 'Airflow_Temperature_Cel',
  194: 'Temperature_Celsius',
  197: 'Current_Pending_Sector',
  198: 'Offline_Uncorrectable',
  199: 'UDMA_CRC_Error_Count',
  231: 'SSD_Life_Left',
}

/** One drive's sector. `bytes` as told, at least as long as the table. */
export type SmartSector = { readonly instance: string; readonly bytes: readonly number[] }

/** By drive. Errors: those of `readWindowsRecords`; `parse` when no record holds a whole sector. */
export function parseSectors(bytes: Uint8Array, block = SMART_DATA_BLOCK): Result<readonly SmartSector[], Failure> {
  const records = readWindowsRecords(bytes, block)
  if (!records.ok) return records
  const sectors = records.value.flatMap((record) => {
    const told = record.numbers('VendorSpecific')
    const isSector = told.length >= FIRST_ENTRY + ENTRIES * ENTRY_BYTES && told.every(isByte)
    return isSector ? [{ instance: record.text('InstanceName', 200) ?? '?', bytes: told }] : []
  })
  // Some of the drives only: the others would vanish without a word.
  if (sectors.length < records.value.length)
    return err({ code: 'parse', detail: 'VendorSpecific is missing or does not hold the 512 bytes of a sector' })
  return ok(sectors.slice(0, 128))
}

const isByte = (value: number) => Number.isInteger(value) && value >= 0 && value <= 255

type Attribute = { readonly id: number; readonly value: number; readonly worst: number; readonly raw: number }

function attributesOf({ bytes }: SmartSector): readonly Attribute[] {
  const found: Attribute[] = []
  for (let index = 0; index < ENTRIES; index++) {
    const at = FIRST_ENTRY + index * ENTRY_BYTES
    const byte = (offset: number) => bytes[at + offset] ?? 0
    if (byte(0) === 0) continue
    const raw = [5, 6, 7, 8, 9, 10].reduce((sum, offset, place) => sum + byte(offset) * 256 ** place, 0)
    found.push({ id: byte(0), value: byte(3), worst: byte(4), raw })
  }
  return found
}

/** @param thresholds the drive's other sector; null: not told, and no attribute can be called failing. */
export function smartOfSector(
  sector: SmartSector,
  about: { readonly thresholds: SmartSector | null; readonly isSsd: boolean; readonly model: string | null },
): Smart {
  const limits = new Map((about.thresholds?.bytes ?? []).flatMap((byte, at, all) => thresholdAt(byte, at, all)))
  const table = attributesOf(sector).map(({ id, value, worst, raw }) => ({
    id,
    name: NAMES[id] ?? `attribute ${id}`,
    value,
    worst,
    ...(limits.has(id) ? { thresh: limits.get(id) } : {}),
    raw: { value: raw, string: stringOf(id, raw) },
  }))
  const root = peek({
    model_name: about.model,
    ...(about.isSsd ? { rotation_rate: 0 } : {}),
    ata_smart_attributes: { table },
  })
  return { ...bareSmart(null), ...parseAta(root) }
}

function thresholdAt(byte: number, at: number, all: readonly number[]): [number, number][] {
  const isEntry =
    at >= FIRST_ENTRY && at < FIRST_ENTRY + ENTRIES * ENTRY_BYTES && (at - FIRST_ENTRY) % ENTRY_BYTES === 0
  return isEntry && byte !== 0 ? [[byte, all[at + 1] ?? 0]] : []
}

/** smartctl prints attribute 5 as `raw16(raw16)`: only the lowest word counts sectors. */
function stringOf(id: number, raw: number): string {
  return id === 5 && raw > 0xffff ? `${raw % 0x10000} (${Math.floor(raw / 0x10000)})` : String(raw)
}

/** Temperature is the lowest byte of 194, else of 190; hours the lowest three of 9, unless the drive counts something else there. */
export function sectorSamples(key: string, sector: SmartSector): SampleValues {
  const attributes = attributesOf(sector)
  const raw = (id: number) => attributes.find((one) => one.id === id)?.raw ?? null
  const celsius = (raw(194) ?? raw(190) ?? 0) % 256
  const hours = raw(9)
  return {
    ...(celsius > 0 && celsius < 120 ? { [`drive:${key}:temperatureCelsius`]: celsius } : {}),
    ...(hours !== null && hours < 250_000 ? { [`drive:${key}:powerOnHours`]: hours } : {}),
  }
}

/** `disk/windows-smart-data`: attributes by drive, without a verdict. */
export const windowsSmartData: Source<'disk'> = {
  id: WINDOWS_SMART_DATA,
  check: 'disk',
  parse: ({ stdout }) => {
    const sectors = parseSectors(stdout)
    if (!sectors.ok) return sectors
    const samples: { [key: string]: number | null } = {}
    const drives = sectors.value.map((sector) => {
      const identity = instanceDrive(sector.instance)
      Object.assign(samples, sectorSamples(identity.key, sector))
      const smart = smartOfSector(sector, { thresholds: null, isSsd: false, model: sector.instance })
      return { ...identity, smart: read(WINDOWS_SMART_DATA, smart) }
    })
    return ok({ parts: { drives: read(WINDOWS_SMART_DATA, drives) }, samples })
  },
}
