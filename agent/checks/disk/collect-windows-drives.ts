/** Drives of Windows: its own list with every counter that it tells, and smartctl beside it. I/O through the probe only. */
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { askWindowsRaw } from '../windows/ask.ts'
import { readBesideSystem } from './read-beside-system.ts'
import type { DriveReport } from './smartctl.ts'
import { DISK_DRIVES_BLOCK, type NamedDrive, parseDiskDrives, WINDOWS_DISK_DRIVES } from './windows-disk-drives.ts'
import { windowsDevice } from './windows-drive.ts'
import { PHYSICAL_DISKS_BLOCK, parsePhysicalDisks, WINDOWS_PHYSICAL_DISKS } from './windows-physical-disks.ts'
import {
  PREDICT_FAILURE_BLOCK,
  type Prediction,
  parsePredictions,
  WINDOWS_PREDICT_FAILURE,
} from './windows-predict-failure.ts'
import {
  parseReliability,
  RELIABILITY_BLOCK,
  type Reliability,
  reliabilitySamples,
  WINDOWS_RELIABILITY,
  withReliability,
} from './windows-reliability.ts'
import {
  parseSectors,
  SMART_DATA_BLOCK,
  SMART_THRESHOLDS_BLOCK,
  type SmartSector,
  sectorSamples,
  smartOfSector,
  WINDOWS_SMART_DATA,
} from './windows-smart-data.ts'

/** All that Windows tells of its drives; what it could not tell is an empty list. */
export type WindowsAnswers = {
  readonly listed: readonly Drive[]
  readonly named: readonly NamedDrive[]
  readonly predictions: readonly Prediction[]
  readonly sectors: readonly SmartSector[]
  readonly thresholds: readonly SmartSector[]
  readonly reliability: readonly Reliability[]
}

/** The drives part on Windows. */
export async function collectWindowsDrives(context: CollectContext): Promise<Contribution<'disk'>> {
  return readBesideSystem(context, {
    source: WINDOWS_PHYSICAL_DISKS,
    own: await readOwn(context),
    sameDevice: (own, told) => own.device === windowsDevice(numberOf(told.device) ?? '-'),
    needsSmartctl: 'needs-smartctl-windows',
  })
}

/** smartctl counts `/dev/sda`, `/dev/sdb` … as Windows counts its physical drives (smartctl(8), Windows). */
function numberOf(device: string): string | null {
  const pd = /^\/dev\/pd(\d{1,3})$/.exec(device)?.[1]
  if (pd !== undefined) return pd
  const letter = /^\/dev\/sd([a-z])$/.exec(device)?.[1]
  return letter === undefined ? null : String(letter.charCodeAt(0) - 97)
}

async function readOwn(context: CollectContext): Promise<Result<readonly DriveReport[], Failure>> {
  const ask = async <T>(source: string, block: string, parse: (bytes: Uint8Array) => Result<readonly T[], Failure>) => {
    if (context.off.has(source))
      return { ok: false, error: { code: 'disabled', detail: `${source} is switched off for this machine` } } as const
    const raw = await askWindowsRaw(context, block)
    return raw.ok ? parse(raw.value) : raw
  }
  const listed = await ask(WINDOWS_PHYSICAL_DISKS, PHYSICAL_DISKS_BLOCK, parsePhysicalDisks)
  const named = await ask(WINDOWS_DISK_DRIVES, DISK_DRIVES_BLOCK, parseDiskDrives)
  if (!listed.ok && !named.ok) return listed
  const predictions = await ask(WINDOWS_PREDICT_FAILURE, PREDICT_FAILURE_BLOCK, parsePredictions)
  const sectors = await ask(WINDOWS_SMART_DATA, SMART_DATA_BLOCK, (bytes) => parseSectors(bytes))
  const thresholds = await ask(WINDOWS_SMART_DATA, SMART_THRESHOLDS_BLOCK, (bytes) =>
    parseSectors(bytes, SMART_THRESHOLDS_BLOCK),
  )
  const reliability = await ask(WINDOWS_RELIABILITY, RELIABILITY_BLOCK, parseReliability)
  const list = <T>(result: Result<readonly T[], Failure>) => (result.ok ? result.value : [])
  return ok(
    joinWindowsDrives({
      listed: list(listed),
      named: list(named),
      predictions: list(predictions),
      sectors: list(sectors),
      thresholds: list(thresholds),
      reliability: list(reliability),
    }),
  )
}

/**
 * One report per drive. A drive passes only where its driver foretells nothing and its attributes were read: the flag alone is no proof.
 * Pure.
 */
export function joinWindowsDrives(answers: WindowsAnswers): readonly DriveReport[] {
  const { listed, named } = answers
  const twin = (drive: Drive) => named.find((one) => one.drive.device === drive.device)
  const drives: [Drive, NamedDrive | undefined][] = listed.map((drive) => [drive, twin(drive)])
  // Windows 7 has no MSFT_PhysicalDisk; drives of a storage pool are in that list only.
  for (const one of named) if (!listed.some((drive) => drive.device === one.drive.device)) drives.push([one.drive, one])
  return drives
    .filter(([drive, other]) => !(other?.isRemovable === true && !fails(drive) && !fails(other.drive)))
    .map(([drive, other]) => reportOf(drive, other, answers))
}

const fails = ({ smart }: Drive) => smart.state === 'value' && smart.value.passed === false

function reportOf(drive: Drive, other: NamedDrive | undefined, answers: WindowsAnswers): DriveReport {
  if (drive.smart.state !== 'value') return { drive, samples: {} }
  const instance = other?.pnpId?.toUpperCase() ?? null
  const own = <T extends { readonly instance: string }>(list: readonly T[]) =>
    list.find((one) => instance !== null && one.instance.toUpperCase().replace(/_\d{1,3}$/, '') === instance)
  const prediction = own(answers.predictions)
  const sector = own(answers.sectors)
  const thresholds = own(answers.thresholds) ?? null
  const counters = answers.reliability.find(({ number }) => windowsDevice(number) === drive.device)
  const about = { thresholds, isSsd: drive.kind === 'ssd', model: drive.model }
  const base: Smart = sector === undefined ? drive.smart.value : smartOfSector(sector, about)
  const foretold = fails(drive) || (other !== undefined && fails(other.drive)) || prediction?.fails === true
  const isProven = prediction?.fails === false && sector !== undefined && thresholds !== null
  const judged: Smart = { ...base, passed: foretold ? false : isProven ? true : null }
  const smart = counters === undefined ? judged : withReliability(judged, counters)
  const source = sector !== undefined ? WINDOWS_SMART_DATA : drive.smart.source
  return {
    drive: { ...drive, smart: read(source, smart) },
    samples: {
      ...(counters === undefined ? {} : reliabilitySamples(drive.key, counters)),
      ...(sector === undefined ? {} : sectorSamples(drive.key, sector)),
    },
  }
}
