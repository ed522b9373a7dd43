/** The disk section of a demo machine at one moment. Pure. */
import type { Drive, RaidArray, Smart, Volume } from '../../../shared/checks/disk.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import { chance } from '../chance.ts'
import type { DriveSpec, VolumeSpec } from '../scenario/machine-spec.ts'
import { osOf } from '../scenario/operating-systems.ts'
import { type DemoMachine, during } from '../scenario/world.ts'
import { readAt } from './readings.ts'
import { STEADY_DISK } from './steady-parts.ts'
import { keptParts, type Look, type Told } from './told.ts'

const GRAIN_BYTES = 1_000_000
const CLEAN: Smart = {
  passed: true,
  exitBits: 0,
  failingAttributes: [],
  reallocatedSectors: null,
  pendingSectors: null,
  offlineUncorrectable: null,
  reportedUncorrectable: null,
  commandTimeouts: null,
  crcErrors: null,
  endToEndErrors: null,
  spinRetries: null,
  wearPercent: null,
  lastSelfTest: null,
  errorLogCount: null,
  nvme: null,
  scsi: null,
}
const HEALTHY = {
  hdd: {
    ...CLEAN,
    reallocatedSectors: 0,
    pendingSectors: 0,
    offlineUncorrectable: 0,
    reportedUncorrectable: 0,
    crcErrors: 0,
    spinRetries: 0,
  },
  ssd: { ...CLEAN, reallocatedSectors: 0, reportedUncorrectable: 0, crcErrors: 0 },
  nvme: {
    ...CLEAN,
    nvme: {
      criticalWarning: 0,
      mediaErrors: 0,
      availableSparePercent: 100,
      spareThresholdPercent: 10,
      unsafeShutdowns: 4,
    },
  },
} as const satisfies { readonly [kind: string]: Smart }

/** Key of a drive in sections, samples and findings. */
export function driveKey({ model, serial }: DriveSpec): string {
  return `${model}/${serial}`
}

/** Wear at an instant, whole percent; null: the drive does not tell. */
export function wearPercent({ wear }: DriveSpec, anchorAt: EpochMs, at: EpochMs): number | null {
  return wear === null ? null : Math.max(0, Math.floor(wear.percentAtEnd + ((at - anchorAt) / DAY_MS) * wear.perDay))
}

/** Bytes used on a volume at an instant. */
export function usedBytes({ anchorAt, cleanings }: DemoMachine, volume: VolumeSpec, at: EpochMs): number {
  const grown = (volume.bytesPerDay * (at - anchorAt)) / DAY_MS
  const later = cleanings
    .filter((one) => one.mount === volume.mount && one.at > at)
    .reduce((sum, { bytes }) => sum + bytes, 0)
  const most = volume.totalBytes * 0.995
  return Math.round(Math.min(most, Math.max(0, volume.usedAtEndBytes + grown + later)) / GRAIN_BYTES) * GRAIN_BYTES
}

function smartOf(machine: DemoMachine, index: number, spec: DriveSpec, at: EpochMs): Drive['smart'] {
  if (spec.isHidden) {
    return failed('disk/smartctl', {
      code: 'unsupported',
      detail: 'Unknown USB bridge: please specify device type with the -d option',
    })
  }
  const moved = machine.counters.filter((step) => step.drive === index && step.at <= at)
  const counters = Object.fromEntries(moved.map(({ field, value }) => [field, value]))
  return read('disk/smartctl', {
    ...HEALTHY[spec.kind],
    wearPercent: wearPercent(spec, machine.anchorAt, at),
    ...counters,
  })
}

function driveOf(machine: DemoMachine, index: number, spec: DriveSpec, at: EpochMs): Drive {
  const letter = 'abcdefgh'[index] ?? 'z'
  const isWindows = osOf(machine.spec.os).facts.family === 'windows'
  const name = spec.kind === 'nvme' ? `/dev/nvme${index}` : `/dev/sd${letter}`
  return {
    key: driveKey(spec),
    device: isWindows ? `/dev/pd${index}` : name,
    type: spec.kind === 'nvme' ? 'nvme' : 'sat',
    model: spec.model,
    serial: spec.serial,
    firmware: 'R1A0',
    kind: spec.kind,
    capacityBytes: spec.capacityBytes,
    smart: smartOf(machine, index, spec, at),
  }
}

function arraysOf(machine: DemoMachine, at: EpochMs): readonly RaidArray[] {
  const { array } = machine.spec
  if (array === null) return []
  const broken = during(machine, 'array-degraded', at)
  const isRebuilding = broken !== null && at >= (broken.rebuiltAt ?? at + 1)
  const members = ['sda1', 'sdb1'].map((device) => ({ device, state: 'active' as const }))
  return [
    {
      name: array,
      level: 'raid1',
      state: broken === null ? 'healthy' : isRebuilding ? 'rebuilding' : 'degraded',
      membersWanted: 2,
      membersActive: broken === null ? 2 : 1,
      redundancyLeft: broken === null ? 1 : 0,
      members: broken === null ? members : members.slice(0, 1),
      mismatchCount: null,
    },
  ]
}

function volumeOf({ mount, device, fsType, isSystem, totalBytes }: VolumeSpec): Volume {
  const inodesTotal = fsType === 'ext4' ? Math.round(totalBytes / 16_384) : null
  return {
    mount,
    device,
    fsType,
    network: false,
    system: isSystem,
    readOnly: false,
    readOnlyExpected: false,
    errorCount: fsType === 'ext4' ? 0 : null,
    size: read('disk/volumes', { totalBytes, inodesTotal }),
  }
}

function driveSamples(
  machine: DemoMachine,
  index: number,
  spec: DriveSpec,
  at: EpochMs,
): readonly (readonly [string, number])[] {
  if (spec.isHidden) return []
  const key = driveKey(spec)
  const hot = machine.happenings.find(
    ({ kind, drive, from, to }) => kind === 'hot' && drive === index && at >= from && (to === null || at < to),
  )
  const celsius = (hot?.celsius ?? spec.celsius) + Math.floor(chance(machine.seed, key, Math.floor(at / HOUR_MS)) * 3)
  const share = machine.spec.role === 'server' ? 1 : 0.27
  return [
    [`drive:${key}:temperatureCelsius`, celsius],
    [
      `drive:${key}:powerOnHours`,
      Math.max(0, Math.floor(spec.hoursAtEnd + ((at - machine.anchorAt) / HOUR_MS) * share)),
    ],
  ]
}

function volumeSamples(machine: DemoMachine, spec: VolumeSpec, at: EpochMs): readonly (readonly [string, number])[] {
  const used = usedBytes(machine, spec, at)
  const base = `volume:${spec.mount}`
  const inodes =
    spec.fsType === 'ext4'
      ? [[`${base}:inodesFree`, Math.round(spec.totalBytes / 16_384 - used / 200_000)] as const]
      : []
  return [[`${base}:usedBytes`, used], [`${base}:availableBytes`, spec.totalBytes - used], ...inodes]
}

/** Drives as of their last reading, arrays and volumes as of now. */
export function tellDisk(machine: DemoMachine, { at, startedAt }: Look): Told<'disk'> {
  const { drives, volumes } = machine.spec
  const drivesAt = readAt(machine, 'drives', startedAt, at)
  const arrays = arraysOf(machine, at)
  return {
    parts: keptParts(machine, 'disk', `${drivesAt} ${arrays[0]?.state}`, () => ({
      drives: read(
        'disk/smartctl',
        drives.map((spec, index) => driveOf(machine, index, spec, drivesAt)),
      ),
      arrays: read('disk/mdstat', [...arrays]),
      volumes: read('disk/volumes', volumes.map(volumeOf)),
      ...STEADY_DISK,
    })),
    samples: Object.fromEntries([
      ...drives.flatMap((spec, index) => driveSamples(machine, index, spec, drivesAt)),
      ...volumes.flatMap((spec) => volumeSamples(machine, spec, at)),
    ]),
    readAt: at,
    partReadAt: { drives: drivesAt },
  }
}
