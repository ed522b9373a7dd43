/** Section `disk`: physical drives, RAID arrays, pools, controllers and volumes. Counters and wear are in it; what moves by itself is a sample. Pure. */
import { type Static, Type } from 'typebox'
import { count, oneOf, orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

const FailingAttribute = strict({
  id: count(),
  name: text(64),
  when: Type.Union([Type.Literal('now'), Type.Literal('past')]),
})

const Nvme = strict({
  /** Critical-warning bits of the health log: 1 spare low, 2 temperature, 4 reliability, 8 read-only, 16 volatile backup, 32 PMR. */
  criticalWarning: orNull(count()),
  mediaErrors: orNull(count()),
  availableSparePercent: orNull(count()),
  /** The drive's own limit; 0 (Optane) and 99–100 (Apple) mean: do not judge the spare. */
  spareThresholdPercent: orNull(count()),
  unsafeShutdowns: orNull(count()),
})

const Scsi = strict({ grownDefects: orNull(count()), uncorrectedErrors: orNull(count()) })

/** What the drive says of itself. Every counter: null = the drive does not report it, never 0. */
const Smart = strict({
  /** Overall verdict of the drive; null: it gave none. Absent is never passed. */
  passed: orNull(Type.Boolean()),
  /** smartctl's exit status, process and JSON OR-ed (a bit mask about the drive); null: another source. */
  exitBits: orNull(count()),
  /** ATA attributes at or below the vendor's threshold, now or in the past. */
  failingAttributes: Type.Array(FailingAttribute, { maxItems: 64 }),
  reallocatedSectors: orNull(count()),
  pendingSectors: orNull(count()),
  offlineUncorrectable: orNull(count()),
  reportedUncorrectable: orNull(count()),
  /** Attribute 188 after decoding Seagate's packed words. */
  commandTimeouts: orNull(count()),
  crcErrors: orNull(count()),
  endToEndErrors: orNull(count()),
  spinRetries: orNull(count()),
  /** Rated life used, whole percent, 0 new; NVMe may exceed 100. */
  wearPercent: orNull(count()),
  /** Newest self-test; null: none recorded or not told. */
  lastSelfTest: orNull(Type.Union([Type.Literal('passed'), Type.Literal('failed'), Type.Literal('aborted')])),
  /** Entries of the ATA error log; info only, judged by growth. */
  errorLogCount: orNull(count()),
  nvme: orNull(Nvme),
  scsi: orNull(Scsi),
})

const Drive = strict({
  /** Stable key of the drive: `<model>/<serial>`, or `<device>/<type>` when it tells no serial. Also the item in findings. */
  key: text(256),
  /** Device path and smartctl type as the system names them; may change between boots. */
  device: text(128),
  type: orNull(text(64)),
  model: orNull(text(128)),
  serial: orNull(text(128)),
  firmware: orNull(text(64)),
  kind: Type.Union([
    Type.Literal('hdd'),
    Type.Literal('ssd'),
    Type.Literal('nvme'),
    Type.Literal('virtual'),
    Type.Literal('unknown'),
  ]),
  capacityBytes: orNull(count()),
  /** Failed with `asleep`: left asleep on purpose; the server keeps the last proven state with its age. */
  smart: readingOf(Smart),
})

const Member = strict({
  device: text(64),
  state: oneOf(['active', 'spare', 'faulty', 'missing', 'other']),
})

const RaidArray = strict({
  name: text(64),
  /** `raid1`, `raid5`, `mirror`…; null: the source gives none (containers). */
  level: orNull(text(32)),
  state: Type.Union([
    Type.Literal('healthy'),
    Type.Literal('degraded'),
    Type.Literal('rebuilding'),
    Type.Literal('checking'),
    Type.Literal('inactive'),
    Type.Literal('unknown'),
  ]),
  /** Members the array wants and has; null: raid0, linear, containers. */
  membersWanted: orNull(count()),
  membersActive: orNull(count()),
  /** Further losses it survives; null: not known. */
  redundancyLeft: orNull(count()),
  members: Type.Array(Member, { maxItems: 64 }),
  mismatchCount: orNull(count()),
})

const Volume = strict({
  /** Mount point or drive letter; the item in findings. */
  mount: text(512),
  device: text(256),
  fsType: text(32),
  network: Type.Boolean(),
  /** The system disk (`/`, `C:`): tighter limits. */
  system: Type.Boolean(),
  /** null: the source does not tell (df, Win32_Volume). */
  readOnly: orNull(Type.Boolean()),
  /** Read-only on purpose (fstab, image, optical); false with readOnly means it turned read-only. null: not known. */
  readOnlyExpected: orNull(Type.Boolean()),
  /** Errors that the file system counted on its device (ext4 errors_count); null: it keeps no count. */
  errorCount: orNull(count()),
  /** Failed with `hung` or `timeout`: the mount does not answer (a dead server). Size in bytes; inodesTotal null: no fixed number (btrfs, vfat). */
  size: readingOf(strict({ totalBytes: count(), inodesTotal: orNull(count()) })),
})

const PoolMember = strict({
  device: text(128),
  state: oneOf(['active', 'spare', 'faulty', 'missing', 'other']),
  /** Read, write and checksum errors of this member together; null: not told. */
  errors: orNull(count()),
})

/** Storage that makes its own volumes: ZFS, btrfs over its devices, an LVM thin pool, Windows Storage Spaces. */
const Pool = strict({
  /** Name, or the mount of a btrfs; the item in findings. */
  name: text(256),
  kind: oneOf(['zfs', 'btrfs', 'lvm', 'storage-spaces', 'bcache']),
  /** The worst of what the pool, its members and its status line say; `faulted`: it can no longer be used. */
  state: oneOf(['healthy', 'degraded', 'rebuilding', 'faulted', 'unknown']),
  members: Type.Array(PoolMember, { maxItems: 128 }),
  /** Errors counted since they were last cleared (ZFS) or ever (btrfs); null: not told. */
  readErrors: orNull(count()),
  writeErrors: orNull(count()),
  checksumErrors: orNull(count()),
  /** Files or blocks known to be lost; null: not told. A pool may be online and have lost data. */
  dataErrors: orNull(count()),
  /** The last finished scrub; null: none is recorded or the source does not tell. */
  lastScrub: orNull(oneOf(['clean', 'repaired', 'errors', 'canceled'])),
})

const ControllerDrive = strict({
  /** Place that a person finds it by: `252:0`, `1I:1:1`. With the controller's id the item in findings. */
  slot: text(64),
  model: orNull(text(128)),
  serial: orNull(text(128)),
  /** `predicted`: it works and its own SMART, or the controller, foretells its failure. */
  state: oneOf([
    'online',
    'spare',
    'rebuilding',
    'predicted',
    'failed',
    'missing',
    'unconfigured',
    'foreign',
    'unknown',
  ]),
  mediaErrors: orNull(count()),
  otherErrors: orNull(count()),
  predictiveFailures: orNull(count()),
})

/** A RAID controller that hides its drives; its logical drives stand in `arrays`. */
const Controller = strict({
  /** `<tool>:<number or slot>`; the item in findings. */
  id: text(64),
  model: orNull(text(128)),
  serial: orNull(text(128)),
  firmware: orNull(text(64)),
  state: oneOf(['healthy', 'degraded', 'failed', 'unknown']),
  /** Battery or capacitor of its write cache; null: the source does not tell. */
  battery: orNull(oneOf(['healthy', 'learning', 'degraded', 'failed', 'absent'])),
  drives: Type.Array(ControllerDrive, { maxItems: 256 }),
})

/** Errors that the system itself logged about a device within the last `withinHours`. */
const DeviceErrors = strict({
  /** As the log names it (`\\Device\\Harddisk0\\DR0`, `sda`); the item in findings. */
  device: text(128),
  kind: oneOf(['bad-block', 'retry', 'reset', 'controller', 'file-system', 'predicted']),
  count: count(),
  withinHours: count(),
})

/**
 * Samples: `drive:<key>:temperatureCelsius`, `drive:<key>:powerOnHours`, `volume:<mount>:usedBytes`,
 * `volume:<mount>:availableBytes` (what a user can still write), `volume:<mount>:inodesFree`,
 * `array:<name>:rebuildPermille` (0–1000 while rebuilding or checking), `pool:<name>:usedPermille`, `pool:<name>:metadataPermille`
 * (LVM thin), `pool:<name>:scrubbedAt` (epoch ms), `controller:<id>:temperatureCelsius`, `controller:<id>:chargePercent`.
 */
export const DiskSection = strict({
  samples: SampleKeys,
  /** Physical drives. Empty list: the tool looked and found none. */
  drives: readingOf(Type.Array(Drive, { maxItems: 128 })),
  arrays: readingOf(Type.Array(RaidArray, { maxItems: 64 })),
  volumes: readingOf(Type.Array(Volume, { maxItems: 128 })),
  /** Empty list: looked for and none there. `never`: this system has no source of that kind. */
  pools: readingOf(Type.Array(Pool, { maxItems: 64 })),
  controllers: readingOf(Type.Array(Controller, { maxItems: 16 })),
  deviceErrors: readingOf(Type.Array(DeviceErrors, { maxItems: 64 })),
})
export type DiskSection = Static<typeof DiskSection>
export type Drive = Static<typeof Drive>
export type Smart = Static<typeof Smart>
export type RaidArray = Static<typeof RaidArray>
export type Volume = Static<typeof Volume>
export type Pool = Static<typeof Pool>
export type Controller = Static<typeof Controller>
export type ControllerDrive = Static<typeof ControllerDrive>
export type DeviceErrors = Static<typeof DeviceErrors>
