/** Parses MSFT_VirtualDisk and MSFT_StoragePool: Storage Spaces as arrays and pools. Pure and total. */
import type { Pool, RaidArray } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'

/** Source id. */
export const WINDOWS_VIRTUAL_DISKS = 'disk/windows-virtual-disks'
/** Source id. */
export const WINDOWS_STORAGE_POOLS = 'disk/windows-storage-pools'
/** Block of the question. */
export const VIRTUAL_DISKS_BLOCK = 'disk-virtual-disks'
/** Block of the question. */
export const STORAGE_POOLS_BLOCK = 'disk-storage-pools'

/** Health as number or word; null: not told, or unknown (5). */
function healthOf(record: WindowsRecord): 'healthy' | 'warning' | 'unhealthy' | null {
  const word = record.text('HealthStatus', 32)?.toLowerCase() ?? ''
  if (word === '0' || word === 'healthy') return 'healthy'
  if (word === '1' || word === 'warning') return 'warning'
  return word === '2' || word === 'unhealthy' ? 'unhealthy' : null
}

/** Words of OperationalStatus, without blanks and in lower case; numbers as they are. */
function statusesOf(record: WindowsRecord): readonly string[] {
  const whole = record.text('OperationalStatus', 200)?.replace(/^\{|\}$/g, '') ?? ''
  const words = /[a-z]/i.test(whole) ? whole.split(',') : record.texts('OperationalStatus')
  const list = words.length > 0 ? words : record.texts('OperationalStatus')
  return list.map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, '')).filter((word) => word !== '')
}

/** OperationalStatus of MSFT_VirtualDisk: 2 OK, 11 in service (repairing), 0xD002 detached, 0xD003 incomplete (learn.microsoft.com). */
const OK_STATUS = ['2', 'ok']
const REPAIRING = ['11', 'inservice']
const GONE = ['10', 'stopped', '53250', 'detached', '53251', 'incomplete', '12', 'nocontact', '13', 'lostcommunication']

function arrayState(record: WindowsRecord): RaidArray['state'] {
  const health = healthOf(record)
  const statuses = statusesOf(record)
  const has = (list: readonly string[]) => statuses.some((status) => list.includes(status))
  if (health === 'unhealthy' || has(GONE)) return 'inactive'
  if (has(REPAIRING)) return 'rebuilding'
  if (health === 'warning') return 'degraded'
  if (health === null || statuses.length === 0) return 'unknown'
  return statuses.every((status) => OK_STATUS.includes(status)) ? 'healthy' : 'degraded'
}

/** Errors: those of `readWindowsRecords`; `parse` when no record is a virtual disk. */
export function parseVirtualDisks(bytes: Uint8Array): Result<readonly RaidArray[], Failure> {
  const records = readWindowsRecords(bytes, VIRTUAL_DISKS_BLOCK)
  if (!records.ok) return records
  const arrays = records.value.flatMap((record): RaidArray[] => {
    const name = record.text('FriendlyName', 64) ?? record.text('ObjectId', 64)
    if (name === null) return []
    const state = arrayState(record)
    return [
      {
        name,
        level: record.text('ResiliencySettingName', 32)?.toLowerCase() ?? null,
        state,
        membersWanted: null,
        membersActive: null,
        redundancyLeft: state === 'healthy' ? record.count('PhysicalDiskRedundancy') : null,
        members: [],
        mismatchCount: null,
      },
    ]
  })
  if (arrays.length < records.value.length) return err({ code: 'parse', detail: 'a virtual disk without a name' })
  return ok(arrays.slice(0, 64))
}

function poolState(record: WindowsRecord): Pool['state'] {
  const health = healthOf(record)
  const statuses = statusesOf(record)
  if (health === 'unhealthy') return 'faulted'
  if (health === 'warning' || record.flag('IsReadOnly') === true) return 'degraded'
  if (health === null || statuses.length === 0) return 'unknown'
  return statuses.every((status) => OK_STATUS.includes(status)) ? 'healthy' : 'degraded'
}

/** Pools that people made; the primordial one only lists the drives that are in none. Errors as `parseVirtualDisks`. */
export function parseStoragePools(
  bytes: Uint8Array,
): Result<{ readonly pools: readonly Pool[]; readonly samples: SampleValues }, Failure> {
  const records = readWindowsRecords(bytes, STORAGE_POOLS_BLOCK)
  if (!records.ok) return records
  const pools: Pool[] = []
  const samples: { [key: string]: number | null } = {}
  for (const record of records.value) {
    const name = record.text('FriendlyName', 256)
    if (record.flag('IsPrimordial') === true || (record.flag('IsPrimordial') === null && name === 'Primordial'))
      continue
    if (name === null) return err({ code: 'parse', detail: 'a storage pool without a name' })
    pools.push({ ...NOTHING_COUNTED, name, state: poolState(record) })
    const size = record.count('Size')
    const allocated = record.count('AllocatedSize')
    if (size !== null && size > 0 && allocated !== null)
      samples[`pool:${name}:usedPermille`] = Math.round((allocated / size) * 1_000)
  }
  return ok({ pools: pools.slice(0, 64), samples })
}

const NOTHING_COUNTED = {
  kind: 'storage-spaces',
  members: [],
  readErrors: null,
  writeErrors: null,
  checksumErrors: null,
  dataErrors: null,
  lastScrub: null,
} as const satisfies Omit<Pool, 'name' | 'state'>

/** `disk/windows-virtual-disks`: each space as an array. */
export const windowsVirtualDisks: Source<'disk'> = {
  id: WINDOWS_VIRTUAL_DISKS,
  check: 'disk',
  parse: ({ stdout }) => {
    const arrays = parseVirtualDisks(stdout)
    return arrays.ok ? ok({ parts: { arrays: read(WINDOWS_VIRTUAL_DISKS, [...arrays.value]) }, samples: {} }) : arrays
  },
}

/** `disk/windows-storage-pools`: each pool that is not primordial. */
export const windowsStoragePools: Source<'disk'> = {
  id: WINDOWS_STORAGE_POOLS,
  check: 'disk',
  parse: ({ stdout }) => {
    const found = parseStoragePools(stdout)
    if (!found.ok) return found
    const { pools, samples } = found.value
    return ok({ parts: { pools: read(WINDOWS_STORAGE_POOLS, [...pools]) }, samples })
  },
}
